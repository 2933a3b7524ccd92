// The line under the grid: which figure the cursor is on, what it is measured by, and what became of it.
import { CELL, isOpen } from "./cells.js";

export const addressOfFigure = (form, cell) =>
  form.dataset.figure.replace("KPI", cell.dataset.kpi).replace("MONTH", cell.dataset.month);

function wayToFigure(form, cell, words) {
  const way = Object.assign(document.createElement("a"), {
    href: addressOfFigure(form, cell),
    textContent: words.history,
    tabIndex: -1, // Tab goes on to the next cell; Shift+F2 leads here
  });
  way.dataset.figure = "";
  return way;
}

export function followWithALine(form, words) {
  const place = form.querySelector("[data-line]");

  const hanging = (root, { dataset }) =>
    root.querySelector(`[data-marks="${dataset.kpi}-${dataset.month}"]:not([hidden])`)?.title ?? "";

  const tell = (cell) => {
    const row = cell.closest("tr").dataset;
    const sentence = cell.closest("td").querySelector(".cell-said").textContent;
    const parts = [
      ["strong", `${row.title}, ${cell.closest("td").dataset.label}`],
      ["span", sentence || (isOpen(cell) ? "" : words.closed)],
      ["span", hanging(form, cell)],
      ["span", cell.dataset.said],
      ["span", `${words.levels} ${row.levels} · ${words.target} ${row.target}`],
    ];
    place.replaceChildren(
      ...parts.filter(([, text]) => text).map(([tag, text]) => Object.assign(document.createElement(tag), { textContent: text })),
    );
    place.append(wayToFigure(form, cell, words));
    place.classList.toggle("is-wrong", Boolean(cell.getAttribute("aria-invalid")));
    place.hidden = false;
  };

  form.addEventListener("focusin", (event) => event.target.matches(CELL) && tell(event.target));
  form.addEventListener("sheet:state", (event) => event.target === document.activeElement && tell(event.target));
}
