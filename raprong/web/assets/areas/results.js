// Enter and the arrow keys move between the figures of a month, as in a worksheet. Saving stays a press of the button.
const cells = (grid) => [...grid.querySelectorAll("input[data-cell]")];
const STEP = { Enter: 1, ArrowDown: 1, ArrowUp: -1 };

document.addEventListener("keydown", (event) => {
  const step = STEP[event.key];
  if (!step || !event.target.matches?.("[data-grid] input[data-cell]")) return;
  event.preventDefault();
  const all = cells(event.target.closest("[data-grid]"));
  const next = all[all.indexOf(event.target) + (event.key === "Enter" && event.shiftKey ? -1 : step)];
  if (next) {
    next.focus();
    next.select();
  } else if (event.key === "Enter") {
    event.target.closest("form").querySelector("button[type=submit]").focus();
  }
});
