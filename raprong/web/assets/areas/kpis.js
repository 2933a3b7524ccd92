// Sums that follow the typing, and rows that come and go. Without this the pages add up when they are saved.
const THAI_ZERO = "๐".charCodeAt(0);

const arabic = (text) => text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - THAI_ZERO);

// Hundredths as whole numbers, so that 33.33 three times is exactly 99.99. What is no number counts for nothing.
function hundredths(text) {
  const found = arabic(text).replace(/[,\s]/g, "").match(/^(\d+)(?:\.(\d{1,2})0*)?$/);
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : 0;
}

const shown = (amount) =>
  `${Math.trunc(amount / 100).toLocaleString("en-US")}.${String(Math.abs(amount % 100)).padStart(2, "0")}`;

function weightIn(row) {
  const choice = row.querySelector("input[type=radio]:checked");
  if (choice && choice.value !== "select") return 0;
  const field = row.querySelector("input[name*=weight]");
  return field ? hundredths(field.value) : 0;
}

const sumOf = (place) => [...place.querySelectorAll("[data-row]")].reduce((sum, row) => sum + weightIn(row), 0);

function addUp(place) {
  const line = place.querySelector("[data-sum-line]");
  const given = sumOf(place);
  const left = hundredths(place.dataset.whole) - given;
  const { enough, short, over } = line.dataset;
  line.querySelector("output").textContent = shown(given);
  line.querySelector("[data-sum-words]").textContent = left === 0 ? enough : (left > 0 ? short : over) + shown(Math.abs(left));
  line.classList.toggle("is-whole", left === 0);
  line.classList.toggle("is-off", left !== 0);
  place.querySelectorAll("[data-sum-part]").forEach((part) => {
    part.querySelector("[data-part-sum]").textContent = shown(sumOf(part));
  });
}

document.querySelectorAll("[data-sum]").forEach((place) => {
  place.addEventListener("input", () => addUp(place));
  place.addEventListener("change", () => addUp(place));
  addUp(place);
});

// The sources' and dimensions' rows: a new one is copied from the template, a removed one is emptied and hidden.
document.querySelectorAll("[data-rows]").forEach((rows) => {
  const count = rows.closest("form").querySelector(`input[name=${rows.dataset.rows}-TOTAL_FORMS]`);
  const template = rows.querySelector("template");
  const add = rows.querySelector("[data-add-row]");

  const ready = (row) => {
    const remove = row.querySelector("[data-remove-row]");
    remove.hidden = false;
    remove.addEventListener("click", () => {
      row.querySelectorAll("input").forEach((field) => (field.value = ""));
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
