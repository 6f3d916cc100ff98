"""The grid's rows as HTML, built in Python once: a template's loop over a thousand people takes three times as long.

Cells carry as little as they can: a class letter, a checkbox, need over progress. The style sheet and matrix.js do
the rest. Everything that a person typed is escaped here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from app.capability.board import Board, Member, Which, kinds_of
from app.capability.rules import Need, Standing, State
from app.capability.wording import mark, need_brief, progress_brief

_NEED_CLASS = {Need.REQUIRED: "r", Need.NOT_REQUIRED: "q", Need.PAUSED: "q", Need.WAIVED: "q"}


@dataclass(frozen=True, slots=True)
class Look:
    """How rows are drawn: with checkboxes or not, with each person's team or not, and where names lead."""

    choosable: bool
    with_team: bool
    person_path: str


NO_ROWS = Markup()


def grid_rows(board: Board, look: Look) -> Markup:
    """One row a person, in the board's order."""
    texts: dict[tuple[object, ...], tuple[str, str]] = {}

    def texts_of(standing: Standing) -> tuple[str, str]:
        key = (standing.need, standing.due, standing.progress.shown, standing.asked, standing.offered, standing.away)
        return texts.get(key) or texts.setdefault(key, cell_html(standing, kinds_of(standing, board.on), board.on))

    columns = [(i, f".{escape(t.slug)}.") for t, i in zip(board.tiers, board.columns, strict=True)]
    html = "".join(part for member in board.members for part in _row(member, columns, texts_of, look))
    return Markup(html)  # noqa: S704  every part is escaped where it is made


def _row(
    member: Member, columns: list[tuple[int, str]], texts_of: Callable[[Standing], tuple[str, str]], look: Look
) -> Iterator[str]:
    yield (
        f'<tr><th id=p{member.person_id} scope=row><a href="{look.person_path}{member.person_id}">'
        f"<bdi>{escape(member.list_name)}</bdi></a><small>{escape(_about(member, look))}</small></th>"
    )
    for place, slug in columns:
        standing = member.standings[place]
        opening, words = texts_of(standing)
        if look.choosable:
            value = f"{member.person_id}{slug}{standing.seen}"
            yield f'{opening}<label><input type=checkbox name=c value="{value}">{words}</label></td>'
        else:
            yield f"{opening}<div>{words}</div></td>"
    yield "</tr>\n"


def cell_html(standing: Standing, kinds: frozenset[Which], on: date) -> tuple[str, str]:
    """The cell's opening tag and its words, shared by all cells that say the same."""
    overdue = Which.OVERDUE in kinds
    need = f"<b class={_NEED_CLASS[standing.need]}>" if standing.need else "<b>"
    words = f"{need}{escape(need_brief(standing, on))}</b>"
    if (
        standing.need is Need.REQUIRED
        or standing.need is Need.PAUSED
        or standing.progress.state is not State.NOT_STARTED
    ):
        said = escape(progress_brief(standing, on, overdue=overdue))
        words += f" <i class={mark(standing, overdue=overdue)}>{said}</i>"
    if standing.asked:
        words += " <i class=a>Asks for this</i>"
    return ("<td>" if standing.need else "<td class=u>"), words


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
