// Words that are typed and not saved are not lost by a slip: the form says so where it has a place for it, and the
// browser asks before it leaves the page.

for (const form of document.querySelectorAll("form[data-keeps-words]")) keepWords(form);

function keepWords(form) {
  const fields = [...form.querySelectorAll("textarea, input:not([type]), input[type=text]")];
  const said = form.querySelector("[role=status]");
  const saved = said?.textContent;
  let sending = false;
  const differs = () => fields.some((field) => field.value !== field.defaultValue);
  form.addEventListener("input", () => { if (said) said.textContent = differs() ? "Not saved yet" : saved; });
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => { if (!sending && differs()) event.preventDefault(); });
}
