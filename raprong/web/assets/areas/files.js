// Files dragged in, chosen or photographed: each is sent at once, and the form hands in a token for it.
import { Entry } from "../drop/entry.js";
import { figure, filled, sizeInWords } from "../drop/words.js";

const AT_ONCE = 2;

class Drop {
  constructor(place) {
    const { to, tokens, most, largest } = place.dataset;
    Object.assign(this, { place, to, tokens, most: Number(most), largest: Number(largest), entries: [], held: null });
    this.words = JSON.parse(place.querySelector("script").textContent);
    this.list = place.querySelector("[data-list]");
    this.form = place.closest("form");
    const zone = place.querySelector("[data-zone]");
    this.#listen(zone);
    zone.querySelectorAll("input[type=file]").forEach((input) => this.#takeFrom(input)); // chosen before we were here
  }

  take(files) {
    [...files].forEach((file) => this.#add(file));
    this.#next();
  }

  again(entry) {
    entry.state = "waiting";
    this.#next();
  }

  removed(entry) {
    this.entries = this.entries.filter((one) => one !== entry);
    this.place.querySelector("input[type=file]").focus();
    this.#next();
  }

  #add(file) {
    const same = (one) => one.name === file.name && one.size === file.size && one.lastModified === file.lastModified;
    if (this.entries.some((entry) => same(entry.file))) return this.#say(filled(this.words.twice, file.name), { seen: true });
    const entry = new Entry(file, this);
    const why = this.#whyNot(file);
    if (why) entry.refuse(why);
    this.entries.push(entry);
    this.list.append(entry.row);
  }

  // What had arrived before the page was opened anew; the server keeps it for a day.
  #again({ name, size, token }) {
    const entry = new Entry({ name, size }, this);
    this.entries.push(entry);
    this.list.append(entry.row);
    entry.arrived(token);
  }

  // What is certain to be refused is said before anything is sent.
  #whyNot(file) {
    const { words, largest, most } = this;
    if (!file.size) return words.empty;
    if (file.size > largest) return filled(words.too_large, sizeInWords(file.size, words), sizeInWords(largest, words));
    return this.#counted() >= most ? filled(words.too_many, figure(most)) : "";
  }

  #counted() {
    const before = this.list.querySelectorAll("[data-state=arrived]").length;
    return before + this.entries.filter((entry) => entry.isOpen || entry.state === "broken").length;
  }

  #next() {
    const free = AT_ONCE - this.entries.filter((entry) => entry.state === "sending").length;
    const waiting = this.entries.filter((entry) => entry.state === "waiting").slice(0, Math.max(free, 0));
    waiting.forEach((entry) => entry.send().then(() => this.#settled(entry)));
    this.#goOnWithForm();
  }

  #settled(entry) {
    if (entry.state === "arrived") {
      const all = this.entries.filter(({ state }) => state !== "refused").length;
      const there = this.entries.filter(({ state }) => state === "arrived").length;
      this.#say(`${entry.file.name}: ${this.words.arrived}. ${filled(this.words.summary, figure(there), figure(all))}`);
    } else if (entry.state !== "removed") {
      this.#say(`${entry.file.name}: ${entry.said.textContent}`);
    }
    this.#next();
  }

  // A form that is sent too early waits for its files, and goes by itself.
  #hold(event) {
    const open = this.entries.some((entry) => entry.isOpen);
    const broken = this.entries.some((entry) => entry.state === "broken");
    if (!open && !broken) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.held = open && !broken ? { by: event.submitter } : null;
    this.#say(broken ? this.words.unsent : this.words.hold, { seen: true });
  }

  #goOnWithForm() {
    if (!this.held || this.entries.some((entry) => entry.isOpen)) return;
    const { by } = this.held;
    this.held = null;
    if (this.entries.every((entry) => entry.state === "arrived")) this.form.requestSubmit(by);
  }

  // What the list shows anyway is only heard.
  #say(sentence, { seen = false } = {}) {
    const place = this.place.querySelector("[data-status]");
    place.classList.toggle("heard", !seen);
    place.textContent = sentence;
  }

  #listen(zone) {
    zone.classList.add("is-live");
    zone.querySelector("[data-invite]").hidden = false;
    zone.addEventListener("change", ({ target }) => this.#takeFrom(target));
    ["dragenter", "dragover"].forEach((kind) => zone.addEventListener(kind, (event) => this.#hover(zone, event, true)));
    ["dragleave", "drop"].forEach((kind) => zone.addEventListener(kind, (event) => this.#hover(zone, event, false)));
    zone.addEventListener("drop", ({ dataTransfer }) => {
      this.take(dataTransfer.files);
      zone.dispatchEvent(new Event("input", { bubbles: true })); // as if they had been chosen
    });
    this.list.querySelectorAll("[data-remove]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => button.closest("li").remove());
    });
    this.form.addEventListener("submit", (event) => this.#hold(event));
    this.place.addEventListener("files:again", ({ detail }) => detail.forEach((file) => this.#again(file)));
  }

  #takeFrom(input) {
    this.take(input.files);
    input.value = "";
  }

  #hover(zone, event, yes) {
    event.preventDefault();
    zone.classList.toggle("is-over", yes);
  }
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-file-drop]").forEach((place) => new Drop(place));
});
