// A slider beside a number: without this file the number alone does the job.

for (const slider of document.querySelectorAll("[data-slides]")) {
  const number = document.getElementById(slider.dataset.slides);
  const follow = () => { if (/^\d+$/.test(number.value)) slider.value = number.value; };
  follow();
  slider.hidden = false;
  slider.addEventListener("input", () => {
    number.value = slider.value;
    number.dispatchEvent(new Event("input", { bubbles: true }));
  });
  number.addEventListener("input", (event) => { if (event.isTrusted) follow(); });
}
