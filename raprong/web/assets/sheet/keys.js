// Keys as in a worksheet: arrows, Enter and Tab move, typing replaces, F2 edits, Escape takes back what was typed.
import { CELL, beside, isTyped, show, stateOf } from "./cells.js";
import { select, selected } from "./blocks.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function moveByKeys(form, saving) {
  let edited = null; // the cell in which the arrows move the caret

  const go = (cell, down, right) => {
    const next = cell && beside(form, cell, down, right);
    if (next) next.focus();
    return next;
  };

  form.addEventListener("focusin", (event) => {
    if (!event.target.matches(CELL)) return;
    edited = null;
    event.target.select();
    select(form, event.target, event.target);
  });

  // A second press into the same cell puts the caret there.
  form.addEventListener("mousedown", (event) => {
    const cell = event.target.closest(CELL);
    if (!cell) return;
    if (cell === document.activeElement) {
      edited = cell;
    } else if (!event.shiftKey) {
      event.preventDefault();
      cell.focus();
    }
  });

  form.addEventListener("input", (event) => event.target.matches(CELL) && saving.typed(event.target));
  form.addEventListener("change", (event) => event.target.matches(CELL) && saving.left(event.target));

  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches(CELL) || event.isComposing) return;
    const arrow = ARROWS[event.key];
    if (arrow && (edited !== cell || arrow[0])) {
      event.preventDefault();
      if (event.shiftKey) return extend(cell, arrow);
      saving.left(cell);
      go(cell, ...arrow);
    } else if (event.key === "Enter") {
      event.preventDefault();
      saving.left(cell, { again: stateOf(cell) === "overtaken" });
      if (!go(cell, event.shiftKey ? -1 : 1, 0)) cell.select();
    } else if (event.key === "Escape") {
      event.preventDefault();
      takeBack(cell);
    } else if (event.key === "F2" && event.shiftKey) {
      event.preventDefault();
      form.querySelector("[data-line] a[data-figure]")?.click();
    } else if (event.key === "F2") {
      event.preventDefault();
      edited = cell;
      cell.setSelectionRange(cell.value.length, cell.value.length);
    }
  });

  function extend(cell, arrow) {
    const { anchor, head } = selected(form) ?? { anchor: cell, head: cell };
    const next = beside(form, head, ...arrow);
    if (next) select(form, anchor, next);
  }

  function takeBack(cell) {
    edited = null;
    if (isTyped(cell) || stateOf(cell)) {
      cell.value = cell.dataset.stored;
      show(cell, "");
      saving.forget(cell);
    }
    cell.select();
  }
}
