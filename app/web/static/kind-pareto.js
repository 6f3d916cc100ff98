// Says when the rows have been moved since the chart below them was drawn. The chart itself comes from the server.

const drawing = document.querySelector("[data-pareto-drawn]");
const list = document.querySelector("[data-order]");
const old = drawing?.querySelector("[data-pareto-old]");

if (drawing?.dataset.paretoDrawn && list) {
  const order = () => [...list.children].map((item) => item.dataset.token).join(",");
  const look = () => {
    const moved = order() !== drawing.dataset.paretoDrawn;
    const words = moved ? "You have moved rows since this was drawn. Draw it again to see the new shares." : "";
    if (old.textContent !== words) old.textContent = words;
  };
  new MutationObserver(look).observe(list, { childList: true });
  look();
}
