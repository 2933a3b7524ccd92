// The monthly grid under the fingers. Without scripts it is a form that is posted; everything here only saves sooner.
import { offerDrafts } from "../sheet/drafts.js";
import { moveByKeys } from "../sheet/keys.js";
import { copyAndPaste } from "../sheet/blocks.js";
import { Saving } from "../sheet/saving.js";
import { followWithALine } from "../sheet/line.js";
import { openFiguresInAPanel } from "../sheet/panel.js";

document.querySelectorAll("[data-figures]").forEach(openFiguresInAPanel);

document.querySelectorAll("form[data-sheet]").forEach((form) => {
  const words = JSON.parse(form.querySelector("[data-words]").textContent);
  const saving = new Saving(form, words);
  moveByKeys(form, saving);
  copyAndPaste(form, saving, words);
  followWithALine(form, words);
  offerDrafts(form, saving, words);
});

// A wide grid opens on the month that is to be filled in, not on October. The first column stays where it is.
document.querySelectorAll(".sheet-scroll").forEach((scroll) => {
  const column = scroll.querySelector("th.at-hand");
  if (column) scroll.scrollLeft = column.offsetLeft + column.offsetWidth - scroll.clientWidth + 16;
});
