// Rows that come and go, beside sums that follow the typing. Without this the pages add up when they are saved.
import "../sums.js";

// The sources' and dimensions' rows: a new one is copied from the template, a removed one is emptied and hidden.
document.querySelectorAll("[data-rows]").forEach((rows) => {
  const count = rows.closest("form").querySelector(`input[name=${rows.dataset.rows}-TOTAL_FORMS]`);
  const template = rows.querySelector("template");
  const add = rows.querySelector("[data-add-row]");

  const ready = (row) => {
    const remove = row.querySelector("[data-remove-row]");
    remove.hidden = false;
    remove.addEventListener("click", () => {
      row.querySelectorAll("input, textarea").forEach((field) => (field.value = ""));
      row.hidden = true;
      row.dispatchEvent(new Event("input", { bubbles: true }));
      add.focus();
    });
  };

  rows.querySelectorAll("[data-row]").forEach(ready);
  add.hidden = false;
  add.addEventListener("click", () => {
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", count.value);
    const row = holder.firstElementChild;
    template.before(row);
    count.value = String(Number(count.value) + 1);
    ready(row);
    row.querySelector("select, input").focus();
  });
});

// Another answer to choose from: the last row once more, empty, with the next number. Without this the form is sent and
// comes back with more rows.
document.querySelectorAll("[data-more-answers]").forEach((button) => {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const last = [...document.querySelectorAll("[data-answer]")].at(-1);
    const row = answerAfter(last);
    last.after(row);
    button.hidden = Number(row.dataset.answer) >= Number(button.dataset.moreAnswers);
    row.querySelector("input").focus();
  });
});

function answerAfter(last) {
  const [was, shown] = [last.dataset.answer, last.dataset.shown];
  const number = String(Number(was) + 1);
  const row = last.cloneNode(true);
  row.innerHTML = row.innerHTML.replaceAll(`option_${was}_`, `option_${number}_`);
  row.dataset.answer = number;
  row.dataset.shown = /[๐-๙]/.test(shown) ? number.replace(/\d/g, (digit) => "๐๑๒๓๔๕๖๗๘๙"[digit]) : number;
  row.querySelectorAll("label").forEach((label) => (label.textContent = label.textContent.replace(shown, row.dataset.shown)));
  row.querySelectorAll("input").forEach((input) => (input.value = ""));
  row.querySelectorAll(".fault").forEach((fault) => fault.remove());
  row.querySelectorAll(".field-wrong").forEach((field) => field.classList.remove("field-wrong"));
  return row;
}

// A link to a field inside a part that is closed opens the part.
function openAround(address) {
  const field = document.getElementById(address.slice(1));
  const closed = field?.closest("details:not([open])");
  if (!closed) return;
  closed.open = true;
  field.focus();
  field.scrollIntoView({ block: "center" });
}

openAround(location.hash);
addEventListener("hashchange", () => openAround(location.hash));
