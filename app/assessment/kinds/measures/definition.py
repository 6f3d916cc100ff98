"""An operational definition in four parts, and what a program can say of it: that something is missing, no more."""

import re
from collections.abc import Mapping

LONGEST = 200
FIELDS = {
    "counted": "What is counted",
    "over": "Over what",
    "often": "How often",
    "who": "Who collects it",
}
HINTS = {
    "counted": "What exactly counts, and what does not? Such as: falls written in the notes, near misses left out",
    "over": "Of how many, or over which time and place? Such as: per 1,000 bed days on Larch ward",
    "often": "Such as: every Friday, for the week before",
    "who": "Such as: the ward clerk, from the discharge list",
}
HOLLOW_WORDS = """
a all always an and any anybody anyone as asap at available be by can collected data etc every everybody
everyone everything for frequently from generally good if in is it its later lots many maybe me more much
n/a na necessary needed no nobody none normal normally occasionally of often ok on ongoing or our people
periodically possible quality regular regularly required routine routinely several some somebody someone
something sometimes soon staff stuff tba tbc team that the them they things this time times to unknown
unsure us usual usually various very we when whenever whoever with yes
"""
HOLLOW = frozenset(HOLLOW_WORDS.split())
WORD = re.compile(r"[^\W_]+(?:[’'/-][^\W_]+)*")
SHORTEST = 3


def faults(definition: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a part, by part: it is missing, says nothing, or repeats another."""
    said: dict[str, str] = {}
    found = {}
    for part in FIELDS:
        words = definition.get(part, "")
        plain = " ".join(WORD.findall(words.casefold()))
        if not words:
            found[part] = "is missing"
        elif hollow(words):
            found[part] = f"says nothing that two people would read alike: “{words}”"
        elif plain in said.values():
            found[part] = f"repeats another part: “{words}”"
        said[part] = plain
    return found


def hollow(words: str) -> bool:
    """Nothing but words such as “regularly” and “staff”, or hardly a letter."""
    found = WORD.findall(words.casefold())
    return sum(map(len, found)) < SHORTEST or all(word in HOLLOW for word in found)
