// One answer, saved while the learner works on it. Without this file the same form is sent with its buttons.
//
// What is on its way is sent again, unchanged, until the server says that it is kept: only then does a newer text go.
// So an answer whose acknowledgement was lost is never mistaken for another window's. Until it is kept, a copy waits in
// this tab's storage (waiting.js). Whatever else waits there for this attempt is sent from here too.

import {
  BUSY, SIGNED_OUT, deliver, forget, forgetAll, keep, left, post, savedPart, show, waiting, withoutNetwork,
} from "waiting";

const form = document.querySelector("form[data-answer]");
const TYPING = 900;
const LONGEST_WAIT = 30000;

if (form) {
  const place = form.dataset.answer;
  const [attempt, number] = place.split("/");
  const line = () => document.getElementById("saved");
  const fields = () => [...new FormData(form)].filter(([name]) => !["version", "then", "stay"].includes(name));
  const text = (list) => new URLSearchParams(list).toString();

  // Somebody may have answered before this file came: what the page was sent with is what counts as kept.
  const asSent = (field) => {
    if (["radio", "checkbox"].includes(field.type)) return field.checked === field.defaultChecked;
    if (field.options) return field.selectedIndex === Math.max(0, [...field.options].findIndex((o) => o.defaultSelected));
    return field.defaultValue === undefined || field.value === field.defaultValue;
  };
  const touched = ![...form.elements].every(asSent);

  // What the server has; nothing of it while the page shows what it would not take.
  let kept = touched || line().hasAttribute("data-refused") ? null : text(fields());
  let lastSaid = line().textContent;
  let onItsWay = null;
  let foreign = false;
  let tries = 0;
  let timer = 0;
  let sending = null;
  let leaving = false;
  let why = "";
  let whyOthers = "";
  const stuck = new Set();

  function say(words, refused = false) {
    line().textContent = words;
    line().toggleAttribute("data-refused", refused);
  }

  const dirty = () => onItsWay !== null || text(fields()) !== kept;

  function remember() {
    const version = onItsWay ? onItsWay.version : form.elements.version.value;
    const body = foreign ? onItsWay.body : text(fields());
    keep(place, { version, body, sent: onItsWay?.body ?? body });
  }

  const others = () => waiting(attempt).filter((entry) => entry.place !== place);

  function tell() {
    const numbers = others().map((entry) => entry.number).filter((other) => !stuck.has(other));
    if (why && dirty()) numbers.push(Number(number));
    show(why || whyOthers, numbers.sort((a, b) => a - b), [...stuck]);
  }

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  // Pauses that grow, none like the next: a ward full of browsers does not come back in the same second.
  const pause = (times) => Math.min(LONGEST_WAIT, 1000 * 2 ** (times - 1)) * (1 + Math.random() / 4);

  function again(reason, response) {
    const asked = Number(response?.headers.get("Retry-After")) * 1000;
    tries += 1;
    why = reason;
    say("Not saved yet: we will try again.");
    tell();
    later(Math.max(asked || 0, pause(tries)));
    return false;
  }

  // Sends what could not be saved, with what it had seen, to open the page that shows both versions.
  function showBoth() {
    leaving = true;
    const page = document.createElement("form");
    Object.assign(page, { method: "post", action: form.action, hidden: true });
    const whole = new URLSearchParams(foreign ? onItsWay.body : text(fields()));
    for (const [name, value] of [...whole, ["version", onItsWay.version], ["stay", "here"]]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      page.append(field);
    }
    document.body.append(page);
    page.submit();
    return false;
  }

  function accept(part) {
    tries = 0;
    why = "";
    form.elements.version.value = part.dataset.version;
    kept = foreign ? text(fields()) : onItsWay.body;
    onItsWay = null;
    if (foreign) { forget(place); leaving = true; location.reload(); return true; }
    if (text(fields()) !== kept) { remember(); return send(); }
    lastSaid = part.textContent;
    say(lastSaid);
    forget(place);
    tell();
    return true;
  }

  function refuse(words) {
    onItsWay = null;
    tries = 0;
    why = "";
    say(words, true);
    tell();
    return false;
  }

  async function answered(response) {
    if (response.headers.has("HX-Redirect")) return again(SIGNED_OUT);
    if (response.redirected) {
      leaving = true;
      if (response.url.endsWith("/result")) forgetAll(attempt);
      location.assign(response.url);
      return false;
    }
    if (response.ok) {
      const part = savedPart(await response.text());
      return part ? accept(part) : again(BUSY);
    }
    if (response.status === 409) return showBoth();
    if (response.status === 422) {
      return refuse(savedPart(await response.text())?.textContent ?? "Not saved: look at your answer again.");
    }
    if (response.status >= 500 || response.status === 429) return again(BUSY, response);
    forget(place);
    return refuse("Not saved: open this question again.");
  }

  async function send() {
    onItsWay ??= { version: form.elements.version.value, body: text(fields()) };
    say("Saving…");
    let response;
    try { response = await post(form.action, onItsWay.body, onItsWay.version); } catch { return again(withoutNetwork()); }
    try { return await answered(response); } catch { return again(withoutNetwork()); }
  }

  function save() {
    clearTimeout(timer);
    if (!dirty() || leaving) return Promise.resolve(true);
    sending ??= send().finally(() => { sending = null; });
    return sending;
  }

  function changed(delay) {
    if (!dirty()) {
      clearTimeout(timer);
      forget(place);
      say(lastSaid);
      return;
    }
    remember();
    if (!onItsWay) say("Not saved yet");
    if (tries === 0) later(delay);
    else tell();
  }

  // What other questions of this attempt have left behind, in the order in which it was typed.
  let round = 0;
  let rounds = 0;
  async function sendOthers() {
    clearTimeout(round);
    whyOthers = "";
    for (const entry of others()) {
      const outcome = await deliver(entry);
      if (outcome === "look") stuck.add(entry.number);
      else if (outcome) { whyOthers = outcome; break; }
    }
    rounds = whyOthers ? rounds + 1 : 0;
    if (whyOthers) round = setTimeout(sendOthers, pause(rounds));
    tell();
  }

  if (touched) changed(0);
  form.addEventListener("input", (event) => changed(["text", "textarea"].includes(event.target.type) ? TYPING : 0));
  form.addEventListener("change", () => changed(0));
  window.addEventListener("online", async () => {
    why = "";
    tell();
    await save();
    sendOthers();
  });
  window.addEventListener("offline", () => { why = withoutNetwork(); tell(); });
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

  // Where nothing can be saved, pages may still be read. One that does not come would take this page away for nothing.
  document.querySelector("#waiting [data-on] a")?.addEventListener("click", async (event) => {
    event.preventDefault();
    const { href } = event.target;
    const there = await fetch(href).catch(() => null);
    if (!there?.ok) return;
    leaving = true;
    location.assign(href);
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty() && !leaving) event.preventDefault();
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
    const order = values.get("order")?.split(",") ?? [];
    for (const token of list ? order : []) {
      const item = list.querySelector(`[data-token="${CSS.escape(token)}"]`);
      if (item) list.append(item);
    }
    for (const field of form.elements) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = values.getAll(field.name).includes(field.value);
      else if (values.has(field.name)) field.value = values.get(field.name);
    }
  }

  const before = left(place);
  if (before && before.body !== kept) {
    restore(before.body);
    // An answer to a step that is no longer open does not fit this form: the server says what becomes of it.
    foreign = text(fields()) !== before.body;
    onItsWay = { version: before.version, body: foreign ? before.body : before.sent ?? before.body };
    remember();
    save().then(sendOthers);
  } else {
    forget(place);
    sendOthers();
  }
}
