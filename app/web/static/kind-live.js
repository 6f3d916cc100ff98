// After each save, what the server draws from the answer is brought up to date, without a press of a button:
// every part of the question marked data-live is taken from the same page as it is now.

const saved = document.querySelector(".app-saved-line");
const parts = () => [...document.querySelectorAll("[data-live]")];

async function refresh() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of parts()) {
    const now = page.getElementById(part.id);
    if (now && !part.contains(document.activeElement)) part.replaceChildren(...now.childNodes);
  }
}

// The version in the form changes with each save that was kept.
const field = document.querySelector("form[data-answer]")?.elements.version;

if (saved && field) {
  let version = field.value;
  new MutationObserver(() => {
    if (field.value === version) return;
    version = field.value;
    refresh().catch(() => { /* the picture is brought up to date with the next save */ });
  }).observe(saved, { childList: true, subtree: true, characterData: true });
}
