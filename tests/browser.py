"""A real browser for journeys: Debian's Chromium, driven by Playwright, with axe-core looking at each page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from app.kernel.config import ROOT

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = 1280, 320
RESULTS = ROOT / "test-results"
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PATIENCE = 25_000
"""Milliseconds that a journey waits for what it expects to see."""


class NotAccessibleError(AssertionError):
    """axe-core found something that keeps somebody from using the page."""


class MisbehavedError(AssertionError):
    """The page asked another host, broke the security policy, or threw an error."""


@dataclass
class Watch:
    """What a page did that no page of ours may do."""

    origin: str
    seen: list[str] = field(default_factory=list)

    def request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self.seen.append(f"asked another host: {request.url}")

    def console(self, message: ConsoleMessage) -> None:
        # The browser reports each 4xx answer here; whether the answer was right is the journey's own business.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.seen.append(f"console: {message.text}")

    def check(self) -> None:
        if self.seen:
            raise MisbehavedError("\n".join(self.seen))


def open_context(
    browser: Browser, origin: str, *, token: str = "", width: int = DESKTOP, javascript: bool = True
) -> tuple[BrowserContext, Watch]:
    """A browser of one person: signed in when there is a token, watched for what it may not do."""
    context = browser.new_context(
        base_url=origin,
        viewport={"width": width, "height": 900 if width == DESKTOP else 640},
        java_script_enabled=javascript,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    watch = Watch(origin)
    context.on("request", watch.request)
    context.on("console", watch.console)
    context.on("weberror", lambda error: watch.seen.append(f"script error: {error.error}"))
    if token:
        context.add_cookies([{"name": "qi_session", "value": token, "url": origin}])
    return context, watch


def axe(page: Page) -> None:
    """Raise NotAccessibleError with every rule of WCAG 2.2 AA, and of good practice, that the page breaks."""
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", RULES
    )
    assert found["testEngine"]["name"] == "axe-core"
    if found["violations"]:
        raise NotAccessibleError(f"{page.url}\n" + "\n".join(map(_sentence, found["violations"])))


def _sentence(violation: dict[str, Any]) -> str:
    where = "; ".join(str(node["html"])[:160] for node in violation["nodes"][:3])
    return f"  {violation['id']} ({violation['impact']}): {violation['help']}: {where}"


def fits(page: Page) -> None:
    """Nothing makes the page scroll sideways (WCAG 1.4.10), at whatever width it is shown."""
    wide: list[str] = page.evaluate("""() => {
        const most = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= most) return [];
        return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > most + 1)
            .map(e => e.outerHTML.slice(0, 120)).slice(0, 5);
    }""")
    assert not wide, f"{page.url} is wider than the screen: {wide}"


def picture(page: Page, name: str) -> Path:
    """A screenshot of the whole page in test-results/pictures, for somebody to look at."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    path = RESULTS / "pictures" / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}-{width}.png"
    page.screenshot(path=path, full_page=True)
    return path


def good(page: Page, name: str = "") -> None:
    """What every page must be wherever a journey stops: accessible, as wide as the screen, and its picture kept."""
    axe(page)
    fits(page)
    if name:
        picture(page, name)


class Story:
    """Says a journey in sentences: with story.given("Ann was asked for Pocket QI"): ..."""

    def __init__(self, *contexts: BrowserContext) -> None:
        self.contexts = contexts

    def given(self, sentence: str) -> Any:
        return self._step("Given", sentence)

    def when(self, sentence: str) -> Any:
        return self._step("When", sentence)

    def then(self, sentence: str) -> Any:
        return self._step("Then", sentence)

    @contextmanager
    def _step(self, word: str, sentence: str) -> Iterator[None]:
        for context in self.contexts:
            context.tracing.group(f"{word} {sentence}")
        try:
            yield
        except BaseException as error:
            error.add_note(f"{word} {sentence}")
            raise
        finally:
            for context in self.contexts:
                context.tracing.group_end()
