// Every figure is sent as its cell is left, a few at a time, and its cell shows what became of it.
import { cellsOf, cellsOfFigure, figureOf, isOpen, isTyped, show, stateOf } from "./cells.js";
import { Drafts } from "./drafts.js";

const MOST_AT_ONCE = 40;
const LONGEST_PAUSE = 60_000;

export class Saving {
  constructor(form, words) {
    this.form = form;
    this.words = words;
    this.drafts = new Drafts(form.dataset.drafts);
    this.at = form.dataset.at;
    this.waiting = new Set();
    this.busy = false;
    this.pause = 2_000;
    window.addEventListener("online", () => this.send());
    document.addEventListener("sheet:looked", ({ detail }) => this.send({ ask: true, about: figureAt(detail) }));
    document.addEventListener("visibilitychange", () => document.hidden || this.send({ ask: true }));
  }

  // While somebody types, what stands in the cell is kept in the browser.
  typed(cell) {
    if (stateOf(cell) !== "overtaken") show(cell, "");
    this.#keep(cell);
  }

  // A cell is left: its figure is sent if it says something new.
  left(cell, { again = false } = {}) {
    if (!isOpen(cell) || (stateOf(cell) === "overtaken" && !again)) return;
    const cells = this.#figure(cell);
    if (!cells.some(isTyped)) return again ? this.forget(cell) : undefined;
    if (stateOf(cell) === "refused" && !again && cell.dataset.refused === cell.value) return;
    this.#keep(cell);
    this.waiting.add(figureOf(cell));
    cells.filter(isTyped).forEach((one) => show(one, "saving", this.words.saving));
    queueMicrotask(() => this.send());
  }

  forget(cell) {
    if (!this.#figure(cell).some(isTyped)) {
      this.waiting.delete(figureOf(cell));
      this.drafts.drop(figureOf(cell));
    }
    this.say();
  }

  async send({ ask = false, about = "" } = {}) {
    if (this.busy || (!ask && !this.waiting.size)) return;
    this.busy = true;
    const figures = [...this.waiting].slice(0, MOST_AT_ONCE);
    const cells = figures.map((figure) => this.#asSent(figure));
    const sent = new Map(figures.map((figure, index) => [figure, cells[index].texts]));
    try {
      this.#take(await this.#post(cells, about), sent);
      this.pause = 2_000;
    } catch (trouble) {
      this.#wait(figures, trouble);
    } finally {
      this.busy = false;
      this.say(this.notice);
      this.notice = undefined;
    }
    if (this.waiting.size && this.pause === 2_000) this.send();
  }

  say(notice) {
    const left = cellsOf(this.form).filter((cell) => isOpen(cell) && isTyped(cell)).length;
    const told = left ? this.words.some_wait.replace("{}", left) : this.words.all_saved;
    this.form.querySelector("[data-status]").textContent = [told, notice].filter(Boolean).join(" ");
  }

  async #post(cells, about) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.form.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("cells", JSON.stringify(cells));
    body.set("since", this.at);
    body.set("about", about);
    const answer = await fetch(this.form.dataset.cells, { method: "POST", body, keepalive: true });
    const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
    if (answer.redirected || answer.status === 403) throw new SignedOut();
    if (!answer.ok || !isOurs) throw new Error(String(answer.status));
    return answer.json();
  }

  #take({ at, cells, others }, sent) {
    this.at = at;
    cells.forEach((answer) => this.#answered(answer, sent.get(`${answer.kpi}|${answer.month}`)));
    others.forEach((standing) => this.#changedElsewhere(standing));
  }

  #answered(answer, texts) {
    const figure = `${answer.kpi}|${answer.month}`;
    const cells = cellsOfFigure(this.form, answer.kpi, answer.month);
    const typedOn = cells.some((cell) => cell.value.trim() !== texts[cell.dataset.field]);
    if (!typedOn) this.waiting.delete(figure);
    if (answer.state === "saved" || answer.state === "unchanged") {
      this.#stands(answer, { replace: !typedOn });
      cells.forEach((cell) => show(cell, typedOn ? "saving" : "saved", this.words.saved));
      if (!typedOn) this.drafts.drop(figure);
      return;
    }
    cells.forEach((cell) => {
      cell.dataset.refused = texts[cell.dataset.field];
      if (answer.state === "overtaken") cell.dataset.stored = answer.texts[cell.dataset.field];
      const here = cells.length === 1 || cell.dataset.field === answer.field || answer.state === "overtaken";
      if (here) show(cell, answer.state, answer.sentence);
      else show(cell, answer.state === "incomplete" ? "incomplete" : "refused", answer.sentence);
      cell.dataset.version = answer.version;
    });
  }

