// Puts a slider beside each number that has a most it slides to: without this file the number alone does the job.

for (const number of document.querySelectorAll("[data-slides-to]")) {
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: number.dataset.slidesTo, className: "app-slider__range" });
  slider.setAttribute("aria-label", number.labels[0].textContent);
  const follow = () => { slider.value = /^\d+$/.test(number.value) ? number.value : 0; };
  follow();
  slider.addEventListener("input", () => {
    number.value = slider.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  });
  number.addEventListener("input", (event) => { if (event.isTrusted) follow(); });
  number.after(slider);
}
