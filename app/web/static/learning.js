// While somebody reads, the heading they have reached is kept, so that they can come back to it.
// Without this script, buttons between the sections do the same.

const STAYS = 2500;
const text = document.querySelector("[data-place-url]");

if (text) keepPlace(text);

function keepPlace(text) {
  const headings = [...text.querySelectorAll("h2[id]")];
  let kept = location.hash.slice(1);
  let scrolled = false;
  let waiting = 0;

  // The last heading above the middle of the window. Nothing before the first: that is the beginning.
  function reached() {
    const line = window.innerHeight / 2;
    return headings.filter((h) => h.getBoundingClientRect().top < line).pop()?.id ?? "";
  }

  function send() {
    const place = reached();
    if (place === kept) return;
    const prefix = place ? text.dataset.prefix : "";
    fetch(text.dataset.placeUrl, {
      method: "POST",
      body: new URLSearchParams({ place: prefix + place }),
      headers: { "X-Keeps-Place": "1" },
      redirect: "manual",
      keepalive: true,
    }).then((answer) => { if (answer.status === 204) kept = place; }).catch(() => {});
  }

  // Only where somebody stays for a moment counts: a quick look further down moves nothing.
  window.addEventListener("scroll", () => {
    scrolled = true;
    clearTimeout(waiting);
    waiting = setTimeout(send, STAYS);
  }, { passive: true });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && scrolled) { clearTimeout(waiting); send(); }
  });
}

// On paper nothing can be unfolded, so everything is.
const folded = () => document.querySelectorAll(".app-module details:not([open])");
window.addEventListener("beforeprint", () => {
  for (const part of folded()) { part.open = true; part.dataset.unfolded = ""; }
});
window.addEventListener("afterprint", () => {
  for (const part of document.querySelectorAll("[data-unfolded]")) { part.open = false; delete part.dataset.unfolded; }
});
if (document.querySelector("[data-print]")) window.addEventListener("load", () => window.print());

// A term is explained where it stands. Without this script its link leads to the end of the page, and back.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.app-term");
  const meaning = link && document.getElementById(link.hash.slice(1))?.nextElementSibling;
  if (!meaning) return;
  event.preventDefault();
  const shown = link.nextElementSibling;
  const open = !shown?.classList.contains("app-term__here");
  link.setAttribute("aria-expanded", String(open));
  if (!open) { shown.remove(); return; }
  const here = document.createElement("span");
  here.className = "app-term__here";
  here.textContent = meaning.firstChild.textContent.trim();
  link.after(here);
});
