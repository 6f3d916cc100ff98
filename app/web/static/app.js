// The NHS components, started on each page and again on what htmx brings.
import { initAll } from "nhsuk";

initAll();

document.addEventListener("htmx:after:swap", (event) => {
  const part = event.detail?.ctx?.target ?? document;
  initAll({ scope: part });
});

// Answers that could not be saved wait in this tab (waiting.js): for whoever wrote them, until they sign out, for two days.
const DAYS = 2;
const LEAVING = "signing-out";

function clearAway() {
  const here = document.querySelector("[data-who]")?.dataset.who;
  const signedOut = sessionStorage.getItem(LEAVING) !== null && here === undefined;
  sessionStorage.removeItem(LEAVING);
  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith("answer:"))) {
    let kept = {};
    try { kept = JSON.parse(sessionStorage.getItem(key)); } catch { /* no entry of ours */ }
    const old = !(Date.now() - kept.at < DAYS * 86_400_000);
    if (old || signedOut || (here !== undefined && kept.who !== here)) sessionStorage.removeItem(key);
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.getAttribute("action")?.endsWith("/sign-out")) return;
  try { sessionStorage.setItem(LEAVING, "yes"); } catch { /* no storage */ }
});
try { clearAway(); } catch { /* no storage */ }

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
