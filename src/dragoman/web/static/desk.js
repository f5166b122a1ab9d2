// What a page does beyond being read: theme, keys, marks that are shown or hidden, notes beside the text.
"use strict";

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

function isDark() {
  const chosen = root.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function turnTheme() {
  const next = isDark() ? "light" : "dark";
  root.dataset.theme = next;
  try { localStorage.setItem("theme", next); } catch { /* it holds for this page */ }
  nameTheme();
}

function nameTheme() {
  const button = byId("theme");
  button.hidden = false;
  button.textContent = isDark() ? "Light" : "Dark";
}

// ------------------------------------------------------------------ keys

const ROWS = "table.rows tbody tr, ol.items > li, .aligned .row:not(.head), article.evidence";
let current = -1;

function step(by) {
  const rows = [...document.querySelectorAll(ROWS)].filter((row) => row.offsetParent !== null);
  if (!rows.length) return;
  if (current >= 0 && rows[current]) rows[current].classList.remove("current");
  current = Math.min(rows.length - 1, Math.max(0, current + by));
  const row = rows[current];
  row.classList.add("current");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function open() {
  const row = document.querySelector(".current");
  const link = row && document.activeElement === row && row.querySelector("a[href]");
  if (link) link.click();
  return Boolean(link);
}

let before = "";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const keys = byId("keys");
  const last = before;
  before = event.key;
  switch (event.key) {
    case "/": byId("find").focus(); byId("find").select(); break;
    case "j": step(1); break;
    case "k": step(-1); break;
    case "Enter": if (!open()) return; break;
    case "?": if (keys.open) keys.close(); else keys.showModal(); break;
    case "t": turnTheme(); break;
    case "h": if (last !== "g") return; document.querySelector("a.brand").click(); break;
    default: return;
  }
  event.preventDefault();
});

// ------------------------------------------------------------------ the reader

function showMarks(box) {
  document.querySelector(".reader").classList.toggle(`hide-${box.dataset.mark}`, !box.checked);
}

function light(numbers, on) {
  for (const number of numbers) byId(`n-${number}`)?.classList.toggle("lit", on);
}

document.querySelectorAll("[data-mark]").forEach((box) => {
  showMarks(box);
  box.addEventListener("change", () => showMarks(box));
});
document.querySelectorAll("[data-in]").forEach((piece) => {
  const numbers = piece.dataset.in.split(" ");
  piece.addEventListener("mouseenter", () => light(numbers, true));
  piece.addEventListener("mouseleave", () => light(numbers, false));
});
document.querySelectorAll(".notes li").forEach((note) => {
  const own = [...document.querySelectorAll("[data-in]")].filter((piece) => piece.dataset.in.split(" ").includes(String(note.value)));
  const turn = (on) => own.forEach((piece) => piece.classList.toggle("lit", on));
  note.addEventListener("mouseenter", () => turn(true));
  note.addEventListener("mouseleave", () => turn(false));
  note.addEventListener("focusin", () => turn(true));
  note.addEventListener("focusout", () => turn(false));
});

// ------------------------------------------------------------------ adding by selection

function lengthOf(text) {
  return [...text].length; // the book counts characters, a script counts halves of some
}

function offsetIn(line, node, at) {
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, at);
  const copy = before.cloneContents();
  copy.querySelectorAll(".ref").forEach((number) => number.remove());
  return Number(line.dataset.start) + lengthOf(copy.textContent);
}

const lineOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.(".text p[data-start]");

const missed = byId("missed");
if (missed) {
  document.addEventListener("mouseup", () => takeSelection());
  document.addEventListener("keyup", (event) => { if (event.shiftKey) takeSelection(); });
}

function takeSelection() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  const [first, last] = [lineOf(range.startContainer), lineOf(range.endContainer)];
  if (!first || first !== last) return;
  const [start, end] = [offsetIn(first, range.startContainer, range.startOffset), offsetIn(last, range.endContainer, range.endOffset)];
  const copy = range.cloneContents();
  copy.querySelectorAll(".ref").forEach((number) => number.remove());
  missed.elements.words.value = copy.textContent;
  missed.elements.start.value = start;
  missed.elements.end.value = end;
}

byId("theme").addEventListener("click", turnTheme);
nameTheme();
