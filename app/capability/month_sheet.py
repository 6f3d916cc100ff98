"""A month's joiners, movers and leavers as a file: everybody that the page counts, each with every level."""

from app.capability import sheets
from app.capability.month import CAME, Event
from app.capability.month_wording import beside_words, month_name, post_words
from app.capability.queries.month import Lost, MonthFound
from app.web.csv import Value, csv_bytes

WHAT = {
    "joined": "Joiner",
    "moved-in": "Mover in",
    "within": "Changed team or post here",
    "moved-out": "Mover out",
    "left": "Leaver",
    "went-along": "Went with their team",
}
ABOUT = ("What", "First day, or a leaver's last", "Person", "Post", "Staff group", "Team", "Directorate", "From, to")
ABOUT_LOSSES = ("Levels held on leaving", "Of these, nobody who stays in the team holds")


def content(found: MonthFound) -> bytes:
    levels = [f"{t.short}: {what}" for t in found.known.tiers for what in sheets.ABOUT_A_LEVEL]
    return csv_bytes([*ABOUT, *ABOUT_LOSSES, *levels], [_row(e, found) for e in found.events])


def file_name(found: MonthFound) -> str:
    return f"{sheets.file_words('joiners-movers-leavers', found.place)}-{found.month.key}.csv"


def about(found: MonthFound) -> str:
    """What is in the file, for the audit log's readers."""
    return f"Joiners, movers and leavers, {found.place or 'all in reach'}, {month_name(found.month)}"[:300]


def _row(event: Event, found: MonthFound) -> list[Value]:
    post = event.post
    values: list[Value] = [WHAT[event.turn], event.on, event.list_name, post_words(post), post.staff_group, post.team]
    values += [post.directorate, beside_words(event, found.part)]
    lost = found.lost.get((event.person_id, event.on), ())
    values += [_titles(lost), _titles(tuple(one for one in lost if one.only_one))]
    if event.turn in CAME and event.person_id in found.now:
        for standing in found.known.of(event.person_id):
            values += sheets.level(standing)
    return values


def _titles(lost: tuple[Lost, ...]) -> str:
    return "; ".join(one.tier.short for one in lost)
