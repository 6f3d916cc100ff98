"""A whole course on paper: every part, lines to write on, and the words it explains in one list at the end."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from app.access.actor import Actor
from app.curriculum.rules import ActivityKind
from app.curriculum.text.context import slug
from app.curriculum.text.pointers import TO_DO
from app.curriculum.views import ActivityView, ModuleView
from app.curriculum.words import fill
from app.kernel.config import Settings
from app.learning.pages.activity import SURENESS
from app.learning.pages.partners import Human
from app.learning.pages.taught import NOBODY
from app.learning.queries import Contact, OnCourse
from app.learning.wording import is_partner
from app.web.page import Page

_TERMS = re.compile(r'<section class="app-terms".*?</section>', re.DOTALL)
_SOURCES = re.compile(r'<section class="app-sources"[^>]*>')
_TO_DO = re.compile(rf'<p><a href="#{TO_DO}[^"]+">[^<]*</a></p>')
_TO_TERM = re.compile(r'href="#(?:easy-)?term-([a-z0-9-]+)"')
_NAMED = re.compile(r'( id="|href="#|url\(#)(?!word-)')
_LABELLED = re.compile(r'(?<= aria-labelledby=")[^"]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """Something to do: lines to write on, boxes to tick, or statements to rate."""

    kind: str
    title: str
    prompt: str
    hint: str
    readers: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPart:
    key: str
    label: str
    title: str
    html: str
    to_do: tuple[OnPaper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaperPage(Page):
    template: ClassVar[str] = "learning/on_paper.html"
    who_sees: ClassVar[str] = NOBODY

    slug: str
    title: str
    summary: str
    edition: str
    easy: bool
    has_easy_read: bool
    printing: bool
    parts: tuple[PaperPart, ...]
    how_sure: tuple[str, ...]
    sureness: tuple[str, ...]
    words: tuple[tuple[str, str, str], ...]
    """Id, term and definition of each word that the course explains."""
    human: Human | None

    @classmethod
    def of(
        cls,
        course: OnCourse,
        texts: Mapping[str, str],
        said: Mapping[str, Markup],
        contact: Contact | None,
        actor: Actor,
        settings: Settings,
        *,
        easy: bool,
        printing: bool,
    ) -> "OnPaperPage":
        """`texts` maps each module to its prepared HTML, `said` the trust's tokens to their words."""
        view, partner = course.view, is_partner(actor)
        return cls(
            slug=view.slug,
            title=view.title,
            summary=view.summary,
            edition=f"Edition {view.edition_number}, looked after by {view.owner}.",
            easy=easy,
            has_easy_read=any(m.has_easy_read for m in view.open_modules),
            printing=printing,
            parts=tuple(_part(module, texts[module.key], said, partner=partner) for module in view.open_modules),
            how_sure=tuple(s.text for a in view.activities for s in a.statements),
            sureness=tuple(SURENESS.values()),
            words=tuple((f"word-{slug(term.term)}", term.term, term.definition) for term in view.terms),
            human=Human.of(contact, settings) if partner else None,
        )


def _part(module: ModuleView, prepared: str, said: Mapping[str, Markup], *, partner: bool) -> PaperPart:
    to_do = (_to_do(activity) for activity in module.activities)
    return PaperPart(
        key=module.key,
        label=f"{'Part' if partner else 'Module'} {module.number}",
        title=module.title,
        html=fill(apart(prepared, f"{module.key}-"), said),
        to_do=tuple(found for found in to_do if found),
    )


def apart(html: str, prefix: str) -> str:
    """A text whose ids meet no other text's on the same page, and whose terms lead to the one list at its end."""
    without_terms = _TO_TERM.sub(r'href="#word-\1"', _TERMS.sub("", _TO_DO.sub("", html)))
    # Each part has its sources: no screen reader needs seven landmarks of that name.
    without_terms = _SOURCES.sub('<section class="app-sources">', without_terms)
    named = _NAMED.sub(lambda found: found[1] + prefix, without_terms)
    return _LABELLED.sub(lambda found: " ".join(prefix + name for name in found[0].split()), named)


def _to_do(activity: ActivityView) -> OnPaper | None:
    """What can be done on paper. How sure one feels stands on the first and the last sheet."""
    if activity.kind in {ActivityKind.READ, ActivityKind.CONFIDENCE}:
        return None
    return OnPaper(
        kind=activity.kind.value,
        title=activity.title,
        prompt=activity.prompt or activity.statement,
        hint=activity.hint,
        readers=activity.readers,
        items=activity.items,
    )
