// The grid of "Plot it": points and the median line placed in the picture itself. The form's fields stay the answer: what
// happens in the picture is written into them, and what is written in them is drawn at once.

const box = document.querySelector("[data-plot]");

if (box) {
  const form = box.closest("form");
  const [low, high, step] = ["low", "high", "step"].map((name) => Number(box.dataset[name]));
  const places = (box.dataset.step.split(".")[1] ?? "").length;
  const figure = /^[-−–+]?(\d+\.?\d*|\.\d+)$/;
  const now = box.querySelector("[data-plot-now]");
  const inputs = [...box.querySelectorAll("input")];

  const written = (value) => value.toFixed(places).replace(/^-(0(\.0*)?)$/, "$1").replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  const nearest = (value) => Math.min(high, Math.max(low, low + Math.round((value - low) / step) * step));

  function value(input) {
    const text = input.value.trim();
    const number = Number(text.replace(/^[−–]/, "-"));
    return figure.test(text) && number >= low && number <= high ? number : null;
  }

  // ---- one picture of the two: the style sheet shows the one that fits ----

  function picture(svg) {
    const [top, bottom] = [Number(svg.dataset.top), Number(svg.dataset.bottom)];
    const up = (number) => bottom + ((number - low) / (high - low)) * (top - bottom);
    const columns = [...svg.querySelectorAll("[data-field]")].map((group) => {
      const dot = group.querySelector(".app-plot__dot");
      const [x] = dot.getAttribute("transform").match(/[\d.]+/);
      return { group, dot, x, input: form.elements[group.dataset.field] };
    });

    function height(event) {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      return nearest(low + ((bottom - at.y) / (bottom - top)) * (high - low));
    }

    function draw() {
      let path = "";
      let joined = false;
      for (const { group, dot, x, input } of columns) {
        const number = value(input);
        const y = up(number ?? low).toFixed(1);
        dot.setAttribute("visibility", number === null ? "hidden" : "visible");
        dot.setAttribute("transform", `translate(${x} ${y})`);
        group.setAttribute("aria-valuenow", number ?? low);
        group.setAttribute("aria-valuetext", number === null ? "not placed yet" : `${number} ${box.dataset.unit}`);
        if (input.name === "median") {
          dot.querySelector("text").textContent = number ?? "";
        } else {
          if (number !== null) path += `${joined ? "L" : "M"}${x} ${y} `;
          joined = number !== null;
        }
      }
      svg.querySelector(".app-plot__line").setAttribute("d", path);
    }

    function hold(column) {
      for (const { group } of columns) group.setAttribute("tabindex", group === column.group ? 0 : -1);
      column.group.focus({ preventScroll: true });
    }

    // A finger that scrolls the page begins in a column too: there a tap places a point, and only the point is dragged.
    function press(event, column) {
      if (event.button !== 0 || (event.pointerType === "touch" && !event.target.closest(".app-plot__dot"))) return;
      event.preventDefault();
      hold(column);
      const follow = (moved) => put(column.input, height(moved));
      const drop = () => {
        column.group.removeEventListener("pointermove", follow);
        column.input.dispatchEvent(new Event("change", { bubbles: true }));
      };
      column.group.setPointerCapture(event.pointerId);
      follow(event);
      column.group.addEventListener("pointermove", follow);
      for (const end of ["pointerup", "pointercancel"]) column.group.addEventListener(end, drop, { once: true });
    }

    function key(event, column, at) {
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: columns.length - 1 }[event.key];
      if (event.key === "Delete" || event.key === "Backspace") write(column.input, "");
      else if (to === undefined) { arrow(event, column.input); return; }
      else if (columns[to]) hold(columns[to]);
      event.preventDefault();
    }

    svg.setAttribute("role", "group");
    for (const [at, column] of columns.entries()) {
      const { group } = column;
      const looks = {
        role: "slider", tabindex: at ? -1 : 0, "aria-orientation": "vertical",
        "aria-label": group.dataset.label, "aria-valuemin": low, "aria-valuemax": high,
      };
      for (const [name, look] of Object.entries(looks)) group.setAttribute(name, look);
      group.addEventListener("pointerdown", (event) => press(event, column));
      group.addEventListener("click", (event) => { hold(column); put(column.input, height(event)); });
      group.addEventListener("keydown", (event) => key(event, column, at));
      column.input.addEventListener("focus", () => group.classList.add("app-plot__here"));
      column.input.addEventListener("blur", () => group.classList.remove("app-plot__here"));
    }
    return draw;
  }

  // ---- the fields ----

  function write(input, text) {
    if (input.value === text) return;
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function put(input, number) {
    write(input, written(number));
    const { label } = box.querySelector(`[data-field="${input.name}"]`).dataset;
    now.textContent = `${label}: ${written(number)} ${box.dataset.unit}`;
  }

  // Up and down by a step; a point that is not placed yet begins in the middle of the grid.
  function arrow(event, input) {
    const way = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 }[event.key];
    if (way === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const was = value(input);
    put(input, was === null ? nearest((low + high) / 2) : Math.min(high, Math.max(low, was + way * step)));
  }

  const drawings = [...box.querySelectorAll("svg")].map(picture);
  const drawAll = () => { for (const draw of drawings) draw(); };
  for (const input of inputs) input.addEventListener("keydown", (event) => arrow(event, input));
  box.addEventListener("input", drawAll);
  box.querySelector("[data-plot-draw]").remove();
  box.querySelector("[data-plot-hint]").hidden = false;
  now.hidden = false;
  drawAll();
}
