// The grid with a mouse, a keyboard and a screen reader. Without this file each cell is a checkbox, and all works.

import { walk } from "grid-keys";

const form = document.getElementById("choose");
const grid = document.getElementById("grid");
const bar = document.getElementById("set");
const rows = [...grid.tBodies[0].rows];
const boxes = rows.map((row) => [...row.querySelectorAll("input[name=c]")]);
const place = new Map();
boxes.forEach((row, y) => row.forEach((box, x) => place.set(box, [y, x])));
// What the arrows reach: a person's name, and their cells.
const stops = rows.map((row, y) => [row.cells[0].querySelector("a"), ...boxes[y]]);
const levels = [...grid.tHead.rows[0].cells].slice(1).map((cell) => cell.firstChild.textContent);

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

walk(grid, stops, boxes[0][0], (event, to) => {
  if (event.shiftKey && place.has(to) && place.has(event.target)) {
    fromBox ??= event.target;
    fill(fromBox, to, true);
    changed();
  } else fromBox = null;
});

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
