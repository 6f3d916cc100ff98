"""The trust's own names and numbers inside course text: tokens that are filled when a page is shown.

They stay tokens in the prepared HTML because they belong to the trust's settings and not to the course: a new telephone
number must reach every page at once, and must not make a new revision of any course.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup, escape

from app.kernel.config import Settings

TOKENS = ("qi_team", "qi_contact", "partner_contact", "partner_phone", "pals", "advocacy", "crisis")


# "the QI team" begins some sentences and stands inside others.
_FIRST_WORD = re.compile(r"((?:>|[.?!]\s)\s*)\{\{(qi_team)\}\}")
SHORTEST_TO_DIAL = 7
"""An extension is no number for a mobile telephone."""


@lru_cache(maxsize=100)
def trust_words(settings: Settings) -> Mapping[str, Markup]:
    """Each token's words, escaped; addresses and numbers are links."""
    return {
        "qi_team": escape(settings.qi_team),
        "qi_contact": _joined(settings.qi_contact, _mail(settings.qi_contact_email), _phone(settings.qi_contact_phone)),
        "partner_contact": _joined(settings.partner_contact, escape(settings.partner_contact_hours)),
        "partner_phone": _phone(settings.partner_contact_phone) or escape(settings.partner_contact),
        "pals": escape(settings.pals),
        "advocacy": escape(settings.advocacy),
        "crisis": escape(settings.crisis),
    }


def fill(html: str, words: Mapping[str, Markup]) -> Markup:
    """Prepared course HTML with the trust's words in place of its tokens, ready for a template."""
    if "{{" in html:
        html = _FIRST_WORD.sub(lambda found: found[1] + _capital(str(words[found[2]])), html)
        for token, said in words.items():
            html = html.replace("{{" + token + "}}", said)
    return Markup(html)  # noqa: S704  prepared and cleaned at load; the words are escaped above


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _joined(name: str, *more: Markup) -> Markup:
    return Markup(", ").join([escape(name), *(words for words in more if words)])


def _mail(address: str) -> Markup:
    return Markup('<a href="mailto:{0}">{0}</a>').format(address) if address else Markup()


def _phone(number: str) -> Markup:
    dialled = "".join(c for c in number if c.isdigit() or c == "+")
    whole = len(dialled) >= SHORTEST_TO_DIAL
    return Markup('<a href="tel:{}">{}</a>').format(dialled, number) if whole else escape(number)
