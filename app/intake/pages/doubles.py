"""Pairs of records that may be one person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from app.intake.queries.doubles import PAGE, Pair
from app.intake.rules.doubles import KnownPost, Record, Said, speaks_against, speaks_for
from app.organisation.rules import last_day
from app.web.page import Filled, Page
from app.web.words import day, plural

PathFor = Callable[..., str]
WHOLE_TRUST = (
    "People who look after the staff records of the whole trust. Patient partners are never compared with anybody."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLine:
    href: str
    names: str
    one: str
    other: str
    for_it: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoublesPage(Page):
    template: ClassVar[str] = "intake/doubles.html"
    who_sees: ClassVar[str] = WHOLE_TRUST

    words: str
    said: str
    lines: tuple[PairLine, ...]
    newer: str
    older: str
    form: Filled

    @classmethod
    def of(
        cls,
        pairs: list[Pair],
        total: int,
        words: str,
        page: int,
        path_for: PathFor,
        typed: Mapping[str, str],
        errors: Mapping[str, str] | None = None,
    ) -> Self:
        pages = max(1, -(-total // PAGE))
        shown = f" Page {page} of {pages}." if pages > 1 else ""
        verb = plural(total, "pair of records may be one person", "pairs of records may be one person each")
        return cls(
            words=words,
            said=f"{verb}.{shown}" if total else "",
            lines=tuple(_line(pair, path_for) for pair in pairs),
            newer=path_for("intake:doubles", q=words, page=page - 1) if page > 1 else "",
            older=path_for("intake:doubles", q=words, page=page + 1) if page < pages else "",
            form=Filled.of(typed, errors),
        )


def _line(pair: Pair, path_for: PathFor) -> PairLine:
    one, other = pair.one, pair.other
    same = one.list_name == other.list_name
    return PairLine(
        href=path_for("intake:pair", one_id=one.person_id, other_id=other.person_id),
        names=one.list_name if same else f"{one.list_name} and {other.list_name}",
        one=last_post(one),
        other=last_post(other),
        for_it=tuple(said_words(said) for said in speaks_for(one, other)),
        against=tuple(said_words(said) for said in speaks_against(one, other)),
    )


def said_words(said: Said) -> str:
    """A reason with the days that it is about."""
    if not said.days:
        return said.words
    if said.words.startswith("Both signed in"):
        return f"{said.words}, that of {day(said.days[0])}"
    if said.words.startswith("Both worked"):
        return f"{said.words}: {until(said.days[0], said.until)}"
    return f"{said.words}: {day(said.days[0])}"


def until(first: date, end: date | None) -> str:
    """1 March 2026 to 5 March 2026; since 1 March 2026"""
    return f"{day(first)} to {day(last_day(end))}" if end else f"since {day(first)}"


def last_post(record: Record) -> str:
    main = record.main or record.posts
    if not main:
        return "No post"
    post = max(main, key=lambda post: post.starts_on)
    number = f", number {post.number}" if post.number else ""
    return f"{post_words(post)}{number}"


def post_words(post: KnownPost) -> str:
    beside = "" if post.is_primary else ", a second post"
    return f"{post.job_role}, {post.team}, {post.directorate}, {until(post.starts_on, post.ends_on)}{beside}"
