// The head of every view.
//
// The language of the page: Gradio's own page does not tell it, and the pages before a login ask for it.

const { lang } = element.querySelector(".masthead");
document.documentElement.lang = lang;
document.cookie = `dan_chung_language=${lang}; path=/; max-age=31536000; samesite=lax`;

// The looks that were chosen in the chat's settings; the chat's own script has the last word.
const device = window.matchMedia("(prefers-color-scheme: dark)");

function paint() {
  const theme = localStorage.getItem("dan_chung_theme") ?? "auto";
  const dark = theme === "dark" || (theme === "auto" && device.matches);
  document.body.classList.toggle("dark", dark);
}

paint();
device.addEventListener("change", paint);
