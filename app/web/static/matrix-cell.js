// Deciding about one cell in a dialog over the grid. Without this file each person's page leads to the same form.

const grid = document.getElementById("grid");
const choose = document.getElementById("choose");
const dialog = document.createElement("dialog");
const button = document.createElement("button");
let cell = null;

dialog.className = "app-dialog";
dialog.setAttribute("aria-labelledby", "edit-title");
choose.after(dialog);
button.type = "button";
button.className = "app-grid__set";
button.tabIndex = -1;
button.textContent = "Set";

function box() { return cell.querySelector("input[name=c]"); }

function beside(td) {
  if (!td || !td.querySelector("input[name=c]") || button.parentElement === td) return;
  td.append(button);
  name(td);
}

function name(td) {
  const words = td.querySelector("label").textContent;
  const who = td.parentElement.cells[0].firstElementChild.textContent;
  button.setAttribute("aria-label", `Set this cell alone: ${who}, ${words}`);
}

grid.addEventListener("pointerover", (event) => beside(event.target.closest?.("tbody td")));
grid.addEventListener("focusin", (event) => beside(event.target.closest?.("tbody td")));

function open(td) {
  cell = td;
  const [person, tier] = box().value.split(".");
  const kept = new URLSearchParams([...choose.querySelectorAll(":scope > input[type=hidden]")].map((e) => [e.name, e.value]));
  const part = document.createElement("div");
  part.id = "edit";
  const title = document.createElement("h2");
  title.id = "edit-title";
  title.textContent = "One moment";
  part.append(title);
  dialog.replaceChildren(part);
  dialog.showModal();
  const where = `${location.pathname}/cells/${person}/${encodeURIComponent(tier)}?${kept}`;
  htmx.ajax("GET", where, { target: "#edit", swap: "outerHTML", headers: { "HX-Target": "div#edit" } });
}

button.addEventListener("click", () => open(button.closest("td")));
grid.addEventListener("dblclick", (event) => {
  const td = event.target.closest("tbody td");
  if (td?.querySelector("input[name=c]")) open(td);
});
grid.addEventListener("keydown", (event) => {
  if (!event.target.matches("input[name=c]") || !["Enter", "F2"].includes(event.key)) return;
  event.preventDefault();
  open(event.target.closest("td"));
});

function sayNeed() {
  const need = dialog.querySelector("#cell-need");
  if (need) dialog.dataset.need = need.value;
}

dialog.addEventListener("change", sayNeed);
dialog.addEventListener("click", (event) => {
  if (!event.target.closest("[data-close]")) return;
  event.preventDefault();
  dialog.close();
});
dialog.addEventListener("close", () => { box().focus(); });

document.addEventListener("htmx:after:swap", () => {
  if (!dialog.open) return;
  sayNeed();
  const now = dialog.querySelector("[data-cell]");
  if (now) {
    box().value = now.dataset.value;
    cell.className = now.dataset.tone;
    cell.querySelector("label").replaceChildren(box(), ...now.childNodes);
    if (button.parentElement === cell) name(cell);
  }
  const first = ["form [aria-describedby]", "#cell-need", "input[type=radio]:checked", "button", "a"];
  first.map((what) => dialog.querySelector(what)).find(Boolean)?.focus();
});
