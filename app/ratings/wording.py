"""How ratings are said: the same words on every page and in every file."""

from collections.abc import Mapping

from app.curriculum.framework import LevelView
from app.ratings.rules import Said

JUDGED = {
    Said.NEW: "New to this",
    Said.TAKES_PART: "Takes part",
    Said.WITH_SUPPORT: "Leads with support",
    Said.LEADS: "Leads",
    Said.COACHES: "Coaches others",
    Said.UNKNOWN: "I don’t know yet",
}
NOT_SAID = "Not said yet"
TWO_READ = "You two can read this. It may be disclosed if the law requires."


def said_words(said: Said, levels: Mapping[str, str]) -> str:
    """In words. `levels` names each level of a competency by its number."""
    return JUDGED.get(said) or f"{said}: {levels.get(said, 'level')}".removesuffix(": level")


def level_names(levels: list[LevelView]) -> dict[str, str]:
    return {str(one.level): one.name for one in levels}
