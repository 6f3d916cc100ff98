// People and skills with the keyboard and a screen reader. Without this file each cell is a link, and all works.

import { walk } from "grid-keys";

const grid = document.getElementById("grid");
const rows = [...grid.tBodies[0].rows];
const stops = rows.map((row) => [...row.querySelectorAll("a")]);
const columns = [...grid.tHead.rows[0].cells].map((cell) => cell.textContent);

walk(grid, stops, stops[0][0]);

grid.addEventListener("focusin", (event) => {
  const cell = event.target.closest("td");
  if (!cell || cell.colSpan > 1) return;
  const who = cell.parentElement.cells[0].firstElementChild.textContent;
  event.target.setAttribute("aria-label", `${who}, ${columns[cell.cellIndex]}: ${event.target.textContent}`);
});
