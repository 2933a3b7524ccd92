// "Correct it for me" beside a form that does not correct on the server: the corrected words go into their field.
const reveal = (root) => root.querySelectorAll("button[data-write][hidden]").forEach((button) => (button.hidden = false));

document.addEventListener("htmx:afterSwap", (event) => reveal(event.target));
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-write]");
  const field = button && document.getElementById(button.dataset.write);
  if (!field) return;
  field.value = button.dataset.words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
