"""The words of an import, the same in its preview and in its record."""

from collections.abc import Mapping

from app.intake.rules.lines import DONE, LineKind
from app.web.words import plural

STAFF_RECORD = (
    "HR and QI team administrators who look after the staff record of the whole trust. Nobody else, and no lead."
)
LABELS = {
    LineKind.JOINER: "Joiners",
    LineKind.REJOINER: "Rejoiners",
    LineKind.MOVER: "Movers",
    LineKind.CHANGE: "Changes",
    LineKind.SECOND_POST: "Second posts",
    LineKind.ENDED_POST: "Ended posts",
    LineKind.LEAVER: "Leavers",
}
MEANINGS = {
    LineKind.JOINER: "New here: they get an account, a place on the introduction, and what rules of need ask of them.",
    LineKind.REJOINER: "They come back. What they learned here before stays theirs.",
    LineKind.MOVER: "Their team changes. What they learned before counts where they then were.",
    LineKind.CHANGE: "Something else about them or their post is new. Old and new are shown.",
    LineKind.SECOND_POST: "They begin another post beside their main one.",
    LineKind.ENDED_POST: "One of their posts ends, and they stay.",
    LineKind.LEAVER: "They leave: they are signed out at once, and their record stays.",
}
_SAID = {
    LineKind.JOINER: ("joins", "join"),
    LineKind.REJOINER: ("comes back", "come back"),
    LineKind.MOVER: ("moves", "move"),
    LineKind.CHANGE: ("is changed", "are changed"),
    LineKind.SECOND_POST: ("begins a second post", "begin a second post"),
    LineKind.ENDED_POST: ("ends a post and stays", "end a post and stay"),
    LineKind.LEAVER: ("leaves", "leave"),
}


def slug(kind: LineKind) -> str:
    return kind.value.replace(" ", "-")


def kind_of(slug_: str) -> LineKind | None:
    """The kind that an address names; None for a word that names none."""
    return next((kind for kind in LineKind if slug(kind) == slug_), None)


def in_a_sentence(counts: Mapping[str, int], *, done: bool = False) -> str:
    """“412 join, 3 leave”, or “412 joined, 3 left”; empty when nothing happens."""
    said = [(counts.get(kind, 0), words) for kind, words in (DONE if done else _SAID).items()]
    parts = [f"{count:,} {words[count != 1]}" for count, words in said if count]
    if sites := counts.get("sites", 0):
        parts.append(plural(sites, "team has another site", "teams have another site"))
    return ", ".join(parts)


def staff_after(counts: Mapping[str, int]) -> tuple[int, int]:
    """How many work here now, and how many once it is done."""
    now = counts.get("active", 0)
    come = counts.get(LineKind.JOINER, 0) + counts.get(LineKind.REJOINER, 0)
    return now, now + come - counts.get(LineKind.LEAVER, 0)


def not_taken(counts: Mapping[str, int]) -> tuple[str, ...]:
    """What of the file changes nothing, and why."""
    said = []
    if unchanged := counts.get("unchanged", 0):
        said.append(f"{plural(unchanged, 'person', 'people')} {'is' if unchanged == 1 else 'are'} as the file says")
    if left_out := counts.get("left out", 0):
        said.append(f"{plural(left_out, 'row')} left out, as was decided")
    if before := counts.get("left before", 0):
        said.append(f"{plural(before, 'row')} of people who had left before they were known here")
    return tuple(said)
