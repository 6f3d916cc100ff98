// One answer, saved while the learner works on it. Without this file the same form is sent with its buttons.
//
// What is on its way is sent again, unchanged, until the server says that it is kept: only then does a newer text go.
// So an answer whose acknowledgement was lost is never mistaken for another window's. Until it is kept, a copy stays
// in this tab's storage, under the attempt and the question it belongs to.

const form = document.querySelector("form[data-answer]");
const TYPING = 900;
const LONGEST_WAIT = 30000;

// The page that shows both versions carries this tab's answer in its own form: no copy has to wait here any more.
for (const page of document.querySelectorAll("[data-carries]")) {
  try { sessionStorage.removeItem(`answer:${page.dataset.carries}`); } catch { /* no storage */ }
}

if (form) {
  const key = `answer:${form.dataset.answer}`;
  const line = () => document.getElementById("saved");
  const fields = () => [...new FormData(form)].filter(([name]) => !["version", "then", "stay"].includes(name));
  const text = (list) => new URLSearchParams(list).toString();

  let kept = text(fields());
  let onItsWay = null;
  let tries = 0;
  let timer = 0;
  let sending = null;
  let leaving = false;

  function say(words, refused = false) {
    line().textContent = words;
    line().toggleAttribute("data-refused", refused);
  }

  const dirty = () => onItsWay !== null || text(fields()) !== kept;

  function remember() {
    const version = onItsWay ? onItsWay.version : form.elements.version.value;
    try { sessionStorage.setItem(key, JSON.stringify({ version, body: text(fields()) })); } catch { /* no storage */ }
  }

  function forget() {
    try { sessionStorage.removeItem(key); } catch { /* no storage */ }
  }

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  function again(response) {
    const asked = Number(response?.headers.get("Retry-After")) * 1000;
    tries += 1;
    say("Not saved yet: we will try again.");
    later(Math.max(asked || 0, Math.min(LONGEST_WAIT, 1000 * 2 ** (tries - 1))));
    return false;
  }

  // Sends the form as it stands, with what it had seen, to open the page that shows both versions.
  function showBoth() {
    leaving = true;
    form.elements.version.value = onItsWay.version;
    const stay = document.createElement("input");
    Object.assign(stay, { type: "hidden", name: "stay", value: "here" });
    form.append(stay);
    form.submit();
    return false;
  }

  function accept(html) {
    const part = new DOMParser().parseFromString(html, "text/html").getElementById("saved");
    if (!part) return again(null);
    tries = 0;
    form.elements.version.value = part.dataset.version;
    kept = onItsWay.body;
    onItsWay = null;
    if (text(fields()) !== kept) { remember(); return send(); }
    say(part.textContent);
    forget();
    return true;
  }

  async function answered(response) {
    if (response.redirected) {
      leaving = true;
      location.assign(response.url);
      return false;
    }
    if (response.ok) return accept(await response.text());
    if (response.status === 409) return showBoth();
    if (response.status === 422) {
      const part = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("saved");
      onItsWay = null;
      say(part ? part.textContent : "Not saved: look at your answer again.", true);
      return false;
    }
    if (response.status >= 500 || response.status === 429) return again(response);
    onItsWay = null;
    say("Not saved: open this question again.", true);
    return false;
  }

  async function send() {
    onItsWay ??= { version: form.elements.version.value, body: text(fields()) };
    say("Saving…");
    try {
      return await answered(await fetch(form.action, {
        method: "POST",
        keepalive: true,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true", "HX-Target": "saved" },
        body: `${onItsWay.body}&version=${onItsWay.version}&stay=here`,
      }));
    } catch {
      return again(null);
    }
  }

  function save() {
    clearTimeout(timer);
    if (!dirty() || leaving) return Promise.resolve(true);
    sending ??= send().finally(() => { sending = null; });
    return sending;
  }

  function changed(delay) {
    if (!dirty()) return;
    remember();
    if (!onItsWay) say("Not saved yet");
    if (tries === 0) later(delay);
  }

  form.addEventListener("input", (event) => changed(["text", "textarea"].includes(event.target.type) ? TYPING : 0));
  form.addEventListener("change", () => changed(0));
  window.addEventListener("online", () => save());
  document.addEventListener("timeup", () => save());

  // A button saves first and only then sends the form: without a network the page and its text stay where they are.
  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (leaving) return;
    if (button?.name === "stay" && list?.contains(button)) {
      event.preventDefault();
      move(button);
      return;
    }
    if (!dirty()) return;
    event.preventDefault();
    await save();
    if (onItsWay || leaving) return;
    leaving = true;
    form.requestSubmit(button);
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (onItsWay && !leaving) event.preventDefault();
  });
  window.addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted && !dirty()) location.reload();
  });

  // ---- ordering: the buttons, the places and dragging, without a visit to the server ----

  const list = form.querySelector("[data-order]");

  function renumber() {
    const items = [...list.children];
    form.elements.order.value = items.map((item) => item.dataset.token).join(",");
    items.forEach((item, at) => { item.querySelector("select").value = String(at + 1); });
    changed(300);
  }

  function put(item, at) {
    const others = [...list.children].filter((other) => other !== item);
    list.insertBefore(item, others[at] ?? null);
    renumber();
    say(`Moved to place ${[...list.children].indexOf(item) + 1} of ${list.children.length}. Not saved yet.`);
  }

  function move(button) {
    const item = button.closest("[data-token]");
    const at = [...list.children].indexOf(item);
    put(item, Math.max(0, at + (button.value.startsWith("up:") ? -1 : 1)));
    button.focus();
  }

  if (list) {
    list.addEventListener("change", (event) => {
      if (!event.target.matches("select")) return;
      put(event.target.closest("[data-token]"), Number(event.target.value) - 1);
      event.target.focus();
    });
    let dragged = null;
    for (const item of list.children) item.draggable = true;
    list.addEventListener("dragstart", (event) => { dragged = event.target.closest("[data-token]"); });
    list.addEventListener("dragend", () => { dragged = null; });
    list.addEventListener("dragover", (event) => {
      const over = event.target.closest("[data-token]");
      if (!dragged || !over) return;
      event.preventDefault();
      if (over === dragged) return;
      const middle = over.getBoundingClientRect().top + over.offsetHeight / 2;
      list.insertBefore(dragged, event.clientY < middle ? over : over.nextSibling);
    });
    list.addEventListener("drop", (event) => { event.preventDefault(); renumber(); });
  }

  // ---- an answer that this tab could not save before, for instance because the sign-in had ended ----

  function restore(body) {
    const values = new URLSearchParams(body);
    const order = values.get("order");
    if (order && list) for (const token of order.split(",")) list.append(list.querySelector(`[data-token="${token}"]`));
    for (const field of form.elements) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.getAll(field.name).includes(field.value);
      else if (values.has(field.name)) field.value = values.get(field.name);
    }
  }

  function leftBehind() {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
  }

  const left = leftBehind();
  if (left && left.body !== kept) {
    restore(left.body);
    onItsWay = left;
    save();
  } else {
    forget();
  }
}
