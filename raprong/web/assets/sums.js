// Sums that follow the typing. Without this the pages add up when they are saved.
//
// A place with data-sum and data-whole holds rows (data-row) with a weight each, parts of its own (data-sum-part with
// data-share), and a line (data-sum-line) that says the sum and, in its own words, whether it is enough.
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

function tell(line, given, whole) {
  const left = hundredths(whole) - given;
  const { enough, short, over } = line.dataset;
  line.querySelector("output").textContent = shown(given);
  line.querySelector("[data-sum-words]").textContent = left === 0 ? enough : (left > 0 ? short : over) + shown(Math.abs(left));
  line.classList.toggle("is-whole", left === 0);
  line.classList.toggle("is-off", left !== 0);
}

function addUp(place) {
  const lines = [...place.querySelectorAll("[data-sum-line]")];
  tell(lines.find((line) => !line.closest("[data-sum-part]")), sumOf(place), place.dataset.whole);
  place.querySelectorAll("[data-sum-part]").forEach((part) => {
    tell(part.querySelector("[data-sum-line]"), sumOf(part), part.dataset.share);
  });
}

document.querySelectorAll("[data-sum]").forEach((place) => {
  place.addEventListener("input", () => addUp(place));
  place.addEventListener("change", () => addUp(place));
  addUp(place);
});
