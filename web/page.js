// Runs once, as the body of a function, when the conversation's component is there. It is given
// `element` (the conversation), `trigger`, `server` and `watch` by Gradio's HTML component.
// It makes no HTML: what it shows comes from web/rendering.py.

const LOOK_EVERY = 200; // milliseconds, after a stop
const LOOKS_AFTER_STOP = 15;

const narrow = window.matchMedia("(max-width: 799px)");

let opener = null; // the button whose source is open
let openedKey = ""; // survives the re-rendering of the conversation
let request = null;
let latest = 0; // only the answer to the last request is shown
let turnsSeen = 0;
let turnsOpened = 0; // turns whose first source was offered by itself
let placeholder = "";

const source = () => document.getElementById("source");
const panel = () => source().querySelector(".panel");
const panelBody = () => source().querySelector(".panel-body");
const questionBox = () => document.querySelector("#question textarea, #question input");
const keyOf = (button) =>
  [button.dataset.document, button.dataset.start, button.dataset.end].join("\n");

const spanOf = (button) => ({
  document: button.dataset.document,
  start: Number(button.dataset.start),
  end: Number(button.dataset.end),
  quote: button.dataset.quote,
  citation: Number(button.dataset.citation),
});
// The evidence of a turn, each place once: markers of an answer, passages of a refusal.
const citationsOf = (turn) => {
  const buttons = [...turn.querySelectorAll("button.marker, button.lead")];
  return buttons.filter((one, place) => buttons.findIndex((other) => keyOf(other) === keyOf(one)) === place);
};

function walk(step) {
  const turn = opener?.closest(".turn");
  if (!turn) return;
  const citations = citationsOf(turn);
  const here = citations.findIndex((one) => keyOf(one) === openedKey);
  const there = citations[here + step];
  if (there) openSource(there, { focus: true });
}

function paintWalking() {
  const turn = opener?.isConnected ? opener.closest(".turn") : null;
  const citations = turn ? citationsOf(turn) : [];
  const here = citations.findIndex((one) => keyOf(one) === openedKey);
  for (const [name, step] of [["previous", -1], ["next", 1]]) {
    const button = panelBody().querySelector(`.${name}`);
    if (!button) continue;
    button.hidden = citations.length < 2;
    button.disabled = !citations[here + step];
  }
}

function paintOpened() {
  for (const button of element.querySelectorAll("[data-citation]")) {
    if (openedKey && keyOf(button) === openedKey) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

function showQuote() {
  const mark = panelBody().querySelector("mark");
  const scroller = panel();
  scroller.scrollTop = 0;
  if (!mark) return;
  const header = panelBody().querySelector(".panel-header").offsetHeight;
  const room = scroller.clientHeight - header;
  const above = Math.max(0, (room - mark.getBoundingClientRect().height) / 3);
  scroller.scrollTop =
    mark.getBoundingClientRect().top - scroller.getBoundingClientRect().top - header - above;
}

// A failed call of Gradio's returns undefined instead of throwing.
async function asked(call) {
  try {
    const html = await call();
    return typeof html === "string" ? html : null;
  } catch (error) {
    console.error(error);
    return null;
  }
}

async function load() {
  const ticket = ++latest;
  panel().setAttribute("aria-busy", "true");
  const html = await asked(() => server.open_panel(request));
  if (ticket !== latest) return false;
  panel().removeAttribute("aria-busy");
  if (html === null) {
    const message = document.createElement("p");
    message.className = "notice";
    message.textContent = panel().dataset.failure;
    panelBody().replaceChildren(message);
    return false;
  }
  panelBody().innerHTML = html;
  paintWalking();
  showQuote();
  return true;
}

async function explain(details) {
  if (!details.open || details.dataset.told) return;
  details.dataset.told = "true";
  const body = details.querySelector(".why-body");
  body.setAttribute("aria-busy", "true");
  const html = await asked(() => server.explain_source(request));
  if (html === null) {
    body.textContent = details.dataset.failure;
    delete details.dataset.told;
  } else body.innerHTML = html;
  body.removeAttribute("aria-busy");
  showQuote(); // the header has grown over it
}

async function openSource(button, { focus }) {
  if (!placeholder) placeholder = panelBody().innerHTML;
  opener = button;
  openedKey = keyOf(button);
  const turn = button.closest(".turn");
  request = {
    ...spanOf(button),
    question: turn.dataset.asked,
    others: citationsOf(turn)
      .filter((other) => other.dataset.document === button.dataset.document && keyOf(other) !== openedKey)
      .map(spanOf),
    whole: false,
  };
  paintOpened();
  const shown = await load();
  if (!shown && !narrow.matches) return;
  if (focus) {
    openSheet();
    showQuote();
    panelBody().querySelector("h2")?.focus({ preventScroll: true });
  }
}

function openSheet() {
  if (!narrow.matches) return;
  source().classList.add("open");
  panel().setAttribute("role", "dialog");
  panel().setAttribute("aria-modal", "true");
  for (const id of ["chat", "masthead"]) document.getElementById(id).inert = true;
}

function closeSheet() {
  source().classList.remove("open");
  panel().setAttribute("role", "complementary");
  panel().removeAttribute("aria-modal");
  for (const id of ["chat", "masthead"]) document.getElementById(id).inert = false;
}

function leaveSource() {
  closeSheet();
  const back = opener?.isConnected ? opener : questionBox();
  back?.focus();
}

function emptyPanel() {
  latest += 1;
  opener = null;
  openedKey = "";
  closeSheet();
  panel().removeAttribute("aria-busy");
  if (placeholder) panelBody().innerHTML = placeholder;
}

async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy was refused");
}

async function copyAnswer(button) {
  const label = (button.dataset.label ??= button.textContent);
  try {
    await copyText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  } catch (error) {
    button.textContent = button.dataset.failed;
  }
  setTimeout(() => (button.textContent = label), 2000);
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const turn = Number(button.closest(".turn")?.dataset.turn);
  if (button.dataset.citation !== undefined) openSource(button, { focus: true });
  else if (button.dataset.act === "again") trigger("again", { turn });
  else if (button.dataset.act === "edit") {
    trigger("edit", { turn });
    questionBox()?.focus();
  } else if (button.dataset.opinion !== undefined) {
    const comment = button.closest(".opinion")?.querySelector("textarea").value ?? "";
    trigger("opinion", { turn, good: button.dataset.opinion === "good", comment });
  }
  else if (button.dataset.copy !== undefined) copyAnswer(button);
  else if (button.dataset.question !== undefined) {
    trigger("example", { question: button.dataset.question });
    questionBox()?.focus();
  }
});

