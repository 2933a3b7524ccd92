// Keys that lead from one page to the next: a link names its key. Without this every link works by itself.
const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
  const link = document.querySelector(`a[data-key="${event.key}"]`);
  if (link) link.click();
});
