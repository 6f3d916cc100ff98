"""The client that every test of a page goes through: it looks at each HTML answer as a careful reviewer would."""

import atexit
from collections import Counter
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal
from starlette.testclient import TestClient

from tests.document import NOT_FILLED_IN, Document, FormInPage, words

FIELDS = ("input", "select", "textarea")
POINTING = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "headers")
HANDLER = "on"


class BadPageError(AssertionError):
    """A page that some person could not use, or that an attacker could."""


class HouseClient(TestClient):
    """A browser without a screen. Redirects are not followed, so that a test says where each deed leads."""

    checks = True
    """False where a test asks once more for a page that was checked a moment ago."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.portal = _one_loop()

    def request(self, method: str, url: Any, **more: Any) -> httpx2.Response:
        answer = super().request(method, url, **more)
        is_file = answer.headers.get("content-disposition", "").startswith("attachment")
        if self.checks and answer.headers.get("content-type", "").startswith("text/html") and not is_file:
            check(answer)
        return answer

    def submit(
        self,
        page: httpx2.Response,
        action: str = "",
        *,
        button: Any = None,
        files: Any = None,
        **filled: Any,
    ) -> httpx2.Response:
        """Send a form of this page as a browser would: its hidden and present values, with `filled` written over.

        `action` is the end of the address of the form to send; needless when only one posts.
        A value may be a list (checkboxes); None leaves the field out. `button`: name and value of the one pressed.
        `files`: of a field, the file's name and content.
        """
        form = form_of(page, action)
        data: dict[str, list[str]] = dict(form.fields)
        for name, value in filled.items():
            data[name] = [] if value is None else [str(v) for v in (value if isinstance(value, list) else [value])]
        if button:
            data[button[0]] = [button[1]]
        sent: dict[str, Any] = {name: values for name, values in data.items() if values}
        return self.post(form.action, data=sent, files=files)

    def follow(self, answer: httpx2.Response) -> httpx2.Response:
        """Open the page that a deed led to."""
        assert answer.status_code == 303, f"{answer.status_code}: {document(answer).text[:600]}"
        return self.get(answer.headers["location"])


@cache
def _one_loop() -> BlockingPortal:
    """The event loop of every request in a run: one of its own for each takes as long as a small page."""
    begun = start_blocking_portal()
    atexit.register(begun.__exit__, None, None, None)
    return begun.__enter__()


def document(answer: httpx2.Response) -> Document:
    return Document.of(answer.text)


def form_of(page: httpx2.Response, action: str = "") -> FormInPage:
    posting = [f for f in document(page).forms if f.method == "post"]
    fitting = [f for f in posting if f.action.partition("?")[0].endswith(action) or f.action.endswith(action)]
    fitting = fitting if action else [f for f in fitting if not f.action.endswith("/sign-out")]
    assert len(fitting) == 1, f"{len(fitting)} forms fit {action!r} among {[f.action for f in posting]}"
    return fitting[0]


def check(answer: httpx2.Response) -> None:
    """Raise BadPageError with everything that is wrong with this page, not only the first thing."""
    found = problems(document(answer), answer.headers.get("content-security-policy", ""))
    if found:
        raise BadPageError(f"{answer.request.method} {answer.url} {answer.status_code}\n  " + "\n  ".join(found))


def problems(page: Document, policy: str) -> list[str]:
    found = [f"does not parse: {e}" for e in page.parse_errors]
    found += [f"id used {n} times: {i}" for i, n in page.ids.items() if n > 1]
    found += [f"id with a space or empty: {i!r}" for i in page.ids if not i or " " in i]
    if page.whole:
        found += _headings(page)
        found += _targets(page)
    for element in page.elements:
        found += _attributes(element)
    found += _fields(page) + _forms(page) + _scripts(page, policy) + _images_and_links(page)
    return found


def _headings(page: Document) -> list[str]:
    found = []
    headings = page.all("h1")
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 elements instead of one")
    elif not page.h1:
        found.append("an empty h1")
    has_summary = any("nhsuk-error-summary" in e.attrib.get("class", "").split() for e in page.elements)
    expected = ("Error: " if has_summary else "") + page.h1
    if not page.title.startswith(expected):
        found.append(f"the title {page.title!r} does not begin with {expected!r}")
    if not (page.all("html") and page.all("html")[0].attrib.get("lang")):
        found.append("html has no lang")
    if len(page.all("main")) != 1:
        found.append(f"{len(page.all('main'))} main elements instead of one")
    return found


def _targets(page: Document) -> list[str]:
    """What points at an element must find it."""
    found = []
    for element in page.elements:
        for name in POINTING:
            found += [
                f'{element.tag} {name}="{target}" points at nothing'
                for target in element.attrib.get(name, "").split()
                if target not in page.ids
            ]
        href = element.attrib.get("href", "")
        if element.tag == "a" and href.startswith("#") and href[1:] not in page.ids:
            found.append(f"a link to {href} points at nothing")
    return found


def _attributes(element: Element) -> list[str]:
    found = []
    for name, value in element.attrib.items():
        if name == "style":
            found.append(f"{element.tag} has an inline style")
        if name.startswith(HANDLER) and name.isalpha():
            found.append(f"{element.tag} has an inline handler: {name}")
        if name in {"href", "src", "action"} and value.strip().lower().startswith(("javascript:", "vbscript:")):
            found.append(f"{element.tag} {name} runs a script")
    return found


def _fields(page: Document) -> list[str]:
    labels = Counter(e.attrib.get("for", "") for e in page.all("label") if words(e))
    found = []
    for field in page.all(*FIELDS):
        kind = field.attrib.get("type", "text")
        if kind in NOT_FILLED_IN:
            continue
        labelled = labels[field.attrib.get("id", "-")] or any(e.tag == "label" and words(e) for e in page.above(field))
        named = field.attrib.get("aria-label", "").strip() or field.attrib.get("aria-labelledby", "").strip()
        if not (labelled or named):
            found.append(f"{field.tag} {field.attrib.get('name', '?')!r} has no label")
        if not field.attrib.get("name") and "data-no-name" not in field.attrib:
            found.append(f"{field.tag} {field.attrib.get('id', '?')!r} has no name, so it is never sent")
    found += [
        "a button without words"
        for b in page.all("button")
        if not (words(b) or b.attrib.get("aria-label") or b.attrib.get("aria-labelledby"))
    ]
    return found


def _forms(page: Document) -> list[str]:
    found = []
    for form in page.all("form"):
        action, method = form.attrib.get("action", ""), form.attrib.get("method", "get").lower()
        if not action.startswith("/") or action.startswith("//"):
            found.append(f"a form without an address of ours: {action!r}")
        if method not in {"get", "post"}:
            found.append(f"a form with method {method!r}")
        sends = [b for b in form.iter() if b.tag in {"button", "input"} and _submits(b)]
        outside = [b for b in page.all("button") if b.attrib.get("form") == form.attrib.get("id", "-")]
        if not sends and not outside:
            found.append(f"the form to {action} has no button: it cannot be sent without JavaScript")
    return found


def _submits(element: Element) -> bool:
    default = "submit" if element.tag == "button" else "text"
    return element.attrib.get("type", default) in {"submit", "image"}


def _scripts(page: Document, policy: str) -> list[str]:
    found = []
    for script in page.all("script"):
        source, nonce = script.attrib.get("src", ""), script.attrib.get("nonce", "")
        if source and (not source.startswith("/") or source.startswith("//")):
            found.append(f"a script from another host: {source}")
        if not source and f"'nonce-{nonce}'" not in policy:
            found.append("an inline script without the nonce of the security policy")
    found += [
        "a style element without the nonce of the security policy"
        for style in page.all("style")
        if f"'nonce-{style.attrib.get('nonce', '')}'" not in policy
    ]
    return found


def _images_and_links(page: Document) -> list[str]:
    found = [f"an image without alt: {i.attrib.get('src', '')[:60]}" for i in page.all("img") if "alt" not in i.attrib]
    for link in page.all("a"):
        pictured = any(i.attrib.get("alt") for i in link.iter("img")) or any(True for _ in link.iter("title"))
        if "href" in link.attrib and not (words(link) or link.attrib.get("aria-label") or pictured):
            found.append(f"a link without words: {link.attrib['href']}")
    found += ["a table without header cells" for t in page.all("table") if not any(True for _ in t.iter("th"))]
    return found
