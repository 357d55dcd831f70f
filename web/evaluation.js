// Buttons, forms and choices of the evaluation become events of their component. It makes no HTML.
// A button with data-event sends its data, a form its fields too, a choice with data-change its value.
// `events` stands before: the names of the component's events.

let used = ""; // what was used last, to be focused again when the component is made anew

function sent(place, more) {
  const { event, change, sure, ...data } = place.dataset;
  if (!events.includes(event ?? change)) return;
  if (sure && !window.confirm(sure)) return;
  used = [...Object.entries(place.dataset)]
    .filter(([name]) => ["event", "change", "run", "opinion"].includes(name))
    .map(([name, value]) => `[data-${name}="${CSS.escape(value)}"]`)
    .join("");
  trigger(event ?? change, { data: { ...data, ...more } });
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-event]");
  if (button) sent(button, {});
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const fields = {};
  for (const [name, value] of new FormData(event.target)) (fields[name] ??= []).push(value);
  sent(event.target, { fields });
});

element.addEventListener("change", (event) => {
  const { target } = event;
  if (target.dataset.change) sent(target, { value: target.value });
});

// Words selected in a passage are proposed as the answer in it.
document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const text = selection.anchorNode?.parentElement?.closest(".passage-text");
  if (!text || !element.contains(text) || !text.contains(selection.focusNode)) return;
  const words = selection.toString().trim();
  if (words) text.parentElement.querySelector("[name=words]").value = words;
});

watch("value", () => {
  const wanted = element.querySelector("[data-focus]") ?? element.querySelector(used || "[data-none]");
  used = "";
  wanted?.focus();
});
