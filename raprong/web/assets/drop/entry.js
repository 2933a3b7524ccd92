// One file in the list: its name, a bar, its state in words, and what a person can do about it.
import { NoRoom, Refused, Sending, SignedOut, Stopped } from "./sending.js";
import { filled, sizeInWords } from "./words.js";

export class Entry {
  constructor(file, drop) {
    Object.assign(this, { file, drop, state: "waiting" });
    this.row = this.#row();
    this.#show("waiting", drop.words.waiting);
  }

  get isOpen() {
    return this.state === "waiting" || this.state === "sending";
  }

  refuse(sentence) {
    this.#show("refused", sentence);
  }

  // The form hands in the token for the file; a form whose words are kept keeps it with them.
  arrived(token) {
    const { tokens, words } = this.drop;
    this.row.append(Object.assign(document.createElement("input"), { type: "hidden", name: tokens, value: token }));
    this.#show("arrived", words.arrived);
    this.row.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async send() {
    const { words, to } = this.drop;
    this.sending = new Sending(this.file, to, (arrived) => this.#goesOn(arrived));
    this.#goesOn(0);
    try {
      this.arrived(await this.sending.run());
    } catch (trouble) {
      if (trouble instanceof Stopped) return;
      if (trouble instanceof Refused) this.refuse(trouble.message);
      else if (trouble instanceof NoRoom) this.#show("broken", trouble.message);
      else this.#show("broken", trouble instanceof SignedOut ? words.signed_out : words.lost);
    }
  }

  remove() {
    this.state = "removed";
    this.sending?.stop();
    this.row.remove();
    this.drop.removed(this);
  }

  #goesOn(arrived) {
    const { words } = this.drop;
    if (arrived === null) return this.#show("sending", words.interrupted);
    this.bar.value = arrived;
    this.#show("sending", filled(words.sending, sizeInWords(arrived, words), sizeInWords(this.file.size, words)));
  }

  #show(state, sentence) {
    this.state = this.row.dataset.state = state;
    const sized = state === "waiting" || state === "arrived";
    const size = sized ? `${sizeInWords(this.file.size, this.drop.words)} · ` : "";
    this.said.textContent = `${size}${sentence}`;
    this.bar.hidden = state !== "sending";
    this.again.hidden = state !== "broken";
    this.off.textContent = this.isOpen ? this.drop.words.cancel : this.drop.words.remove;
  }

  #row() {
    const { words } = this.drop;
    const ending = this.file.name.includes(".") ? this.file.name.split(".").pop() : "";
    this.bar = make("progress", { max: this.file.size || 1, value: 0, ariaLabel: filled(words.progress, this.file.name) });
    this.said = make("span", { className: "quiet" });
    this.again = make("button", { type: "button", className: "button button-quiet", textContent: words.try_again });
    this.off = make("button", { type: "button", className: "button button-quiet" });
    this.again.setAttribute("aria-label", `${words.try_again}: ${this.file.name}`);
    this.again.addEventListener("click", () => this.drop.again(this));
    this.off.addEventListener("click", () => this.remove());
    const kind = make("span", { className: "evidence-kind", textContent: ending.slice(0, 4).toUpperCase(), ariaHidden: "true" });
    const told = make("div");
    told.append(make("span", { className: "drop-name", textContent: this.file.name }), this.said, this.bar);
    const buttons = make("div", { className: "drop-buttons" });
    buttons.append(this.again, this.off);
    const row = make("li", { className: "drop-file" });
    Object.assign(row.dataset, { name: this.file.name, size: this.file.size });
    row.append(kind, told, buttons);
    return row;
  }
}

const make = (tag, properties = {}) => Object.assign(document.createElement(tag), properties);
