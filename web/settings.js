// The settings. It makes no HTML: what it shows comes from web/settings_rendering.py.

const dialog = () => element.querySelector("dialog");
let saving = false;
const device = window.matchMedia("(prefers-color-scheme: dark)");

function paint() {
  const theme = element.querySelector("[name=theme]").value;
  const dark = theme === "dark" || (theme === "auto" && device.matches);
  document.body.classList.toggle("dark", dark);
  localStorage.setItem("dan_chung_theme", theme); // for the other views: web/masthead.js
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.(".open-settings")) dialog().showModal();
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.submitter?.value !== "cancel") {
    saving = true;
    trigger("save", { settings: Object.fromEntries(new FormData(event.target)) });
    paint();
  }
  dialog().close();
});

device.addEventListener("change", paint);
watch("value", () => {
  paint();
  const { lang } = document.documentElement;
  // The server then shows the page in the language that was saved.
  if (saving && element.querySelector("[name=language]").value !== lang) location.reload();
  saving = false;
});
