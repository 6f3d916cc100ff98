"""A module's text on its way into the page: the trust's words filled in, its places found, buttons to keep them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from re import compile as pattern

from markupsafe import Markup

from app.curriculum.words import fill
from app.learning.queries import headings
from app.learning.rules import EASY

_CLOSING = pattern('<section class="app-(?:terms|sources)"')
_SECTION = pattern(r'(?<=\n)<h2\b[^>]*\bid="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Text:
    """A module's text as it stands in the page, what closes it, and its places: id → words."""

    html: str
    closing_html: str
    places: Mapping[str, str]


@lru_cache(maxsize=100)
def text_of(prepared: str, words: tuple[tuple[str, Markup], ...], *, easy: bool, keeps: bool) -> Text:
    """The prepared text with the trust's words, and, where it `keeps` the place, buttons for browsers without scripts.

    The texts are few and never change, nor do the trust's words, so this is done once in a process.
    """
    closes = _CLOSING.search(prepared)
    at = closes.start() if closes else len(prepared)
    text = with_places(prepared[:at], easy=easy) if keeps else prepared[:at]
    said = dict(words)
    return Text(fill(text, said), fill(prepared[at:], said), headings(prepared[:at]))


def with_places(html: str, *, easy: bool) -> str:
    """A button before each section but the first. The bookmark it sets is that section: the one to go on with."""
    prefix = EASY if easy else ""
    for found in reversed(list(_SECTION.finditer(html))[1:]):
        button = (
            '<p class="app-keep"><button class="nhsuk-button nhsuk-button--secondary nhsuk-button--small" '
            f'form="keep_place" name="place" value="{prefix}{found[1]}">'
            "I have read this far: keep my place</button></p>\n"
        )
        html = html[: found.start()] + button + html[found.start() :]
    return html
