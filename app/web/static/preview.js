// Asks once in a while whether a course file has been saved, and loads the page again when one has.
// Without this script the link Reload does the same.

const bar = document.querySelector("[data-version]");
const said = bar.querySelector("[data-said]");
const OFTEN = 700;
const ended = "The preview has ended. Begin it again in the terminal: qi courses preview";
const before = said.textContent;
let missed = 0;

async function ask() {
  if (document.visibilityState === "hidden") return;
  const answer = await fetch("/preview/version", { cache: "no-store" }).catch(() => null);
  missed = answer?.ok ? 0 : missed + 1;
  if (missed > 3) said.textContent = ended;
  if (missed || !answer) return;
  if (said.textContent === ended) said.textContent = before;
  // The address as it is: a form that was refused is not sent again.
  if (await answer.text() !== bar.dataset.version) location.replace(location.href);
}

async function watch() {
  await ask();
  setTimeout(watch, OFTEN);
}

watch();
document.addEventListener("visibilitychange", ask);
