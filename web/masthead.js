// The language of the page: Gradio's own page does not tell it, and the pages before a login ask for it.

const { lang } = element.querySelector(".masthead");
document.documentElement.lang = lang;
document.cookie = `dan_chung_language=${lang}; path=/; max-age=31536000; samesite=lax`;
