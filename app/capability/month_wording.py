"""How a month's joiners, movers and leavers are said: the same on the page, in the file and in the mail."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from app.capability.board import Which, kinds_of
from app.capability.month import Event, Month, Part, Spell, Turn, is_to_come
from app.capability.queries.month import Lost
from app.capability.rules import Standing, State
from app.capability.wording import need_brief, progress_brief
from app.curriculum.views import TierView
from app.organisation.rules import BASIS_NAMES, Basis
from app.web.words import day, month, plural

VERBS = {
    Turn.JOINED: ("joined", "will join"),
    Turn.MOVED_IN: ("moved in", "will move in"),
    Turn.WITHIN: ("changed team or post", "will change team or post"),
    Turn.MOVED_OUT: ("moved out", "will move out"),
    Turn.LEFT: ("left", "will leave"),
}


def month_name(value: Month) -> str:
    """November 2026"""
    return f"{value.first:%B %Y}"


def counts(events: Iterable[Event], today: date) -> list[tuple[Turn, str]]:
    """6 joined, 1 will join, 1 left: what there is any of."""
    found = Counter((e.turn, is_to_come(e, today)) for e in events)
    return [
        (turn, f"{found[turn, later]:,} {words[later]}")
        for turn, words in VERBS.items()
        for later in (False, True)
        if found[turn, later]
    ]


def post_words(spell: Spell) -> str:
    """Staff Nurse, band 5, bank"""
    basis = "" if spell.basis is Basis.EMPLOYED else BASIS_NAMES[spell.basis].lower()
    return ", ".join(part for part in (spell.job_role, f"band {spell.band}" if spell.band else "", basis) if part)


def beside_words(event: Event, part: Part) -> str:
    """Where somebody came from or went to, as far as the reader's reach goes; of a rejoiner, until when they were here.

    Nothing for plain joiners and leavers.
    """
    other = event.other
    if other is None:
        return ""
    if event.turn is Turn.JOINED:
        return f"Came back: worked here until {month(other.ends_on)}" if other.ends_on else ""
    if other.team_id == event.post.team_id:
        return f"Was {post_words(other)}"
    return f"{'To' if event.turn is Turn.MOVED_OUT else 'From'} {place_words(other, event.post, part)}"


def place_words(spell: Spell, known: Spell, part: Part) -> str:
    """Another team's name beside one that the reader knows; outside their reach only that it is another."""
    same = spell.directorate_id == known.directorate_id
    if not part.reaches(spell):
        return "another team of this directorate" if same else "another directorate"
    return spell.team if same else f"{spell.team}, {spell.directorate}"


def level_words(tier: TierView, standing: Standing, today: date) -> str:
    """Pocket QI: required by 31 Mar, learning (2 of 4). The words of the grid's cell."""
    overdue = Which.OVERDUE in kinds_of(standing, today)
    parts = [need_brief(standing, today)] if standing.need else []
    if standing.progress.state is not State.NOT_STARTED or Which.GAP in kinds_of(standing, today):
        parts.append(progress_brief(standing, today, overdue=overdue))
    if standing.asked:
        parts.append("asks for this")
    return f"{tier.short}: {', '.join(part[:1].lower() + part[1:] for part in parts)}"


def is_known(standing: Standing) -> bool:
    """Whether there is anything to say of somebody in a level."""
    return standing.need is not None or standing.asked or standing.progress.state is not State.NOT_STARTED


def lost_words(lost: Lost, team: str) -> str:
    """Pocket QI, the only one left in Larch to hold it. How well somebody did is nobody's business."""
    return f"{lost.tier.short}{f': nobody who stays in {team} holds it' if lost.only_one else ''}"


def went_along(events: Iterable[Event], part: Part) -> list[str]:
    """Teams that were closed and the teams that succeed them: one line for all who went along."""
    groups = Counter(
        (e.on, place_words(e.other, e.post, part), e.post.team)
        for e in events
        if e.turn is Turn.WENT_ALONG and e.other is not None
    )
    return [
        f"{before[:1].upper()}{before[1:]} became {after} on {day(on)}, with {plural(count, 'person', 'people')}."
        for (on, before, after), count in sorted(groups.items())
    ]


def month_line(events: Iterable[Event], month: Month, origin: str, today: date) -> str:
    """What a lead's weekly mail says early in the next month; nothing when there is nothing to say."""
    said = ", ".join(words for _, words in counts(events, today))
    if not said:
        return ""
    return (
        f"People who joined, moved or left in {month_name(month)}: {said}.\n"
        f"Who they are, and what each needs: {origin}/teams/month?month={month.key}"
    )
