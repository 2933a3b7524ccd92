// Keeps the Thai words that browsers break inside whole at the end of a line, wherever they stand on a page.
// The list is the one that papers use, with a few words of pages only; the filter whole_words does the same on the
// server for headings.
import list from "../../documents/_common/words.json";

const ONLY_ON_PAGES = ["หน่วยวัด", "ผู้ดูแลระบบ", "เป้าหมาย", "รายละเอียด", "กำหนด", "อนามัย"];
const words = new RegExp([...list, ...ONLY_ON_PAGES].sort((a, b) => b.length - a.length).join("|"), "g");
const LEFT_ALONE = "script, style, textarea, select, svg, .whole, whole-word";
const PARTS_FALL_APART = ["flex", "grid", "inline-flex", "inline-grid"];

export function keepWordsWhole(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.data.search(words) >= 0 && mayBeWrapped(node.parentElement)) found.push(node);
  }
  found.forEach(wrap);
}

// In a flex container or a grid each part of a text would become an item of its own.
const mayBeWrapped = (parent) =>
  !parent.closest(LEFT_ALONE) && !PARTS_FALL_APART.includes(getComputedStyle(parent).display);

function wrap(node) {
  const parts = document.createDocumentFragment();
  let from = 0;
  for (const { 0: word, index } of node.data.matchAll(words)) {
    const whole = document.createElement("whole-word");
    whole.textContent = word;
    parts.append(node.data.slice(from, index), whole);
    from = index + word.length;
  }
  parts.append(node.data.slice(from));
  node.replaceWith(parts);
}
