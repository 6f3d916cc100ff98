"""The rows of people and skills as HTML, built in Python once, as the matrix's are; all that was typed is escaped here.

Each cell is one link to where this skill of this person is rated, with both views in words, and says no more than that
person's own page says to the same reader.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from app.ratings.queries import Pair, Rated, RatingRow
from app.ratings.rules import OVERALL, Said
from app.ratings.wording import JUDGED

NOT_RATED = "Not yet rated"
WHOLE_ONLY = "Rated as a whole only"
UNKNOWN = "don’t know yet"
NO_ROWS = Markup()
BLANK: Final = Pair()


@dataclass(frozen=True, slots=True)
class Look:
    """How rows are drawn: by which skills, with each person's team or not, and where people's pages are.

    `person_path` ends where a person's number stands.
    """

    keys: Sequence[str]
    with_team: bool
    person_path: str


def skill_rows(people: Sequence[Rated], look: Look) -> Markup:
    """One row a person, in their order."""
    known: dict[tuple[object, ...], str] = {}

    def words_of(pair: Pair) -> str:
        key = tuple((row.said, row.holds) if row else None for row in pair)
        return known.get(key) or known.setdefault(key, cell_html(pair))

    return Markup("".join(part for person in people for part in _row(person, look, words_of)))  # noqa: S704


def _row(person: Rated, look: Look, words_of: Callable[[Pair], str]) -> Iterator[str]:
    path = f"{look.person_path}{person.person_id}"
    yield (
        f'<tr><th id=p{person.person_id} scope=row><a href="{path}"><bdi>{escape(person.list_name)}</bdi></a>'
        f"<small>{escape(_about(person, look))}</small></th>"
    )
    yield _cell(person.pairs.get(OVERALL, BLANK), f"{path}#said", words_of)
    if person.by_skill:
        for key in look.keys:
            where = f"{path}/all#p{escape(key)}" if person.all_rated else path
            yield _cell(person.pairs.get(key, BLANK), where, words_of)
    elif look.keys:
        yield f'<td colspan={len(look.keys)} class=w><a href="{path}">{WHOLE_ONLY}</a></td>'
    yield "</tr>\n"


def _cell(pair: Pair, href: str, words_of: Callable[[Pair], str]) -> str:
    return f'{"<td>" if pair.own or pair.lead else "<td class=u>"}<a href="{href}">{words_of(pair)}</a></td>'


def cell_html(pair: Pair) -> str:
    """Lead: 3; Theirs: 2; Seen differently. What is no longer said is marked so, as on the person's page."""
    words = f"<b class=r>Lead: {_said(pair.lead)}</b>" if pair.lead else f"<b>{NOT_RATED}</b>"
    if pair.own:
        words += f" <b class=t>Theirs: {_said(pair.own)}</b>"
    return f"{words} <i class=x>Seen differently</i>" if pair.differ else words


def _said(row: RatingRow) -> str:
    said = UNKNOWN if row.said is Said.UNKNOWN else JUDGED.get(row.said, str(row.said))
    return f"{said}{'' if row.holds else ', earlier'}"


def _about(person: Rated, look: Look) -> str:
    band = f"band {person.band}" if person.band else ""
    unshared = "" if person.shows_own else "own view not shared"
    return " · ".join(p for p in (person.job_role, band, person.team if look.with_team else "", unshared) if p)
