// What was typed and is not saved yet is kept in this browser, for this person and this year alone, until it is saved.
import { cellsOfFigure, isOpen } from "./cells.js";

export class Drafts {
  constructor(key) {
    this.key = key;
  }

  all() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) ?? {};
    } catch {
      return {};
    }
  }

  keep(figure, draft) {
    this.#write({ ...this.all(), [figure]: draft });
  }

  drop(figure) {
    const { [figure]: gone, ...rest } = this.all();
    if (gone) this.#write(rest);
  }

  clear() {
    this.#write({});
  }

  // A browser without room keeps nothing; the figure is still on the page.
  #write(drafts) {
    try {
      if (Object.keys(drafts).length) localStorage.setItem(this.key, JSON.stringify(drafts));
      else localStorage.removeItem(this.key);
    } catch {
      return;
    }
  }
}

const button = (label, kind, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button button-${kind}`;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
};

const line = (text) => Object.assign(document.createElement("p"), { textContent: text });

// After signing in again, or after the browser was closed: what is kept is offered, never put back unasked.
export function offerDrafts(form, saving, words) {
  const kept = Object.entries(saving.drafts.all());
  if (!kept.length) return;
  const place = form.querySelector("[data-found]");
  const texts = kept.map(([, draft]) => `${draft.title}: ${Object.values(draft.texts).join(" / ")}`);
  place.append(line(words.found.replace("{}", texts.join(" · "))));
  const buttons = Object.assign(document.createElement("div"), { className: "buttons" });
  buttons.append(button(words.put_back, "primary", putBack), button(words.throw_away, "ghost", throwAway));
  place.append(buttons);
  place.hidden = false;

  function putBack() {
    const homeless = kept.filter(([figure, draft]) => !cellsAgain(figure, draft)).map(([, draft]) => draft);
    place.replaceChildren();
    place.hidden = homeless.length === 0;
    if (homeless.length) {
      const lost = homeless.map((draft) => `${draft.title}: ${Object.values(draft.texts).join(" / ")}`).join(" · ");
      place.append(line(words.no_place.replace("{}", lost)), button(words.throw_away, "ghost", throwAway));
    }
  }

  function cellsAgain(figure, draft) {
    const [kpi, month] = figure.split("|");
    const cells = cellsOfFigure(form, kpi, month).filter(isOpen);
    cells.forEach((cell) => {
      cell.dataset.version = draft.seen; // what was saved meanwhile is told before it is replaced
      cell.value = draft.texts[cell.dataset.field] ?? cell.value;
    });
    cells.slice(0, 1).forEach((cell) => saving.left(cell, { again: true }));
    return cells.length > 0;
  }

  function throwAway() {
    saving.drafts.clear();
    place.hidden = true;
  }
}
