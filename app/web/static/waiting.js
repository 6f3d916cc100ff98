// Answers that could not be saved yet. Each waits in this tab's own storage, which closes with the tab, under the
// attempt and the question it belongs to: what was sent and not confirmed, what stands in the form now, and the version
// that its page had seen. app.js clears away what is too old, was signed out, or is somebody else's.

const NAME = /^answer:(\d+)\/(\d+)$/;
const PATIENCE = 20000;
const MOST_KEPT_ALIVE = 60000;

export const OFFLINE = "offline";
export const UNREACHABLE = "unreachable";
export const BUSY = "busy";
export const SIGNED_OUT = "signed out";
const WHY = {
  [OFFLINE]: ["You are offline.", "when the network is back"],
  [UNREACHABLE]: ["This site cannot be reached just now.", "when it can be reached again"],
  [BUSY]: ["This site cannot save anything just now.", "when it can save again"],
  [SIGNED_OUT]: ["You are signed out. Sign in again in another tab.", "when you are signed in again"],
};

export function keep(place, entry) {
  const who = document.querySelector("[data-who]")?.dataset.who ?? "";
  try { sessionStorage.setItem(`answer:${place}`, JSON.stringify({ ...entry, who, at: Date.now() })); } catch { /* none */ }
}

export function forget(place) {
  try { sessionStorage.removeItem(`answer:${place}`); } catch { /* no storage */ }
}

export function left(place) {
  try { return JSON.parse(sessionStorage.getItem(`answer:${place}`)); } catch { return null; }
}

// What waits for an attempt, the oldest first.
export function waiting(attempt) {
  const found = [];
  try {
    for (const key of Object.keys(sessionStorage)) {
      const [, of, number] = key.match(NAME) ?? [];
      if (of === attempt) found.push({ ...left(`${of}/${number}`), place: `${of}/${number}`, number: Number(number) });
    }
  } catch { /* no storage */ }
  return found.sort((a, b) => a.at - b.at);
}

export function forgetAll(attempt) {
  for (const { place } of waiting(attempt)) forget(place);
}

const address = (place) => `/attempts/${place.replace("/", "/questions/")}`;

export function post(to, body, version) {
  const sent = `${body}&version=${version}&stay=here`;
  return fetch(to, {
    method: "POST",
    keepalive: sent.length < MOST_KEPT_ALIVE,
    signal: AbortSignal.timeout?.(PATIENCE),
    headers: { "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true", "HX-Target": "saved" },
    body: sent,
  });
}

export const savedPart = (html) => new DOMParser().parseFromString(html, "text/html").getElementById("saved");
export const withoutNetwork = () => (navigator.onLine ? UNREACHABLE : OFFLINE);

// Sends what waits for a question that is not on this page. Says why it still waits, "look" when only the learner can
// go on, or nothing when it is saved or has become pointless.
export async function deliver(entry) {
  let { version } = entry;
  for (const body of new Set([entry.sent ?? entry.body, entry.body])) {
    let answer;
    try { answer = await post(address(entry.place), body, version); } catch { return withoutNetwork(); }
    if (answer.headers.has("HX-Redirect")) return SIGNED_OUT;
    if (answer.redirected) return afterwards(answer.url, entry);
    if (answer.status >= 500 || answer.status === 429) return BUSY;
    if (answer.status === 409 || answer.status === 422) return "look";
    const part = answer.ok && savedPart(await answer.text());
    if (!part) break;
    version = part.dataset.version;
  }
  forget(entry.place);
  return "";
}

// Led elsewhere: to the result when the attempt has been handed in, else to the sign-in.
function afterwards(url, entry) {
  if (!url.endsWith("/result")) return SIGNED_OUT;
  forgetAll(entry.place.split("/")[0]);
  return "";
}

const listed = (numbers) => numbers.join(", ").replace(/, (\d+)$/, " and $1");

// The banner: why, how many, and where they are kept meanwhile.
export function show(why, numbers, stuck = []) {
  const banner = document.getElementById("waiting");
  if (!banner) return;
  banner.hidden = !why && !stuck.length;
  const [first, when] = WHY[why] ?? ["", ""];
  const many = numbers.length;
  const words = [first];
  if (why && !many) words.push(`Everything up to now is saved. What you answer now waits in this tab and is sent ${when}.`);
  if (why && many) {
    const verb = many === 1 ? "1 answer waits" : `${many} answers wait`;
    words.push(`${verb} in this tab (question${many === 1 ? "" : "s"} ${listed(numbers)}) and will be sent ${when}.`);
  }
  if (stuck.length) words.push(`Question ${listed(stuck)}: an answer could not be saved. Open it to see why.`);
  put(banner.querySelector("[role=alert]"), words.join(" ").trim());
  put(banner.querySelector("[data-kept]"), why && many
    ? "Keep this tab open. An answer waits for two days at most, and is gone when you close the tab or sign out." : "");
  const links = banner.querySelector("[data-stuck]");
  links.replaceChildren(...stuck.map((number) => {
    const link = document.createElement("a");
    link.href = address(`${banner.dataset.attempt}/${number}`);
    link.textContent = `Open question ${number}`;
    return link;
  }));
  links.hidden = !stuck.length;
  banner.querySelector("[data-on]").hidden = why !== BUSY || !many;
}

// A screen reader says a changed text again: it is changed only when it is another.
function put(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

// What the pages of an attempt do away with: an answer that the page itself carries, and all of them when it is over.
for (const page of document.querySelectorAll("[data-carries]")) forget(page.dataset.carries);
for (const page of document.querySelectorAll("[data-handed-in]")) forgetAll(page.dataset.handedIn);
