// The grid with a mouse, a keyboard and a screen reader. Without this file each cell is a checkbox, and all works.

const form = document.getElementById("choose");
const grid = document.getElementById("grid");
const bar = document.getElementById("set");
const rows = [...grid.tBodies[0].rows];
const boxes = rows.map((row) => [...row.querySelectorAll("input[name=c]")]);
const place = new Map();
boxes.forEach((row, y) => row.forEach((box, x) => place.set(box, [y, x])));
// What the arrows reach: a person's name, and their cells.
const stops = rows.map((row, y) => [row.cells[0].querySelector("a"), ...boxes[y]]);
const stands = new Map();
stops.forEach((row, y) => row.forEach((stop, x) => stands.set(stop, [y, x])));
const levels = [...grid.tHead.rows[0].cells].slice(1).map((cell) => cell.firstChild.textContent);
let anchor = boxes[0][0];

// The grid of WAI-ARIA: one stop for the tab key; arrows, Home, End and the page keys move within.
grid.setAttribute("role", "grid");
// A grid has no caption: the same words stand above it and name it.
const caption = document.createElement("div");
caption.id = "grid-caption";
caption.className = "app-grid__caption";
caption.append(...grid.caption.childNodes);
grid.deleteCaption();
grid.before(caption);
grid.setAttribute("aria-labelledby", "grid-caption");
for (const stop of stands.keys()) stop.tabIndex = -1;
anchor.tabIndex = 0;
const PAGE = 10;

function reach(box) {
  anchor.tabIndex = -1;
  box.tabIndex = 0;
  anchor = box;
}

function name(box) {
  const row = box.closest("tr");
  const [, x] = place.get(box);
  const words = box.parentElement.textContent;
  box.setAttribute("aria-label", `${row.cells[0].firstElementChild.textContent}, ${levels[x]}: ${words}`);
}

function fill(from, to, checked) {
  const [y1, x1] = place.get(from), [y2, x2] = place.get(to);
  for (let y = Math.min(y1, y2); y <= Math.max(y1, y2); y += 1)
    for (let x = Math.min(x1, x2); x <= Math.max(x1, x2); x += 1) boxes[y][x].checked = checked;
}

function changed() {
  const chosen = boxes.flat().filter((box) => box.checked);
  const columns = [...new Set(chosen.map((box) => levels[place.get(box)[1]]))];
  const people = new Set(chosen.map((box) => place.get(box)[0])).size;
  const words = chosen.length
    ? `${people} ${people === 1 ? "person" : "people"} chosen: ${columns.join(", ")}`
    : "Choose cells in the grid";
  document.getElementById("chosen-count").textContent = words;
  const jump = document.querySelector(".app-phone-only a");
  if (jump) jump.textContent = chosen.length ? `${words}. Set the need` : "Set the need of the cells you choose";
  forget();
}

// A preview is of what was chosen then: it goes when the choice changes, and Save with it.
function forget() {
  document.getElementById("preview").replaceChildren();
}

grid.addEventListener("focusin", (event) => {
  if (place.has(event.target)) name(event.target);
  if (stands.has(event.target)) reach(event.target);
});

grid.addEventListener("click", (event) => {
  const box = event.target;
  if (!place.has(box)) return;
  if (event.shiftKey && fromBox && fromBox !== box) fill(fromBox, box, box.checked);
  fromBox = box;
});
let fromBox = null;

grid.addEventListener("mousedown", (event) => {
  if (event.shiftKey && event.target.closest("label")) event.preventDefault();
});

const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
grid.addEventListener("keydown", (event) => {
  const stand = stands.get(event.target);
  if (!stand || event.altKey || event.metaKey) return;
  const to = reached(event, ...stand);
  if (!to) return;
  event.preventDefault();
  if (event.shiftKey && place.has(to) && place.has(event.target)) {
    fromBox ??= event.target;
    fill(fromBox, to, true);
    changed();
  } else fromBox = null;
  to.focus();
});

function reached(event, y, x) {
  const last = stops.length - 1;
  if (steps[event.key]) return stops[y + steps[event.key][0]]?.[x + steps[event.key][1]];
  if (event.key === "PageUp") return stops[Math.max(0, y - PAGE)][x];
  if (event.key === "PageDown") return stops[Math.min(last, y + PAGE)][x];
  if (event.key === "Home") return stops[event.ctrlKey ? 0 : y][0];
  if (event.key === "End") return stops[event.ctrlKey ? last : y].at(-1);
  return null;
}

grid.addEventListener("change", (event) => {
  const all = event.target;
  if (all.matches("[data-column]")) {
    for (const row of boxes) {
      const box = row[Number(all.dataset.column)];
      if (box.closest("td").classList.contains("u")) box.checked = all.checked;
    }
  }
  changed();
});

grid.querySelectorAll("input[name=all]").forEach((all, x) => {
  all.dataset.column = x;
  all.dataset.noName = "";
  all.removeAttribute("name");
});

const need = document.getElementById("need");
function sayNeed() { bar.dataset.need = need.value; }
need.addEventListener("change", () => { sayNeed(); forget(); });
for (const id of ["due", "pause_reason", "reason"]) document.getElementById(id).addEventListener("input", forget);

document.addEventListener("htmx:after:swap", () => {
  if (getComputedStyle(bar).position !== "sticky") document.getElementById("preview").scrollIntoView({ block: "nearest" });
});

form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) {
    event.preventDefault();
    bar.querySelector("[hx-post]").click();
  }
});

sayNeed();
changed();
