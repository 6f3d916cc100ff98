"""How months, targets and answers are said, on screen and in mails."""

from collections.abc import Sequence
from datetime import date

from app.kernel.config import Settings
from app.planning.queries.releases import ReleaseRow
from app.planning.rules import ReleaseState, Replanned, TargetKind, last_of, year_end
from app.web.words import day, minutes, plural

STATES = {
    ReleaseState.ASKED: "Waits for an answer",
    ReleaseState.CONFIRMED: "Confirmed",
    ReleaseState.OTHER_DATE: "Another month",
    ReleaseState.CANNOT: "Cannot release",
}


def month_words(month: date | None) -> str:
    """March 2027"""
    return f"{month:%B %Y}" if month else ""


def year_words(year: int) -> str:
    """1 April 2026 to 31 March 2027"""
    return f"1 April {year} to {day(year_end(year))}"


def target_words(kind: TargetKind, value: float, group: str = "") -> str:
    """20 % of staff; 12 people; 30 % of Medical and Dental."""
    if kind is TargetKind.ABSOLUTE:
        return plural(int(value), "person", "people") + (f" in {group}" if group else "")
    return f"{value:g} % of {group or 'staff'}"


def asked_words(row: ReleaseRow) -> str:
    """21 hours for Pocket QI, for 3 people"""
    return f"{minutes(row.minutes)} for {row.tier_title}, for {plural(row.people, 'person', 'people')}"


def taking_words(needed: date, offered: date, moved: int | None) -> str:
    """What becomes of the hours, and of how many dates, when an offered month is taken; None: nobody needs them."""
    if moved is None:
        return "Nobody needs these hours any more."
    hours = f"The hours move to {month_words(offered)}"
    if not moved:
        return f"{hours}. No date moves."
    return f"{hours}. {plural(moved, 'date')} in {month_words(needed)} {_move(moved)} to {day(last_of(offered))}."


def _move(count: int) -> str:
    return "moves" if count == 1 else "move"


def replanned_words(done: Replanned) -> str:
    if done.taken:
        return f"Planned anew. {taking_words(done.needed, done.taken, done.moved)}"
    dates = f"{plural(done.moved, 'need has', 'needs have')} a new date." if done.moved else "No date had to move."
    return f"Planned anew. {dates}"


def asked_line(settings: Settings, team: str, total: int, months: Sequence[date]) -> str:
    """For those who manage a team, in their next weekly mail."""
    when = month_words(months[0])
    when = when if len(months) == 1 else f"{when} to {month_words(months[-1])}"
    return (
        f"{team} is asked to release {minutes(total)} so that its people can learn, in {when}.\n"
        f"Say whether that can be done, or offer another month: {settings.origin}/time-to-learn"
    )


def refused_line(settings: Settings, row: ReleaseRow, answerer: str, state: ReleaseState, other: date | None) -> str:
    """For a lead who must plan anew, in their next weekly mail. The reason stays on the page."""
    asked = f"{minutes(row.minutes)} for {row.tier_title} in {month_words(row.month)}"
    if state is ReleaseState.CANNOT:
        said = f"{answerer} writes that {row.team} cannot release {asked}."
    else:
        said = f"{answerer} offers {month_words(other)} for {row.team}, in place of {asked}."
    return f"{said}\nPlan anew: {settings.origin}/teams/time"


def changed_words(why: object, written: str) -> str:
    """What is said above the page when somebody else was first; nothing that was written is lost."""
    said = f"{why} Nothing of yours was saved: this is what stands now."
    return f"{said} You had written: “{written.strip()}”" if written.strip() else said
