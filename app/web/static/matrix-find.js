// Finds a person among the rows on this page. Without this file the form asks the server, which leads to the row.

const form = document.getElementById("find");
const grid = document.getElementById("grid");
const box = document.getElementById("find-name");
const said = document.getElementById("found");
const plain = (text) => text.normalize("NFKD").replace(/[\p{M}'’‘`]/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").toLowerCase().trim();
const rows = [...grid.tBodies[0].rows];
const names = rows.map((row) => plain(row.cells[0].firstElementChild.textContent));
let at = -1;

function fitting() {
  const words = plain(box.value).split(" ").filter(Boolean);
  return words.length ? names.flatMap((name, y) => (words.every((word) => name.includes(word)) ? [y] : [])) : [];
}

function say(found) {
  if (!box.value.trim()) said.textContent = "";
  else if (!found.length) said.textContent = "Nobody on this page. “Go to them” looks further.";
  else said.textContent = found.length === 1 ? "1 person: press Enter" : `${found.length} people: press Enter for each in turn`;
}

box.addEventListener("input", () => { at = -1; say(fitting()); });

form.addEventListener("submit", (event) => {
  const found = fitting();
  if (!found.length) return;
  event.preventDefault();
  at = found.find((y) => y > at) ?? found[0];
  grid.querySelector(".app-grid__found")?.classList.remove("app-grid__found");
  const row = rows[at];
  row.cells[0].classList.add("app-grid__found");
  row.cells[0].scrollIntoView({ block: "center" });
  said.textContent = `${row.cells[0].firstElementChild.textContent}: ${found.indexOf(at) + 1} of ${found.length}`;
  if (document.activeElement !== box || found.length === 1) row.cells[0].querySelector("a").focus({ preventScroll: true });
});