  // Somebody else saved a figure that nobody types into here: the page follows.
  #changedElsewhere(standing) {
    const cells = cellsOfFigure(this.form, standing.kpi, standing.month);
    this.#hang(standing);
    if (cells.some(isTyped) || Number(cells[0]?.dataset.version ?? standing.version) === standing.version) return;
    this.#stands(standing, { replace: true });
    cells.forEach((cell) => show(cell, "changed", `${this.words.others}: ${standing.said}`));
  }

  // What stands on the server now stands in the cells, in the level under them, and in what the form would post.
  #stands(standing, { replace }) {
    const { kpi, month, texts, version, level, tint, status } = standing;
    const cells = cellsOfFigure(this.form, kpi, month);
    cells.forEach((cell) => {
      const text = texts[cell.dataset.field];
      if (replace) cell.value = text;
      Object.assign(cell.dataset, { stored: text, version, said: standing.said });
      cell.closest("td").classList.toggle("is-without", Boolean(status) && status !== "value");
    });
    const under = this.form.querySelector(`[data-level="${kpi}-${month}"]`);
    under.textContent = level;
    const place = under.closest("td");
    place.className = place.className.replace(/\s*tint-\d/g, "");
    if (tint !== null) place.classList.add(`tint-${tint}`);
    const reckoned = this.form.querySelector(`[data-reckoned="${kpi}-${month}-value"]`);
    if (reckoned) reckoned.textContent = texts.value || "–";
    this.#hang(standing);
    this.#seen(kpi, month, version, cells);
  }

  // Questions, comments and actions that hang on the figure: a sign that leads to them.
  #hang({ kpi, month, sign, hanging }) {
    const way = this.form.querySelector(`[data-marks="${kpi}-${month}"]`);
    way.hidden = !sign;
    way.title = hanging;
    const [seen, heard] = way.children;
    seen.textContent = sign;
    heard.textContent = hanging;
  }

  #seen(kpi, month, version, cells) {
    const field = this.form.querySelector(`[name="${kpi}-seen"]`);
    const seen = JSON.parse(field.value);
    seen[month] = [version, Object.fromEntries(cells.map((cell) => [cell.dataset.field, cell.dataset.stored]))];
    field.value = JSON.stringify(seen);
  }

  #wait(figures, trouble) {
    const sentence = trouble instanceof SignedOut ? this.words.signed_out : this.words.waiting;
    figures
      .flatMap((figure) => cellsOfFigure(this.form, ...figure.split("|")))
      .filter(isTyped)
      .forEach((cell) => show(cell, "waiting", sentence));
    this.notice = figures.length ? sentence : undefined;
    if (trouble instanceof SignedOut) return this.#askToSignIn(figures);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    setTimeout(() => this.send(), this.pause);
  }

  #askToSignIn(figures) {
    this.pause = LONGEST_PAUSE;
    if (!figures.length || this.form.querySelector(".sheet-sign-in")) return;
    const next = encodeURIComponent(location.pathname + location.search);
    const way = Object.assign(document.createElement("a"), {
      className: "button button-primary sheet-sign-in",
      href: `${this.form.dataset.signIn}?next=${next}`,
      textContent: this.words.sign_in,
    });
    this.form.querySelector("[data-status]").after(way);
  }

  #keep(cell) {
    const cells = this.#figure(cell);
    if (!cells.some(isTyped)) return this.drafts.drop(figureOf(cell));
    const texts = Object.fromEntries(cells.map((one) => [one.dataset.field, one.value.trim()]));
    const row = cell.closest("tr").dataset.title;
    const month = cell.closest("td").dataset.label;
    this.drafts.keep(figureOf(cell), { texts, seen: Number(cell.dataset.version), title: `${row}, ${month}` });
  }

  #asSent(figure) {
    const [kpi, month] = figure.split("|");
    const cells = cellsOfFigure(this.form, kpi, month);
    const texts = Object.fromEntries(cells.map((cell) => [cell.dataset.field, cell.value.trim()]));
    return { kpi, month, seen: Number(cells[0].dataset.version), texts };
  }

  #figure(cell) {
    return cellsOfFigure(this.form, cell.dataset.kpi, cell.dataset.month);
  }
}

class SignedOut extends Error {}

// The figure that a panel is about, from its address: /results/KPI/MONTH/
const figureAt = (address) => address.split("/").filter(Boolean).slice(-2).join("|");
