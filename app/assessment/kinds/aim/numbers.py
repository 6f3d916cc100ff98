"""Is there a number to reach? Dates, names of wards, ages and times of day hold numbers that are none."""

import re

from app.assessment.kinds.aim.dates import without_dates
from app.assessment.kinds.aim.finding import FIGURES, NUMBER, Finding, excerpt, pattern, without

A_LABEL = pattern(
    r"\b(?:wards?|bays?|beds?|theatres?|rooms?|floors?|sites?|units?|teams?|clinics?|levels?|bands?|grades?"
    r"|types?|stages?"
    r"|phases?|steps?|tiers?|category|categories|class|version|project|objective|aim)\s+\d+\w?"
    r"(?:(?:\s*(?:,|&|and|to|or|-|–)\s*)\d+\w?)*\b"
)
A_PLACE_COUNT = pattern(
    rf"(?<!to )(?<!from )(?<!by )(?:{NUMBER})[ -](?:\w+ ){{0,2}}?(?:wards|clinics|sites|teams|bays|hospitals"
    rf"|units|homes"
    r"|areas|departments|practices|theatres|bed(?:ded)?\b(?! days))"
)
AN_AGE = pattern(
    r"\b(?:aged?|ages|over[- ]|under[- ]|(?:people|patients|adults|children|those|men"
    r"|women) (?:who are )?(?:over|under|above))"
    r"\s*(?:the age of )?\d{1,3}(?:s\b| (?:years )?(?:and|or) (?:over|under|older|younger|above|below)\b"
    r"| ?(?:to|-|–) ?\d{1,3}| years\b|(?!\d| ?%| per| min| hour| day| week))"
)
A_TIME = pattern(
    r"\b\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]m\b|[ap]\.m\.|o['’]clock)|\b\d{1,2}:\d\d\b|\b24/7\b|\b\d+-(?:hour|day)\b"
)
A_YEAR = pattern(r"\b(?:19|20)\d\d(?:/\d\d)?\b")
A_RATE = pattern(rf"\b(?:per|in every|for every)\s+(?:{FIGURES}|hundred|thousand)")
A_THRESHOLD = pattern(
    rf"(?<!to )(?<!by )\b(?:within|in less than|in under|less than|more than|longer than|shorter than|over|under)\s+"
    rf"(?:{NUMBER}|an?)(?: (?:working|calendar))?[ -](?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?)\b"
)
NO_NUMBERS = (A_LABEL, A_PLACE_COUNT, AN_AGE, A_TIME, A_YEAR)

PART = r"(?:%|\s?per\s?cent\b|\s?percentage points?\b|\s?percent\b)"
OF = rf"\s*(?:out of|of|in)\s+(?:every\s+)?(?:{NUMBER})"
MORE = rf"(?:{PART}|{OF})?"
UNIT = r"(?: (?:minutes?|hours?|days?|weeks?|mg|ml|a (?:day|week|month|year)))?"
SHAPES = (
    pattern(
        rf"\bfrom\s+(?:\w+\s+){{0,2}}?{NUMBER}{MORE}(?:[^.;]{{0,60}}?)\b(?:down "
        rf"|up )?to\s+(?:\w+\s+){{0,2}}?{NUMBER}{MORE}{UNIT}"
    ),
    pattern(rf"{NUMBER}{PART}"),
    pattern(rf"{NUMBER}{OF}(?! (?:the|our|these) (?:wards|clinics|sites|teams))"),
    pattern(
        rf"\b(?:no more than|not more than|at most|at least|fewer than|less than|more than|below|above|under"
        rf"|within|to|by"
        rf"|reach|achieve|than)\s+(?:{NUMBER}){UNIT}"
    ),
    pattern(
        r"\b(?:halv(?:e|ed|ing)|doubl(?:e|ed|ing)|trebl(?:e|ed|ing)|tripl(?:e|ed|ing)|twice as (?:many|often)"
        r"|zero|nil)\b"
    ),
    pattern(r"\b(?:by|a|one|two|three) (?:half|thirds?|quarters?|fifths?|tenths?)\b|\bhalf (?:of|as|the|an hour)\b"),
    re.compile(rf"{FIGURES}{UNIT}"),
    pattern(rf"\b(?!one\b)(?:{NUMBER}){UNIT}"),
)
CHANGES = pattern(r"\b(?:increas|rais|improv|reduc|lower|decreas|cut|more|fewer|shorten|boost|lift)\w*")
EVERYBODY = pattern(r"\b(?:all|every|each|everyone|everybody|nobody|no one|none|no)\b")
EXAMPLE = "Say from where to where, such as “from 40 to 20 minutes”, or how many of how many, such as “9 of 10”."


def number(aim: str) -> Finding:
    plain = without(without_dates(aim), *NO_NUMBERS)
    counted = A_THRESHOLD.search(plain)
    target = _first(without(without(plain, A_THRESHOLD), A_RATE))
    whole = _first(plain)
    if target:
        return Finding(found=whole if whole and target in whole else target)
    if counted and (EVERYBODY.search(aim) or not CHANGES.search(aim)):
        return Finding(found=excerpt(counted))
    if counted:
        return Finding(
            advice=f"“{excerpt(counted)}” says what is counted, not how much it will change. From how many to how many?"
        )
    if whole or re.search(r"\d", aim):
        return Finding(
            advice=f"The numbers here belong to a date, a place, an age or a rate: none is a goal. {EXAMPLE}"
        )
    return Finding(advice=f"There is no number to reach. {EXAMPLE}")


def _first(text: str) -> str:
    match = next(filter(None, (shape.search(text) for shape in SHAPES)), None)
    return " ".join(excerpt(match).split()) if match and ";" not in match.group() else ""
