"""What a check of an aim brings back: the words in which it found something, or what to do about what is missing."""

import re
from dataclasses import dataclass

UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
TEENS = [
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
]
SPELT = rf"(?:{'|'.join((*UNITS, *TEENS))})(?:[- ](?:{'|'.join(UNITS)}|hundred|thousand))?"
FIGURES = r"(?<![\w.-])\d[\d,]{0,9}(?:\.\d{1,4})?"
NUMBER = rf"(?:{FIGURES}|\b{SPELT}\b)"

MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """`found` is a passage of the aim itself; empty where the check is not met. `advice` then says what to do."""

    found: str = ""
    advice: str = ""

    @property
    def met(self) -> bool:
        return bool(self.found)


def pattern(text: str) -> re.Pattern[str]:
    """A pattern that does not mind capitals or how many spaces it is written with here."""
    return re.compile(" ".join(text.split()), re.IGNORECASE)


def excerpt(match: re.Match[str]) -> str:
    return match.group().strip(" ,.;:()")


def without(text: str, *unwanted: re.Pattern[str]) -> str:
    """The text with what the patterns match blanked out: places stay where they were."""
    for one in unwanted:
        text = one.sub(lambda match: " ; ".center(len(match.group()), " "), text)
    return text
