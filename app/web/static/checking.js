// Before anything is handed in, what still waits in this tab is sent: a page that lists the answers lists them all.

import { deliver, show, waiting } from "waiting";

const form = document.querySelector("form[data-hand-in]");
const LONGEST_WAIT = 30000;
let times = 0;
let timer = 0;

async function sendAll() {
  clearTimeout(timer);
  const stuck = [];
  let why = "";
  let sent = false;
  for (const entry of waiting(form.dataset.handIn)) {
    const outcome = await deliver(entry);
    if (outcome === "look") stuck.push(entry.number);
    else if (outcome) { why = outcome; break; }
    else sent = true;
  }
  if (sent) { location.reload(); return false; }
  show(why, waiting(form.dataset.handIn).map((entry) => entry.number).filter((one) => !stuck.includes(one)), stuck);
  times = why ? times + 1 : 0;
  if (why) timer = setTimeout(sendAll, Math.min(LONGEST_WAIT, 1000 * 2 ** (times - 1)) * (1 + Math.random() / 4));
  return !why;
}

const isWaiting = () => waiting(form.dataset.handIn).length > 0;

// An answer that only the learner can put right is no reason to keep them from handing in: they were told, and press again.
let told = false;
form.addEventListener("submit", async (event) => {
  if (told || !isWaiting()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  told = await sendAll();
  document.getElementById("waiting").scrollIntoView();
}, { capture: true });

window.addEventListener("online", () => { if (isWaiting()) sendAll(); });
if (isWaiting()) sendAll();
