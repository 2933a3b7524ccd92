// The line under the grid: which figure the cursor is on, what it is measured by, and what became of it.
import { CELL, isOpen } from "./cells.js";

export function followWithALine(form, words) {
  const place = form.querySelector("[data-line]");

  const tell = (cell) => {
    const row = cell.closest("tr").dataset;
    const sentence = cell.closest("td").querySelector(".cell-said").textContent;
    const parts = [
      ["strong", `${row.title}, ${cell.closest("td").dataset.label}`],
      ["span", sentence || (isOpen(cell) ? "" : words.closed)],
      ["span", cell.dataset.said],
      ["span", `${words.levels} ${row.levels} · ${words.target} ${row.target}`],
    ];
    place.replaceChildren(
      ...parts.filter(([, text]) => text).map(([tag, text]) => Object.assign(document.createElement(tag), { textContent: text })),
    );
    place.classList.toggle("is-wrong", Boolean(cell.getAttribute("aria-invalid")));
    place.hidden = false;
  };

  form.addEventListener("focusin", (event) => event.target.matches(CELL) && tell(event.target));
  form.addEventListener("sheet:state", (event) => event.target === document.activeElement && tell(event.target));
}
