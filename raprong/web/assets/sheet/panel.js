// A single figure opens beside the grid: its history, comments, questions. Without scripts the link leads to its page.
export function openFiguresInAPanel(place) {
  const dialog = place.querySelector("[data-dialog]");
  let looked = "";
  const body = dialog.querySelector("[data-dialog-body]");

  place.addEventListener("click", async (event) => {
    const way = event.target.closest("a[data-figure]");
    if (!way || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    body.replaceChildren();
    looked = way.href;
    await window.htmx.ajax("GET", way.href, { target: body, swap: "innerHTML" });
    dialog.showModal();
  });

  // What was said in the panel shows in the grid.
  dialog.addEventListener("close", () => {
    place.dispatchEvent(new CustomEvent("sheet:looked", { bubbles: true, detail: looked }));
  });
}
