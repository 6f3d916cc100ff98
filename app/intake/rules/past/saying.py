"""What a line of past learning means to a person, in a sentence."""

from datetime import date

from app.intake.rules.past.levels import AwardAsked
from app.learning.rules import AwardEventKind


def long_day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def award_words(award: AwardAsked, today: date) -> str:
    given = "from that day" if award.kind is AwardEventKind.GRANTED else "refreshed"
    if award.until is None:
        return f"{given}, for good"
    if award.until < today:
        return f"{given} until {long_day(award.until)}, so that it has lapsed"
    return f"{given} until {long_day(award.until)}"


def with_award(says: str, level: str, said: str) -> str:
    return f"{says}. Level {level}: {said}"
