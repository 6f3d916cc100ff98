"""The rows of the grid and of its totals as HTML, built in Python once.

A template's loop over a thousand people, or as many links, takes three times as long.

Cells carry as little as they can: a class letter, a checkbox, need over progress. The style sheet and matrix.js do
the rest. Everything that a person typed is escaped here.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from markupsafe import Markup, escape

from app.capability.board import Board, Member, Which, kinds_of
from app.capability.pages.parts import Part
from app.capability.pages.totals import Column, TotalsRow
from app.capability.rules import Need, Progress, Standing, State
from app.capability.wording import mark, need_brief, progress_brief

Shown = tuple[State, date | None, int, int, int]
KEPT = 8_000
"""Words that are kept: a cell says little more than its dates, and of these a trust has some thousands."""
_UNDECIDED = "<b>Not decided</b>"
_BLANK = ("<td class=u>", _UNDECIDED)
_NOT_STARTED, _OVERDUE, _GOES_ON = State.NOT_STARTED, Which.OVERDUE, frozenset({Need.REQUIRED, Need.PAUSED})
_NEED_CLASS = {Need.REQUIRED: "r", Need.NOT_REQUIRED: "q", Need.PAUSED: "q", Need.WAIVED: "q"}


@dataclass(frozen=True, slots=True)
class Look:
    """How rows are drawn: with checkboxes or not, with each person's team or not, and where names lead."""

    choosable: bool
    with_team: bool
    person_path: str


Columns = list[tuple[int, str, str]]
"""Of each level: which of a member's standings it is, its slug between dots, and the end of a cell that is blank."""
NO_ROWS = Markup()


def grid_rows(board: Board, look: Look) -> Markup:
    """One row a person, in the board's order."""
    slugs = [(i, f".{escape(t.slug)}.") for t, i in zip(board.tiers, board.columns, strict=True)]
    columns = [(i, slug, f'{slug}0">{_UNDECIDED}</label></td>') for i, slug in slugs]
    row = _choosable_row if look.choosable else _row
    rows = "".join([f"{_person(m, look)}{row(m, columns, board.on)}</tr>\n" for m in board.members])
    return Markup(rows)  # noqa: S704  every part is escaped where it is made


def total_rows(rows: Iterable[TotalsRow], columns: Sequence[Column]) -> Markup:
    """The rows as HTML, made in Python: a template's loop over some hundreds of links takes three times as long."""
    labels = [html.escape(column.short) for column in columns]
    return Markup("".join([_total_row(row, labels) for row in rows]))  # noqa: S704  every part is escaped where it is made


def _total_row(row: TotalsRow, labels: Sequence[str]) -> str:
    cells = [
        f'<td data-label="{label}">{_link(completed)} of {_link(required)}</td>'
        for label, (completed, required) in zip(labels, row.levels, strict=True)
    ]
    name = f'<a href="{html.escape(row.href)}">{html.escape(row.name)}</a>'
    people = f'<td data-label="People">{_link(row.people)}</td>'
    return f'<tr><th scope="row">{name}</th>{people}{"".join(cells)}</tr>\n'


def _link(part: Part) -> str:
    return f'<a href="{html.escape(part.href)}">{html.escape(part.text)}</a>'


def _person(member: Member, look: Look) -> str:
    return (
        f'<tr><th id=p{member.person_id} scope=row><a href="{look.person_path}{member.person_id}">'
        f"<bdi>{html.escape(member.list_name)}</bdi></a><small>{_about_html(member, look)}</small></th>"
    )


def _choosable_row(member: Member, columns: Columns, on: date) -> str:
    standings, kinds, person_id = member.standings, member.kinds, member.person_id
    cells = []
    for i, slug, blank in columns:
        standing = standings[i]
        if _is_blank(standing):
            cells.append(f'<td class=u><label><input type=checkbox name=c value="{person_id}{blank}')
        else:
            opening = "<td>" if standing.need else "<td class=u>"
            chosen = f'name=c value="{person_id}{slug}{standing.seen}"'
            cells.append(f"{opening}<label><input type=checkbox {chosen}>{_words(standing, kinds[i], on)}</label></td>")
    return "".join(cells)


def _row(member: Member, columns: Columns, on: date) -> str:
    cells = (cell_html(member.standings[i], member.kinds[i], on) for i, _, _ in columns)
    return "".join(f"{opening}<div>{words}</div></td>" for opening, words in cells)


def cell_html(standing: Standing, kinds: frozenset[Which], on: date) -> tuple[str, str]:
    """The cell's opening tag and its words."""
    if _is_blank(standing):
        return _BLANK
    return ("<td>" if standing.need else "<td class=u>"), _words(standing, kinds, on)


def _words(standing: Standing, kinds: frozenset[Which], on: date) -> str:
    need, progress = standing.need, standing.progress
    words = _need_html(need, standing.due, progress.state, standing.away, on)
    if need in _GOES_ON or progress.state is not _NOT_STARTED:
        words += _progress_html(progress.shown, need, standing.offered, _OVERDUE in kinds, on)
    return f"{words} <i class=a>Asks for this</i>" if standing.asked else words


def _is_blank(standing: Standing) -> bool:
    return standing.need is None and standing.progress.state is _NOT_STARTED and not standing.asked


@lru_cache(KEPT)
def _need_html(need: Need | None, due: date | None, state: State, away: bool, on: date) -> str:
    opening = f"<b class={_NEED_CLASS[need]}>" if need else "<b>"
    standing = Standing(Progress(state), need=need, due=due, away=away)
    return f"{opening}{escape(need_brief(standing, on))}</b>"


@lru_cache(KEPT)
def _progress_html(shown: Shown, need: Need | None, offered: bool, overdue: bool, on: date) -> str:
    standing = Standing(Progress(*shown), need=need, offered=offered)
    said = escape(progress_brief(standing, on, overdue=overdue))
    return f" <i class={mark(standing, overdue=overdue)}>{said}</i>"


def one_cell(standing: Standing, on: date) -> Markup:
    """A cell's words alone: what a dialog gives back to the grid."""
    _opening, words = cell_html(standing, kinds_of(standing, on), on)
    return Markup(words)  # noqa: S704  every part is escaped where it is made


def _about_html(member: Member, look: Look) -> str:
    team = member.team if look.with_team else ""
    return _post_html(member.job_role, member.band, team, member.away, member.ends_on)


@lru_cache(KEPT)
def _post_html(job_role: str, band: str, team: str, away: bool, ends_on: date | None) -> str:
    parts = [job_role, f"band {band}" if band else "", team, "on leave" if away else ""]
    if ends_on:
        parts.append(f"to {ends_on.day} {ends_on:%b %Y}")
    return html.escape(" · ".join(part for part in parts if part))
