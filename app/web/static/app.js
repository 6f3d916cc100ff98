// The NHS components, started on each page and again on what htmx brings.
import { initAll } from "nhsuk";

initAll();

document.addEventListener("htmx:after:swap", (event) => {
  const part = event.detail?.ctx?.target ?? document;
  initAll({ scope: part });
});

// A second press while the first is on its way would be refused anyway; this spares the wait.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sending === "yes") { event.preventDefault(); return; }
  if (form.method === "post" && !form.hasAttribute("data-again")) {
    form.dataset.sending = "yes";
    setTimeout(() => { delete form.dataset.sending; }, 4000);
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sending;
});