document.addEventListener("click", (event) => {
  if (!source()?.contains(event.target)) return;
  const copied = event.target.closest("[data-copy]");
  if (copied) copyAnswer(copied);
  else if (event.target.closest(".next")) walk(1);
  else if (event.target.closest(".previous")) walk(-1);
  else if (event.target.closest(".close") || event.target === source()) leaveSource();
  else if (event.target.closest(".whole")) {
    request = { ...request, whole: true };
    load().then((shown) => shown && panelBody().querySelector("h2")?.focus({ preventScroll: true }));
  }
});

// A toggle does not bubble: it is caught on its way down.
document.addEventListener("toggle", (event) => event.target.matches?.(".why") && explain(event.target), true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !source()) return;
  if (source().classList.contains("open") || source().contains(document.activeElement)) {
    event.preventDefault();
    leaveSource();
  }
});

// J and K go through the evidence, as readers of news do; not while something is being typed.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
});

// While an answer grows, Enter keeps the next question in the box instead of sending it.
document.addEventListener(
  "keypress",
  (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.target !== questionBox()) return;
    if (!element.querySelector('.turn[data-state="busy"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);

// What an answer sent just before it was stopped may arrive after its end and show it growing: then
// it is stopped again.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#stop");
  if (!button || !event.isTrusted) return;
  const asked = element.querySelectorAll(".turn").length;
  let looks = 0;
  const looking = setInterval(() => {
    const turns = element.querySelectorAll(".turn");
    if (turns.length !== asked || looks++ === LOOKS_AFTER_STOP) clearInterval(looking);
    else if (turns[asked - 1]?.dataset.state === "busy") button.click();
  }, LOOK_EVERY);
});

narrow.addEventListener("change", () => source() && closeSheet());

watch("value", () => {
  const turns = element.querySelectorAll(".turn");
  if (turns.length === 0 && turnsSeen > 0) {
    emptyPanel();
    turnsOpened = 0;
    questionBox()?.focus();
  }
  const last = turns[turns.length - 1];
  if (last) last.scrollIntoView({ block: turns.length > turnsSeen ? "start" : "nearest" });
  if (last?.dataset.state === "done" && turns.length > turnsOpened) {
    turnsOpened = turns.length;
    const first = last.querySelector("button.marker");
    const reading = source().contains(document.activeElement);
    // After a refusal the evidence of an earlier answer would look like that of this one.
    if (!first && !reading) emptyPanel();
    else if (first && !narrow.matches && !reading) openSource(first, { focus: false });
  }
  turnsSeen = turns.length;
  paintOpened();
});

function focusQuestionBox() {
  const box = questionBox();
  if (box) box.focus();
  else requestAnimationFrame(focusQuestionBox);
}

if (!narrow.matches) focusQuestionBox();
