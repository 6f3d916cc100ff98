// Reading a chart: a tap on a point ticks its box, and the ticked points are ringed. Without this file the boxes do.

const REACH = 24;

for (const reading of document.querySelectorAll("[data-reading]")) {
  const boxes = new Map([...reading.querySelectorAll("input[name=point]")].map((box) => [box.value, box]));
  const marks = [...reading.querySelectorAll("[data-point]")].filter((mark) => boxes.has(mark.dataset.point));

  function ring() {
    for (const mark of marks) mark.classList.toggle("is-ticked", boxes.get(mark.dataset.point).checked);
  }

  // The nearest point within a thumb's reach, so that small marks are no small targets.
  function nearest(event) {
    let best = null;
    let least = REACH;
    for (const mark of marks) {
      const box = mark.getBoundingClientRect();
      if (!box.width) continue;
      const away = Math.hypot(box.left + box.width / 2 - event.clientX, box.top + box.height / 2 - event.clientY);
      if (away < least) [best, least] = [mark, away];
    }
    return best;
  }

  function point(event) {
    const near = nearest(event);
    for (const mark of marks) mark.classList.toggle("is-near", mark === near);
    return near;
  }

  for (const picture of boxes.size ? reading.querySelectorAll("svg") : []) {
    picture.toggleAttribute("data-tappable", true);
    picture.addEventListener("pointermove", point);
    picture.addEventListener("pointerleave", () => marks.forEach((mark) => mark.classList.remove("is-near")));
    picture.addEventListener("click", (event) => {
      const mark = nearest(event);
      if (mark) boxes.get(mark.dataset.point).click();
    });
  }

  // "None of these" and a rule exclude each other: the later one stands.
  reading.querySelector("[data-rules]").addEventListener("change", (event) => {
    const rules = [...reading.querySelectorAll("input[name=rule]")];
    if (!event.target.checked) return;
    const none = event.target.value === "none";
    for (const rule of rules) if (none ? rule !== event.target : rule.value === "none") rule.checked = false;
  });

  reading.addEventListener("change", ring);
  const tap = reading.querySelector(".app-reading__tap");
  if (tap) tap.hidden = false;
  ring();
  // What a lost network left behind is put back after this file has run.
  window.addEventListener("load", ring);
}
