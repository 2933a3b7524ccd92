// Blocks of cells: chosen with Shift, copied to a worksheet, pasted from one.
import { CELL, isOpen, placeOf, rowsOf } from "./cells.js";

const chosen = new WeakMap();

export const selected = (form) => chosen.get(form);

export function select(form, anchor, head) {
  chosen.set(form, { anchor, head });
  form.querySelectorAll("td.in-block").forEach((place) => place.classList.remove("in-block"));
  if (anchor !== head) block(form).flat().forEach((cell) => cell?.closest("td").classList.add("in-block"));
}

// The chosen cells, row by row; empty where a row has none in that column.
function block(form) {
  const { anchor, head } = selected(form);
  const [from, to] = [placeOf(form, anchor), placeOf(form, head)];
  const columns = span(from.column, to.column);
  const rows = rowsOf(form);
  return span(from.row, to.row).map((row) => columns.map((column) => rows[row].get(column) ?? null));
}

const span = (one, other) =>
  Array.from({ length: Math.abs(one - other) + 1 }, (_, step) => Math.min(one, other) + step);

// A worksheet sets cells apart with tabs and rows with line ends; a cell with either in it stands in quotation marks.
export function cellsOfText(text) {
  const rows = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  for (let found; pattern.lastIndex < text.length && (found = pattern.exec(text)); ) {
    rows.at(-1).push((found[1]?.replaceAll('""', '"') ?? found[2]).trim());
    if (/[\r\n]/.test(found[3]) && pattern.lastIndex < text.length) rows.push([]);
  }
  return rows;
}

export function copyAndPaste(form, saving, words) {
  form.addEventListener("copy", (event) => {
    const held = selected(form);
    if (!held || held.anchor === held.head || !event.target.matches?.(CELL)) return;
    event.preventDefault();
    const lines = block(form).map((row) => row.map((cell) => cell?.value ?? "").join("\t"));
    event.clipboardData.setData("text/plain", lines.join("\r\n"));
  });

  form.addEventListener("paste", (event) => {
    const cell = event.target;
    if (!cell.matches?.(CELL)) return;
    const pasted = cellsOfText(event.clipboardData.getData("text/plain"));
    if (pasted.length === 1 && pasted[0].length <= 1) return; // one figure: the browser pastes it
    event.preventDefault();
    fill(placeOf(form, cell), pasted);
  });

  function fill(corner, pasted) {
    const rows = rowsOf(form);
    const changed = [];
    let locked = 0;
    pasted.forEach((texts, down) =>
      texts.forEach((text, right) => {
        const cell = rows[corner.row + down]?.get(corner.column + right);
        if (text === "" || (cell && cell.value === text)) return;
        if (!cell || !isOpen(cell)) return (locked += 1);
        cell.value = text;
        changed.push(cell);
      }),
    );
    changed.forEach((cell) => saving.typed(cell));
    changed.forEach((cell) => saving.left(cell));
    saving.say(locked ? words.locked.replace("{}", locked) : "");
  }
}
