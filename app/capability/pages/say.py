"""The lead's first sentence, and what waits for a decision."""

from collections.abc import Sequence
from datetime import date

from app.capability.board import Which
from app.capability.headline import Headline, headline
from app.capability.month import Event, Month
from app.capability.month_wording import counts, month_name
from app.capability.pages.links import Links
from app.capability.pages.parts import Part, sentence
from app.capability.queries.grid import Grid
from app.capability.queries.waiting import Waiting
from app.web.words import day, plural

NOTHING_DECIDED = "Nothing has been decided for these people yet. Choose cells in the grid to say who needs what."


def said_of(grid: Grid, links: Links, today: date) -> tuple[Part, ...]:
    """61 people need Pocket QI by 31 March 2027; 38 have started; 23 have not."""
    past = "" if grid.whole.on == today else day(grid.whole.on)
    if not grid.whole.members and past:
        return sentence(f"Nobody had their main post in these teams on {past}.")
    if not grid.whole.members:
        return sentence("Nobody works in these teams yet. People appear here when HR enters their main post.")
    found = headline(grid.whole)
    if found is not None:
        return sentence(*_headline(found, links))
    if grid.whole.tally().total() == sum(n for (_, w), n in grid.whole.tally().items() if w is Which.UNDECIDED):
        return sentence(f"Nothing had been decided for these people by {past}." if past else NOTHING_DECIDED)
    if past:
        return sentence(f"On {past} everybody here had completed what was asked of them by a date.")
    return sentence("Everybody here has completed what was asked of them by a date.")


def _headline(found: Headline, links: Links) -> list[Part | str]:
    level = found.tier.slug

    def link(text: str, which: Which) -> Part:
        return links.counted(text, which, level, found.by)

    parts: list[Part | str] = [
        link(plural(found.gap, "person", "people"), Which.GAP),
        f" {'needs' if found.gap == 1 else 'need'} {found.tier.title} by {day(found.by)}; ",
        link(f"{found.started:,}", Which.STARTED),
        f" {'has' if found.started == 1 else 'have'} started; ",
        link(f"{found.not_started:,}", Which.NOT_STARTED),
        f" {'has' if found.not_started == 1 else 'have'} not.",
    ]
    if found.overdue:
        parts += [
            " ",
            link(f"{found.overdue:,}", Which.OVERDUE),
            f" {'is' if found.overdue == 1 else 'are'} past the date.",
        ]
    if found.no_place:
        parts += [" For ", link(f"{found.no_place:,}", Which.NO_PLACE), " no place has been offered yet."]
    return parts


def waiting_words(waits: Waiting, decisions: str) -> tuple[Part, ...]:
    """Decisions waiting: 2 requests, 1 joiner."""
    groups = (
        (len(waits.requests), "request", "requests"),
        (len(waits.joiners), "joiner", "joiners"),
        (len(waits.pauses), "pause that has ended", "pauses"),
    )
    parts: list[Part | str] = []
    for count, word, anchor in groups:
        if count:
            many = "pauses that have ended" if anchor == "pauses" else ""
            parts += [", " if parts else "Waiting for your decision: "]
            parts += [Part(text=plural(count, word, many), href=f"{decisions}#{anchor}")]
    return sentence(*(parts or [Part(text="No decision is waiting", href=decisions)]), ".")


def month_words(events: Sequence[Event], today: date, address: str) -> tuple[Part, ...]:
    """In November 2026: 6 joined, 2 moved in, 1 left. Each number opens its list."""
    month = month_name(Month.of(today))
    parts: list[Part | str] = []
    for turn, words in counts(events, today):
        parts += [", " if parts else f"In {month}: ", Part(text=words, href=f"{address}#{turn}")]
    nobody = Part(text=f"Nobody joined, moved or left in {month} so far", href=address)
    return sentence(*(parts or [nobody]), ".")
