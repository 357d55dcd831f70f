// The list of kept conversations. It makes no HTML: what it shows comes from web/history_rendering.py.

const wide = window.matchMedia("(min-width: 1200px)");
const SEARCH_AFTER = 250; // milliseconds after the last key

let searching = null;
let place = 0; // of the cursor in the search box, which is made anew with the list

const frame = () => document.getElementById("history");
const openers = () => document.querySelectorAll(".open-history");

function show(open) {
  frame().classList.toggle("shown", open);
  for (const opener of openers()) opener.setAttribute("aria-expanded", String(open));
  if (open) element.querySelector(".history-search")?.focus();
  else document.querySelector(".open-history")?.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.(".open-history")) show(!frame().classList.contains("shown"));
});

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.classList.contains("close-history")) return show(false);
  const { id } = button.dataset;
  switch (button.dataset.history) {
    case "open":
      trigger("open", { id });
      if (!wide.matches) show(false);
      break;
    case "rename": {
      const title = window.prompt(button.dataset.prompt, button.dataset.title);
      if (title) trigger("rename", { id, title });
      break;
    }
    case "remove":
      trigger("remove", { id });
      break;
    case "undo":
      trigger("undo", {});
      break;
  }
});

element.addEventListener("input", (event) => {
  if (!event.target.matches(".history-search")) return;
  clearTimeout(searching);
  searching = setTimeout(() => {
    place = event.target.selectionStart;
    trigger("search", { text: event.target.value });
  }, SEARCH_AFTER);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && frame()?.contains(document.activeElement)) show(false);
});

watch("value", () => {
  const box = element.querySelector(".history-search");
  if (!box?.value) return;
  box.focus();
  box.setSelectionRange(place, place);
});
