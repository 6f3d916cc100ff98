"""The grid's rows as HTML, built in Python once: a template's loop over a thousand people takes three times as long.

Cells carry as little as they can: a class letter, a checkbox, need over progress. The style sheet and matrix.js do
the rest. Everything that a person typed is escaped here.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from markupsafe import Markup, escape

from app.capability.board import Board, Member, Which, kinds_of
from app.capability.rules import NOT_STARTED, Need, Progress, Standing, State
from app.capability.wording import mark, need_brief, progress_brief

Shown = tuple[State, date | None, int, int, int]
KEPT = 8_000
"""Words that are kept: a cell says little more than its dates, and of these a trust has some thousands."""
_BLANK = ("<td class=u>", "<b>Not decided</b>")
_NEED_CLASS = {Need.REQUIRED: "r", Need.NOT_REQUIRED: "q", Need.PAUSED: "q", Need.WAIVED: "q"}


@dataclass(frozen=True, slots=True)
class Look:
    """How rows are drawn: with checkboxes or not, with each person's team or not, and where names lead."""

    choosable: bool
    with_team: bool
    person_path: str


Columns = list[tuple[int, str]]
"""Of each level, which of a member's standings it is, and its slug between dots."""
NO_ROWS = Markup()


def grid_rows(board: Board, look: Look) -> Markup:
    """One row a person, in the board's order."""
    columns = [(i, f".{escape(t.slug)}.") for t, i in zip(board.tiers, board.columns, strict=True)]
    row = _choosable_row if look.choosable else _row
    html = "".join(f"{_person(m, look)}{row(m, columns, board.on)}</tr>\n" for m in board.members)
    return Markup(html)  # noqa: S704  every part is escaped where it is made


def _person(member: Member, look: Look) -> str:
    return (
        f'<tr><th id=p{member.person_id} scope=row><a href="{look.person_path}{member.person_id}">'
        f"<bdi>{escape(member.list_name)}</bdi></a><small>{escape(_about(member, look))}</small></th>"
    )


def _choosable_row(member: Member, columns: Columns, on: date) -> str:
    standings, kinds, person_id = member.standings, member.kinds, member.person_id
    return "".join(
        f'{opening}<label><input type=checkbox name=c value="{person_id}{slug}{standings[i].seen}">{words}</label></td>'
        for i, slug in columns
        for opening, words in (cell_html(standings[i], kinds[i], on),)
    )


def _row(member: Member, columns: Columns, on: date) -> str:
    cells = (cell_html(member.standings[i], member.kinds[i], on) for i, _ in columns)
    return "".join(f"{opening}<div>{words}</div></td>" for opening, words in cells)


def cell_html(standing: Standing, kinds: frozenset[Which], on: date) -> tuple[str, str]:
    """The cell's opening tag and its words."""
    need, progress = standing.need, standing.progress
    if need is None and progress is NOT_STARTED and not standing.asked:
        return _BLANK
    words = _need_html(need, standing.due, progress.state, standing.away, on)
    if need is Need.REQUIRED or need is Need.PAUSED or progress.state is not State.NOT_STARTED:
        words += _progress_html(progress.shown, need, standing.offered, Which.OVERDUE in kinds, on)
    if standing.asked:
        words += " <i class=a>Asks for this</i>"
    return ("<td>" if need else "<td class=u>"), words


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


def _about(member: Member, look: Look) -> str:
    parts = [member.job_role, f"band {member.band}" if member.band else "", member.team if look.with_team else ""]
    if member.away:
        parts.append("on leave")
    if member.ends_on:
        parts.append(f"to {member.ends_on.day} {member.ends_on:%b %Y}")
    return " · ".join(part for part in parts if part)
