// The cells of the grid: where they lie, which of them belong together, and how one shows what became of it.
export const CELL = "input[data-cell]";

export const cellsOf = (root) => [...root.querySelectorAll(CELL)];

// The inputs of one formula in one month are one figure.
export const figureOf = (cell) => `${cell.dataset.kpi}|${cell.dataset.month}`;

export const cellsOfFigure = (form, kpi, month) =>
  cellsOf(form).filter((cell) => cell.dataset.kpi === kpi && cell.dataset.month === month);

export const isOpen = (cell) => !cell.readOnly;

export const isTyped = (cell) => cell.value.trim() !== cell.dataset.stored;

// The rows that hold cells, each with its cells by column.
export function rowsOf(form) {
  return [...form.querySelectorAll("tr[data-row]")]
    .map((row) => new Map(cellsOf(row).map((cell) => [cell.closest("td").cellIndex, cell])))
    .filter((row) => row.size > 0);
}

export function placeOf(form, cell) {
  const column = cell.closest("td").cellIndex;
  return { row: rowsOf(form).findIndex((row) => row.get(column) === cell), column };
}

// The next cell in a direction, past rows and columns that have none there.
export function beside(form, cell, down, right) {
  const rows = rowsOf(form);
  const widest = Math.max(...rows.flatMap((row) => [...row.keys()]));
  let { row, column } = placeOf(form, cell);
  for (;;) {
    row += down;
    column += right;
    if (row < 0 || row >= rows.length || column < 0 || column > widest) return null;
    const found = rows[row].get(column);
    if (found) return found;
  }
}

const STATES = ["is-saving", "is-saved", "is-refused", "is-overtaken", "is-waiting", "is-incomplete", "is-changed"];
const MARKS = { saving: "…", saved: "✓", refused: "!", overtaken: "⇄", waiting: "↻", incomplete: "…", changed: "⇄" };

// A state is a mark in the corner, a colour, and a sentence for those who cannot see either.
export function show(cell, state, sentence = "") {
  const place = cell.closest("td");
  place.classList.remove(...STATES);
  if (state) place.classList.add(`is-${state}`);
  place.querySelector(".cell-mark").textContent = MARKS[state] ?? "";
  place.querySelector(".cell-said").textContent = sentence;
  const wrong = state === "refused" || state === "overtaken";
  cell.toggleAttribute("aria-invalid", wrong);
  if (wrong) cell.setAttribute("aria-invalid", "true");
  if (sentence) cell.setAttribute("aria-describedby", `${cell.id}-said`);
  else cell.removeAttribute("aria-describedby");
  cell.dispatchEvent(new CustomEvent("sheet:state", { bubbles: true }));
}

export const stateOf = (cell) => STATES.find((state) => cell.closest("td").classList.contains(state))?.slice(3) ?? "";
