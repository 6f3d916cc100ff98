"""Is there a day by which it will have happened? A day somebody can find in a diary, or a span with an end."""

import re
from collections.abc import Iterator

from app.assessment.kinds.aim.finding import MONTHS, NUMBER, Finding, excerpt, pattern, without

YEAR = r"(?:20\d\d(?:\s?[/–-]\s?\d\d)?)"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
LEAD = (
    r"(?:(?:by|before|until|till|on|during|in|from|since|after|between|no later than|not later than)\s+"
    r"(?:the\s+)?(?:(?:start|beginning|end|close|middle|last day)\s+of\s+)?)?"
)
WITH_DAY = pattern(
    rf"\b{LEAD}(?:the\s+)?(?:\b{DAY}\s+(?:of\s+)?(?:{MONTHS})\b\.?|\b(?:{MONTHS})\s+{DAY}\b(?!\d))(?:,?\s+{YEAR})?"
)
IN_FIGURES = pattern(rf"\b{LEAD}(?:20\d\d-\d\d-\d\d|\d{{1,2}}[/.]\d{{1,2}}[/.](?:20)?\d\d)\b")
MONTH_AND_YEAR = pattern(rf"(?<!\d )(?<!\dst )(?<!\dth )\b{LEAD}(?:{MONTHS})\s+{YEAR}\b")
MONTH_ALONE = pattern(rf"\b(?:by|before|until|till)\s+(?:the\s+)?(?:(?:end|start|middle)\s+of\s+)?(?:{MONTHS})\b")
YEAR_OR_QUARTER = pattern(
    rf"\b(?:by|before|until)\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+)?(?:financial\s+year\s+|year\s+)?"
    rf"|(?:end\s+of\s+)?(?:Q[1-4]|quarter\s+[1-4])(?:\s+of)?\s+){YEAR}"
)
FEAST = pattern(rf"\b(?:by|before)\s+(?:Christmas|Easter|New Year)(?:\s+{YEAR})?\b")
SPAN = pattern(
    rf"\b(?P<lead>within|in|over|after|by the end of)\s+(?P<near>the\s+(?:next|coming)\s+|a\s+period\s+of\s+)?"
    rf"(?:{NUMBER}|an?)[ -](?P<unit>days?|weeks?|months?|years?)(?:['’]\s*time)?\b"
)
DIARY = (WITH_DAY, IN_FIGURES, MONTH_AND_YEAR, YEAR_OR_QUARTER, FEAST, MONTH_ALONE)

BACKWARDS = pattern(r"^(?:from|since|after|between)\b")
THEN = pattern(r"^[\s,]*(?:[\w-]+\s+){0,9}?(?:was|were|had)\b")
A_DONE_THING = pattern(r"(?:\w{2,}ed|seen|given|done|sent|begun|told|met|back|home|reply|answer|wait|waits?)\s*$")
OF_SOMETHING = pattern(r"^\s*(?:of|after|from|following)\s+(?!(?:now|today|the start|starting)\b)")
NO_SUCH_DAY = pattern(r"\b(?:3[2-9]|[4-9]\d|0)(?:st|nd|rd|th)?\s+(?:of\s+)?(?:" + MONTHS + r")\b")
SHORT_MONTHS = pattern(r"\b(?:3[01]\s+(?:of\s+)?Feb(?:ruary)?|31\s+(?:of\s+)?(?:April|June|September|November))\b")
VAGUE = pattern(
    r"\b(?:as soon as (?:possible|we can)|soon|asap|shortly|in due course|in the (?:near )?future|eventually|over time"
    r"|going forward|(?:by the end of |by |later |during )?(?:this|next|the) (?:financial )?(?:year|month|quarter|week)"
    rf"|(?:by|before|in) (?:the )?(?:next )?(?:spring|summer|autumn|winter)(?: {YEAR})?|by {YEAR}|quickly|timely)\b"
)
EXAMPLE = (
    "Name a day that anyone can find in a diary, such as “by 31 March 2027”, or a span, such as “within six months”."
)


def date(aim: str) -> Finding:
    impossible = NO_SUCH_DAY.search(aim) or SHORT_MONTHS.search(aim)
    if impossible:
        return Finding(advice=f"There is no “{excerpt(impossible)}”. {EXAMPLE}")
    found = next(_deadlines(aim), None)
    if found:
        return Finding(found=excerpt(found))
    vague = VAGUE.search(aim)
    if vague:
        return Finding(advice=f"“{excerpt(vague)}” is no date: it is read in another way by each reader. {EXAMPLE}")
    return Finding(advice=f"No day is named on which you would look. {EXAMPLE}")


def without_dates(aim: str) -> str:
    """The aim with its dates and its span blanked out, for whoever looks for other numbers."""
    plain = without(aim, *DIARY)
    for match in SPAN.finditer(plain):
        if _ends_the_work(plain, match):
            plain = plain[: match.start()] + " ; ".center(len(match.group())) + plain[match.end() :]
    return plain


def _deadlines(aim: str) -> Iterator[re.Match[str]]:
    for one in DIARY:
        yield from (match for match in one.finditer(aim) if _looks_ahead(aim, match))
    yield from (match for match in SPAN.finditer(aim) if _ends_the_work(aim, match))


def _looks_ahead(aim: str, match: re.Match[str]) -> bool:
    """Not a date of the past, such as that of a baseline: “from March 2026”, “(May 2026)”, “in 2026 it was”."""
    before, after = aim[: match.start()].rstrip(), aim[match.end() :]
    if BACKWARDS.search(match.group()) or before.endswith("("):
        return False
    return not (match.group().lower().startswith("in ") and THEN.search(after))


def _ends_the_work(aim: str, match: re.Match[str]) -> bool:
    """Not how something is counted: “seen within two days”, “within six weeks of referral”."""
    if match["near"]:
        return True
    before, after = aim[: match.start()], aim[match.end() :]
    if OF_SOMETHING.search(after) or match["lead"].lower() == "after":
        return False
    return not before.strip() or not A_DONE_THING.search(before)
