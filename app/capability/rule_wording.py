"""How rules of need are said: the same words in lists, previews, on people's own pages and in mails."""

from collections.abc import Sequence
from datetime import date

from app.capability.need_rules import By, Conditions, DueFrom
from app.web.words import day, minutes, plural

TRUST = "the trust"


def place_words(directorate: str, team: str) -> str:
    """Medicine; Larch, Medicine; the trust."""
    return ", ".join(part for part in (team, directorate) if part) or TRUST


def rule_words(name: str, directorate: str, team: str) -> str:
    """the rule “Band 8a and above” of Medicine"""
    return f"the rule “{name}” of {place_words(directorate, team)}"


def any_of(words: Sequence[str]) -> str:
    """a, b or c"""
    return " or ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def whom(conditions: Conditions) -> str:
    """Nursing and Midwifery Registered; band 8a and above; who manages somebody."""
    c = conditions
    bands = [f"band {c.band_from} and above"] if c.band_from else []
    bands += list(c.bands)
    parts = [
        any_of(c.staff_groups),
        any_of(c.job_roles),
        any_of(bands),
        "who manages somebody" if c.manages else "",
        f"who joined in the last {plural(c.joined_within, 'day')}" if c.joined_within else "",
    ]
    said = "; ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def by_when(by: By) -> str:
    """by 31 March 2027; within 3 months of being reached by the rule."""
    if by.counted is DueFrom.DATE:
        return f"by {day(by.on)}"
    span = f"{by.many} {by.unit if by.many != 1 else by.unit.removesuffix('s')}"
    return f"within {span} of " + ("joining" if by.counted is DueFrom.JOINED else "the day the rule first reaches them")


def force_words(starts_on: date, ends_on: date | None, last: date | None, ended: str) -> str:
    """From 1 January 2027 to 31 March 2028; ended on …"""
    if ended:
        return f"From {day(starts_on)}. Ended {ended}"
    return f"From {day(starts_on)} to {day(last)}" if ends_on else f"From {day(starts_on)}"


def asked_line(said: str, tier: str, due: date, why: str, release_minutes: int, *, alone: bool) -> str:
    """What a person's weekly mail says when a rule asks something; `alone`: people begin its course by themselves."""
    waits = "\nThe course waits for you on your first page: begin it when you like." if alone else ""
    time = (
        f"\nIt takes about {minutes(release_minutes)}. Your team plans this time with you." if release_minutes else ""
    )
    return f"{said[:1].upper()}{said[1:]} asks you to complete {tier} by {day(due)}.\nWhy: {why}{time}{waits}"
