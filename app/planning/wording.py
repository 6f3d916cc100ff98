"""How months, targets and answers are said, on screen and in mails."""

from collections.abc import Sequence
from datetime import date

from app.kernel.config import Settings
from app.planning.queries.releases import ReleaseRow
from app.planning.rules import ReleaseState, TargetKind, year_end
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
