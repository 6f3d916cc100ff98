// The grid of WAI-ARIA: one stop for the tab key; arrows, Home, End and the page keys move within.

const PAGE = 10;
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

// `stops` are what the keys reach, row by row; `first` has the tab key's stop at first. `moves(event, to)` is told of
// each step before it is made.
export function walk(grid, stops, first, moves = () => {}) {
  const stands = new Map();
  stops.forEach((row, y) => row.forEach((stop, x) => stands.set(stop, [y, x])));
  let anchor = first;

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

  function reached(event, y, x) {
    const last = stops.length - 1;
    // A row whose cells are one has fewer stops: from beyond its end one comes to its last.
    const on = (row) => row?.[Math.min(x, row.length - 1)];
    if (steps[event.key]) {
      const [down, right] = steps[event.key];
      return right ? stops[y][x + right] : on(stops[y + down]);
    }
    if (event.key === "PageUp") return on(stops[Math.max(0, y - PAGE)]);
    if (event.key === "PageDown") return on(stops[Math.min(last, y + PAGE)]);
    if (event.key === "Home") return stops[event.ctrlKey ? 0 : y][0];
    if (event.key === "End") return stops[event.ctrlKey ? last : y].at(-1);
    return null;
  }

  grid.addEventListener("focusin", (event) => {
    if (!stands.has(event.target)) return;
    anchor.tabIndex = -1;
    anchor = event.target;
    anchor.tabIndex = 0;
  });

  grid.addEventListener("keydown", (event) => {
    const stand = stands.get(event.target);
    if (!stand || event.altKey || event.metaKey) return;
    const to = reached(event, ...stand);
    if (!to) return;
    event.preventDefault();
    moves(event, to);
    to.focus();
  });
}
