"""What a staff file says of long leave: by the status of somebody's main post, in the words of the staff record."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from app.intake.rules.columns import listed
from app.intake.rules.lines import Changed, LeaveAsked, LeaveEnded, Line, LineKind
from app.intake.rules.matching import Placed
from app.intake.rules.picture import KnownLeave, KnownPerson
from app.kernel.names import folded
from app.organisation.rules import LeaveKind, holds_on, list_name

FIELD = "long leave"
MOST_NAMED = 10

_AT_WORK = (
    "active", "active assignment", "acting up", "internal secondment", "at work", "in post", "current", "employed",
    "active contract", "active not worked",
)  # fmt: skip
_AWAY: dict[LeaveKind, tuple[str, ...]] = {
    LeaveKind.PARENTAL: (
        "maternity adoption", "maternity and adoption", "maternity", "maternity leave", "adoption", "adoption leave",
        "parental leave", "shared parental leave", "paternity leave",
    ),
    LeaveKind.SICK: ("long term sick", "long term sickness", "sick leave", "long term sick leave"),
    LeaveKind.CARER: ("carers leave", "carer s leave", "carer leave"),
    LeaveKind.CAREER_BREAK: ("career break", "employment break"),
    LeaveKind.OTHER: (
        "suspend assignment", "suspended", "suspend no pay", "suspend with pay", "out on external secondment paid",
        "out on external secondment unpaid", "external secondment", "long leave", "on long leave", "sabbatical",
    ),
}  # fmt: skip
STATUSES: dict[str, LeaveKind | None] = dict.fromkeys(_AT_WORK) | {
    words: kind for kind, all_words in _AWAY.items() for words in all_words
}
"""The folded words that are known: None is at work. No other word is ever guessed."""


def with_leave(known: KnownPerson, rows: Sequence[Placed], lines: list[Line], today: date) -> list[Line]:
    """The lines of one person who is here, with what becomes of their long leave on the line of their main post."""
    for at, line in enumerate(lines):
        if line.kind is LineKind.LEAVER:
            open_leave = next(
                (one for one in known.leaves if one.starts_on < line.on and one.lasts_after(line.on)), None
            )
            return [*lines[:at], _ended(line, open_leave, line.on), *lines[at + 1 :]] if open_leave else lines
    main = next((p for p in rows if p.is_primary and not p.is_over(today) and p.row.starts_on <= today), None)
    if main is None or folded(main.row.status) not in STATUSES:
        return lines
    at = next((n for n, line in enumerate(lines) if line.row == main.row.row), len(lines))
    line = lines[at] if at < len(lines) else _blank(known, main, today)
    told = _told(line, known.leaves, STATUSES[folded(main.row.status)], today)
    return lines if told is line else [*lines[:at], told, *lines[at + 1 :]]


def joining(line: Line, placed: Placed, today: date) -> Line:
    """A joiner's line: whoever is on long leave as the program first hears of them is so from today."""
    kind = STATUSES.get(folded(placed.row.status))
    if kind is None or not placed.is_primary or placed.row.starts_on > today:
        return line
    return _begun(line, LeaveAsked(kind, today, None))


def unknown_statuses(rows: Iterable[Placed]) -> str:
    """A remark that names the statuses nobody knows, with how many rows have each; empty without any."""
    counted = Counter(p.row.status for p in rows if p.row.status and folded(p.row.status) not in STATUSES)
    if not counted:
        return ""
    named = listed((f"“{words}” ({count})" for words, count in counted.most_common()), MOST_NAMED)
    return f"Not known as a status, so that it changes nobody's long leave: {named}. HR can enter a leave by hand."


def _told(line: Line, leaves: Sequence[KnownLeave], kind: LeaveKind | None, today: date) -> Line:
    """The line itself when the program knows as much already. A leave that begins today is not ended by a file."""
    current = next((one for one in leaves if holds_on(one.starts_on, one.ends_on, today)), None)
    if kind is None:
        return _ended(line, current, today) if current and current.starts_on < today else line
    if current is not None:
        return line
    planned = min((one.starts_on for one in leaves if one.starts_on > today), default=None)
    return _begun(line, LeaveAsked(kind, today, planned))


def _begun(line: Line, leave: LeaveAsked) -> Line:
    change = Changed(FIELD, "", f"from {leave.starts_on.isoformat()}")
    return replace(line, leave=leave, changed=(*line.changed, change))


def _ended(line: Line, leave: KnownLeave, on: date) -> Line:
    change = Changed(FIELD, f"from {leave.starts_on.isoformat()}", f"until {on.isoformat()}")
    return replace(line, leave=LeaveEnded(leave.id, on), changed=(*line.changed, change))


def _blank(known: KnownPerson, placed: Placed, today: date) -> Line:
    row = placed.row
    name = list_name(row.given, row.family)
    return Line(LineKind.CHANGE, row.row, row.number, name, known.id, placed.place, today)
