// What was put into a form and is not saved yet is kept in this browser, for its author alone, until the server has taken
// it: words, choices, and the tokens of files that have arrived. After a session that ended, a closed browser or a lost
// connection it is offered, and never put back unasked.
const KEPT = "raprong:typed:";
const DAYS_KEPT = 30;
const PAUSE = 400; // milliseconds after the last letter
const NO_WORDS = ["hidden", "password", "file", "submit", "button", "reset", "image"];
const TAKEN = /(?:^|; )taken=([0-9a-f]+)/;

const known = new WeakMap(); // what each form said when its page came, and under which key it is kept

// Called whenever forms came onto the page.
export function keepTypedWords() {
  const person = document.querySelector("[data-person]")?.dataset.person;
  if (!person) return;
  forgetTaken();
  forgetOld();
  const counts = {};
  document.querySelectorAll("form[data-guard]").forEach((form) => {
    const address = new URL(form.getAttribute("action") ?? "", location).pathname;
    counts[address] = (counts[address] ?? 0) + 1;
    // Where a password is asked for, something is signed or decided; that is done anew each time.
    if (known.has(form) || form.querySelector("input[type=password]")) return;
    const key = `${KEPT}${person}:${address}#${counts[address]}`;
    known.set(form, { key, before: standIn(form), waiting: 0, touched: false });
    offer(form, key);
  });
}

// The server answers what it took with the name that the form came under; see raprong/web/shell/middleware.py.
export function forgetTaken() {
  const taken = TAKEN.exec(document.cookie)?.[1];
  if (!taken) return;
  entries().forEach(([key, draft]) => draft.name === taken && localStorage.removeItem(key));
  document.cookie = "taken=; path=/; max-age=0; samesite=lax";
}

document.addEventListener("input", ({ target }) => later(target.form ?? target.closest?.("form")));
document.addEventListener("change", ({ target }) => later(target.form ?? target.closest?.("form")));
window.addEventListener("pagehide", () => document.querySelectorAll("form[data-guard]").forEach(now));
document.addEventListener(
  "submit",
  ({ target }) => {
    const name = now(target)?.name;
    if (!name) return;
    const field = target.querySelector("[name=typed_as]") ?? target.appendChild(document.createElement("input"));
    Object.assign(field, { type: "hidden", name: "typed_as", value: name });
  },
  { capture: true }, // before htmx reads the form
);

function later(form) {
  const about = known.get(form);
  if (!about) return;
  about.touched = true;
  clearTimeout(about.waiting);
  about.waiting = setTimeout(() => now(form), PAUSE);
}

// Keep what stands in a form now; answers what is kept of it.
function now(form) {
  const about = known.get(form);
  if (!about?.touched) return read(about?.key);
  clearTimeout(about.waiting);
  const stands = standIn(form);
  if (isSame(stands, about.before)) return localStorage.removeItem(about.key);
  const kept = read(about.key);
  if (isKept(kept, stands)) return kept; // under the name that the server may be answering for
  const draft = { ...stands, at: Date.now(), seen: form.elements.version?.value, name: anyName() };
  write(about.key, draft);
  return draft;
}

function offer(form, key) {
  const draft = read(key);
  const about = known.get(form);
  if (!draft) return;
  if (isKept(draft, about.before) || draft.at > performance.timeOrigin) {
    about.before = null; // it came back with the page, or a part of it; it is not saved for that
    return;
  }
  const place = document.querySelector("template[data-typed]").content.cloneNode(true).firstElementChild;
  place.querySelector("[data-when]").textContent = inWords(draft.at);
  place.querySelector("[data-words]").textContent = news(form, draft, about.before).join(" · ");
  place.querySelector("[data-put-back]").addEventListener("click", () => {
    putBack(form, draft);
    place.remove();
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  place.querySelector("[data-throw-away]").addEventListener("click", () => {
    localStorage.removeItem(key);
    place.remove();
  });
  form.before(place);
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

// With the version that was read then: what others saved meanwhile is told before it is replaced.
function putBack(form, { said, files, seen }) {
  places(form).forEach((place) => {
    const detail = files.filter(({ to }) => to === place.dataset.tokens);
    place.dispatchEvent(new CustomEvent("files:again", { detail }));
  });
  fieldsOf(form).forEach((field) => {
    const texts = said[field.name] ?? [];
    if (isChosen(field)) field.checked = texts.includes(field.value);
    else if (field.multiple) [...field.options].forEach((option) => (option.selected = texts.includes(option.value)));
    else if (field.name in said) field.value = texts[fieldsOf(form, field.name).indexOf(field)] ?? "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  if (seen !== undefined && form.elements.version) form.elements.version.value = seen;
}

const isChosen = (field) => field.type === "checkbox" || field.type === "radio";

const fieldsOf = (form, name) =>
  [...form.elements].filter((field) => field.name && !NO_WORDS.includes(field.type) && (!name || field.name === name));

const places = (form) => [...form.querySelectorAll("[data-file-drop]")];

// Every field with its texts, of boxes and choices those that are chosen; and the files that have arrived.
function standIn(form) {
  const said = {};
  fieldsOf(form).forEach((field) => {
    const texts = field.multiple ? [...field.selectedOptions].map((option) => option.value) : [field.value];
    said[field.name] = [...(said[field.name] ?? []), ...(isChosen(field) && !field.checked ? [] : texts)];
  });
  const files = places(form).flatMap((place) =>
    [...place.querySelectorAll("li[data-state=arrived]")].map((row) => ({
      to: place.dataset.tokens,
      token: row.querySelector("input[type=hidden]").value,
      name: row.dataset.name,
      size: Number(row.dataset.size),
    })),
  );
  return { said, files };
}

// What is kept beside what the form says.
const news = (form, { said, files }, stands) => [
  ...Object.entries(said)
    .filter(([name, texts]) => !isSame(texts, stands.said[name] ?? []))
    .flatMap(([name, texts]) => texts.map((text) => worded(form, name, text)))
    .filter(Boolean),
  ...files.map((file) => file.name),
];

// A choice is told by its label, not by its code.
function worded(form, name, text) {
  const [field] = fieldsOf(form, name);
  if (field?.type === "select-one") return [...field.options].find((option) => option.value === text)?.text;
  const box = isChosen(field ?? {}) && fieldsOf(form, name).find((one) => one.value === text);
  return box ? box.labels[0]?.textContent.trim() : text;
}

// As the pages write a moment.
function inWords(moment) {
  const thai = document.documentElement.lang === "th";
  const told = (form) => new Intl.DateTimeFormat(thai ? "th-TH-u-ca-buddhist-nu-thai" : "en-GB", form).format(moment);
  const time = told({ hour: "2-digit", minute: "2-digit", hour12: false });
  return `${told({ dateStyle: "long" })}${thai ? ` เวลา ${time.replace(":", ".")} น.` : `, ${time}`}`;
}

// Pages that come without TLS inside an office have no crypto.randomUUID.
const anyName = () => [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");

const isKept = (draft, { said, files }) => Boolean(draft) && isSame([draft.said, draft.files], [said, files]);

const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

// A browser without room keeps nothing; the words are still on the page.
function write(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    return;
  }
}

const entries = () =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(KEPT))
    .map((key) => [key, read(key) ?? {}]);

function forgetOld() {
  const oldest = Date.now() - DAYS_KEPT * 86_400_000;
  entries().forEach(([key, { at = 0 }]) => at < oldest && localStorage.removeItem(key));
}
