// Small comforts on top of pages that work without them.
import htmx from "htmx.org";
import { forgetTaken, keepTypedWords } from "./typed.js";
import { keepWordsWhole } from "./words.js";

window.htmx = htmx;

const typedInto = new WeakSet();
let leavingOnPurpose = false;

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  leavingOnPurpose = true;
  busy(form, true);
  // An answer that is a file leaves the page where it is; long work that says so goes on until its page comes.
  if (!form.querySelector("[data-working]")) setTimeout(() => release(form), 10_000);
});

// Coming back through the browser's history, or an answer that replaced only a part, makes the form usable again.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:afterRequest", (event) => release(event.target.closest("form")));

function release(form) {
  if (!form) return;
  delete form.dataset.sent;
  leavingOnPurpose = false;
  busy(form, false);
}

function busy(form, yes) {
  form.querySelectorAll("button[type=submit]").forEach((button) => button.setAttribute("aria-busy", String(yes)));
  form.querySelectorAll("[data-working]").forEach((place) => place.replaceChildren(...(yes ? working(place) : [])));
}

// How long it will be nobody knows, so the bar only shows that it goes on.
function working(place) {
  const bar = document.createElement("progress");
  bar.setAttribute("aria-hidden", "true");
  return [bar, place.dataset.working];
}

// What was typed is not left behind without a question.
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) typedInto.add(form);
});
window.addEventListener("beforeunload", (event) => {
  const unsaved = [...document.querySelectorAll("form[data-guard]")].some((form) => typedInto.has(form));
  if (unsaved && !leavingOnPurpose) event.preventDefault();
});

// Faults are read first.
const focusFaults = (root) => root.querySelector("[data-focus]")?.focus();
document.addEventListener("DOMContentLoaded", () => focusFaults(document));
document.addEventListener("htmx:afterSwap", (event) => focusFaults(event.target));

// What was typed outlives its page.
document.addEventListener("DOMContentLoaded", keepTypedWords);
document.addEventListener("htmx:afterRequest", forgetTaken);
document.addEventListener("htmx:afterSwap", keepTypedWords);

document.addEventListener("DOMContentLoaded", () => keepWordsWhole(document.querySelector("main") ?? document.body));
document.addEventListener("htmx:afterSwap", (event) => keepWordsWhole(event.target));

// On a low screen the menu scrolls by itself: the entry of this page stays in sight.
document.addEventListener("DOMContentLoaded", () => {
  const menu = document.querySelector(".side .menu");
  const here = menu?.querySelector(".on");
  if (here) menu.scrollTop = here.offsetTop - menu.offsetTop - menu.clientHeight / 2;
});

// An opened menu closes with Escape and gives the focus back.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest("details.person[open], details.drawer[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Refusals and faults that come back to htmx are pages for the reader too.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([403, 409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// What is to be copied is copied by a button where the browser lets us; without it the field is there to copy from.
document.addEventListener("DOMContentLoaded", () => {
  if (!navigator.clipboard) return;
  document.querySelectorAll("button[data-copy]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      button.textContent = button.dataset.copied;
    });
  });
});
