// Shows only the questions that hold all words typed; case and accents are ignored.
const box = document.querySelector("#search");
const items = [...document.querySelectorAll(".question")];
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
const texts = items.map((item) => fold(item.textContent));
box.addEventListener("input", () => {
  const words = fold(box.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  items.forEach((item, place) => {
    item.hidden = !words.every((word) => texts[place].includes(word));
    if (!item.hidden) shown += 1;
  });
  document.querySelector("#shown").textContent = shown;
});
