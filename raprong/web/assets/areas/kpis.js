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
