// Live sums of weights, and keys that lead from slide to slide. Without this every link and form works by itself.
import "../sums.js";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
  const link = document.querySelector(`a[data-key="${event.key}"]`);
  if (link) link.click();
});
