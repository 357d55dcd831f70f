// What limits a search. It makes no HTML: what it shows comes from web/filter_rendering.py.

const FIND_AFTER = 200; // milliseconds after the last key

let finding = null;
let latest = 0;
let wasOpen = false;

const bar = () => element.querySelector(".filters");
const chosen = () => JSON.parse(bar().dataset.documents);
const field = (name) => element.querySelector(`[name="${name}"]`)?.value ?? "";

function choose(changes) {
  wasOpen = element.querySelector("details").open;
  const filters = { documents: chosen() };
  for (const name of ["since", "until", "source", "kind"]) filters[name] = field(name);
  trigger("filter", { filters: { ...filters, ...changes } });
}

element.addEventListener("change", (event) => {
  if (event.target.name && event.target.name !== "find") choose({});
});

element.addEventListener("submit", (event) => event.preventDefault());

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { drop, dropDocument, add, since, until } = button.dataset;
  if (drop) choose({ [drop]: "" });
  else if (dropDocument) choose({ documents: chosen().filter((path) => path !== dropDocument) });
  else if (add) choose({ documents: [...chosen(), add] });
  else if (since) choose({ since, until });
});

element.addEventListener("input", (event) => {
  if (event.target.name !== "find") return;
  clearTimeout(finding);
  finding = setTimeout(async () => {
    const ticket = ++latest;
    const typed = event.target.value;
    const html = typed ? await server.find_documents(typed) : "";
    const found = element.querySelector(".found");
    if (ticket === latest && found && typeof html === "string") found.innerHTML = html;
  }, FIND_AFTER);
});

// Another view may send the path of a document to ask about: /?document=PATH
const asked = new URLSearchParams(window.location.search).getAll("document");
if (asked.length) {
  window.history.replaceState(null, "", window.location.pathname);
  setTimeout(() => choose({ documents: asked }), 0);
}

watch("value", () => {
  if (wasOpen) element.querySelector("details").open = true;
});
