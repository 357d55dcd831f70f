// Buttons for the whole conversation: "markdown", "docx", "private".

element.addEventListener("click", (event) => {
  const tool = event.target.closest("button")?.dataset.tool;
  if (tool) trigger(tool, {});
});
