// What limits a search. It makes no HTML: what it shows comes from web/filter_rendering.py.

const FIND_AFTER = 200; // milliseconds after the last key

let finding = null;
let latest = 0;
let wasOpen = false;
let wanted = null; // what was chosen last, until the server has shown it

const chosen = () => JSON.parse(element.querySelector(".filters").dataset.chosen);

function choose(changes) {
  wanted = { ...chosen(), ...changes };
  trigger("filter", { filters: wanted });
}

// The page's arrival shows what was chosen before it once more: then what was chosen is said again.
function insist() {
  if (!element.querySelector(".filters").dataset.arrived) return;
  const shown = chosen();
  const again = wanted;
  wanted = null;
  if (again && Object.keys(again).some((name) => `${again[name]}` !== `${shown[name]}`)) {
    trigger("filter", { filters: again });
  }
}

// It does not bubble. What is made anew comes closed, and says nothing of it.
element.addEventListener("toggle", (event) => (wasOpen = event.target.open), true);

element.addEventListener("change", (event) => {
  const { name, value } = event.target;
  if (name && name !== "find") choose({ [name]: value });
});

element.addEventListener("submit", (event) => event.preventDefault());

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { drop, dropDocument, add, since, until } = button.dataset;
  if (drop) choose({ [drop]: "" });
  else if (dropDocument) {
    choose({ documents: chosen().documents.filter((path) => path !== dropDocument) });
  } else if (add) choose({ documents: [...chosen().documents, add] });
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

// Another view may send the path of a document to ask about: ./?document=PATH
const asked = new URLSearchParams(window.location.search).getAll("document");
if (asked.length) {
  window.history.replaceState(null, "", window.location.pathname);
  wanted = { ...chosen(), documents: asked };
}

watch("value", () => {
  if (wasOpen) element.querySelector("details").open = true;
  // What a visitor has chosen in a field outlives the field's being made anew.
  for (const [name, value] of Object.entries(chosen())) {
    const field = element.querySelector(`[name="${name}"]`);
    if (field) field.value = value;
  }
  insist();
});
