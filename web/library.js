// The list of documents. It makes no HTML: what it shows comes from web/library_rendering.py.

const SEARCH_AFTER = 250; // milliseconds after the last key

let searching = null;
let cursor = null; // in the search box, which is made anew with the list
let opener = null;

const listing = () => element.querySelector(".listing");
const reader = () => document.querySelector("#reader .reader");

function want(changes) {
  const { sort, page, falling } = listing().dataset;
  const search = element.querySelector(".library-search").value;
  const now = { search, sort, falling: falling === "true", page: Number(page) };
  trigger("want", { wanted: { ...now, page: 0, ...changes } });
}

async function read(button) {
  const html = await server.read_document(button.dataset.read);
  if (typeof html !== "string" || !html) return;
  opener = button;
  reader().innerHTML = html;
  reader().hidden = false;
  reader().scrollTop = 0;
  reader().querySelector("h2").focus({ preventScroll: true });
}

function close() {
  reader().hidden = true;
  opener?.focus();
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { sort, page, read: path, remove, undo, question } = button.dataset;
  if (sort) {
    const { sort: now, falling } = listing().dataset;
    want({ sort, falling: sort === now && falling !== "true" });
  } else if (page !== undefined) want({ page: Number(page) });
  else if (path !== undefined) read(button);
  else if (remove !== undefined) window.confirm(question) && trigger("remove", { document: remove });
  else if (undo) trigger("undo", { name: undo });
});

element.addEventListener("input", (event) => {
  if (!event.target.matches(".library-search")) return;
  clearTimeout(searching);
  searching = setTimeout(() => {
    cursor = event.target.selectionStart;
    want({});
  }, SEARCH_AFTER);
});

document.addEventListener("click", (event) => {
  if (reader()?.contains(event.target) && event.target.closest(".close")) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && reader() && !reader().hidden) close();
});

watch("value", () => {
  if (cursor === null) return;
  const box = element.querySelector(".library-search");
  box?.focus();
  box?.setSelectionRange(cursor, cursor);
  cursor = null;
});
