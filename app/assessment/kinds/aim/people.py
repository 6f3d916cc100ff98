"""Does it say for whom or where? “Patients” alone could be anybody anywhere."""

import re
from collections.abc import Iterable

from app.assessment.kinds.aim.dates import DIARY
from app.assessment.kinds.aim.finding import MONTHS, NUMBER, Finding, excerpt, pattern, without

SOMEBODY = (
    r"(?:in-?patients?|out-?patients?|patients?|people|persons?|adults?|child(?:ren)?|bab(?:y|ies)|infants?|residents?"
    r"|wom[ae]n|m[ae]n|mothers?|parents?|carers?|famil(?:y|ies)|relatives?|service users?|clients?|users?|callers?"
    r"|visitors?|staff|nurses?|midwives|doctors?|students?|starters?|porters?|referrals?|admissions?"
    r"|discharges?|births?"
    r"|young people|older people|teenagers?|donors?|volunteers?|employees|colleagues)"
)
PLACE = (
    r"(?:wards?|units?|clinics?|departments?|teams?|hospitals?|theatres?|maternity|practices?|surger(?:y|ies)|sites?"
    r"|services?|caseloads?|care homes?|homes|bays?|hubs?|centres?|pharmac(?:y|ies)|lodge|lab(?:orator(?:y|ies))?|trust"
    r"|directorates?|nurser(?:y|ies)|suites?|floors?|prisons?|schools?|hospices?|localit(?:y|ies)|boroughs?)"
)
ABBREVIATED = (
    r"(?:A&E|ED|ICU|ITU|CCU|SCBU|NICU|CAMHS|AMU|MAU|SAU|EAU|emergency department|intensive care|day unit|outpatients)"
)
AT = r"(?:on|in|at|across|of|from|for|within|throughout|to|under|by|through)"
ONE = rf"(?:the|our|this|these|all|each|every|both|my|your|its|any|an?|{NUMBER})"
PRAISE = r"(?:better|good|best|safer?|excellent|great|high|quality|improved|more)"
QUALITY = (
    r"(?:with|who|whose|aged|having|under|over|admitted|referred|known|living|waiting|due|taking|on|in|at"
    r"|from|to|using)"
)
GENERAL = (
    r"(?:the|our|all|more|many|most|some|any|of|for|to|by|with|and|that|so|a|an|than|from|fewer|few|other"
    r"|number|your|their|improve|reduce|increase|better|raise|help|give|make|keep|ensure|is|are|will|on|in|at"
    r"|as|before|after|when|how|where)"
)
NAME = (
    rf"(?!(?i:{MONTHS}|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter|Spring"
    rf"|Summer|Autumn|Winter|Q[1-4])\b)[A-Z][\w’'-]+"
)

SHAPES = (
    pattern(
        rf"\b{AT}\s+(?:{ONE}\s+)?(?!{PRAISE}\b)(?:(?!{PRAISE}\b)[\w’'&-]+\s+){{0,3}}{SOMEBODY}\s+{QUALITY}\s+"
        rf"(?!a minute|time|general|mind)[\w’'-]+(?:\s+[\w’'-]+)?"
    ),
    pattern(rf"\b(?:all|every|each|any)\s+(?:(?!of\b)[\w’'-]+\s+){{0,3}}{SOMEBODY}\b"),
    pattern(
        rf"\b{SOMEBODY}\s+(?:with|who|whose|aged|over|under|admitted|referred|known to|living|having"
        rf"|waiting for|due|taking)\s+[\w’'-]+"
    ),
    pattern(rf"\b{AT}\s+{ONE}\s+(?:(?!{PRAISE}\b)[\w’'&-]+\s+){{0,4}}?{PLACE}\b"),
    pattern(
        rf"\b{AT}\s+(?:(?!{PRAISE}\b|{ONE}\b)[\w’'&-]+\s+){{1,2}}?(?:wards|clinics|theatres|units|sites|homes"
        rf"|departments|teams|practices|hospices|schools)\b"
    ),
    re.compile(
        rf"\b(?i:{AT})\s+(?:the\s+|our\s+)?{NAME}(?:\s+(?:and\s+|or\s+"
        rf"|&\s+)?{NAME}){{0,3}}(?:\s+\w+){{0,2}}?\s+(?i:{PLACE})\b"
    ),
    pattern(
        rf"\b(?:on|in|at|across|from|to)\s+(?!{GENERAL}\b|{PRAISE}\b)[a-z][\w-]+\s+(?:ward|clinic|theatre|unit"
        rf"|hospital|surgery)\b"
    ),
    re.compile(
        rf"\b(?i:{AT})\s+(?:ward|bay|unit|clinic|theatre|floor|site|team)s?\s+(?:\d+\w?|[A-Z]\b)(?:(?:,| and"
        rf"| to)\s*(?:\d+\w?|[A-Z]\b))*"
    ),
    re.compile(
        rf"\b(?:{NAME}|[Ww]ard \d+\w?)(?:\s+(?:and\s+)?{NAME})?\s+(?:[Ww]ards?|[Uu]nit|[Cc]linics?|[Tt]eams?"
        rf"|[Hh]ospital)\b"
    ),
    re.compile(r"\b(?:[Ww]ard|[Bb]ay|[Tt]heatre|[Uu]nit)s?\s+\d+\w?\b"),
    re.compile(rf"\b(?i:on|at|in|across|of|for)\s+(?:the\s+|our\s+)?(?:{NAME}\s+){{0,3}}(?i:{ABBREVIATED})\b(?!\w)"),
    re.compile(rf"\b(?:on|at|in|across|In|On|At|Across)\s+(?:both\s+)?{NAME}(?:\s*(?:,|and|&)\s*{NAME})*\b"),
    pattern(
        r"\bamong(?:st)? (?:the |our )?(?:(?:[\w’'-]+ ){1,3}?(?:patients|people|adults|children|staff|carers|families)"
        rf"|(?!patients|people|adults|children|staff|carers|families|everybody){SOMEBODY})\b"
    ),
    pattern(r"\b(?:over|under)-?\s?\d{1,3}s\b"),
    pattern(
        rf"\b(?!{GENERAL}\b)(?!{NUMBER}\b)(?!{PRAISE}\b)[a-z][\w’'-]{{3,}}(?<!ing)(?<!ed)(?<!s)\s+(?:patients"
        rf"|inpatients|outpatients|residents|adults|families|mothers|starters)\b"
    ),
)
NOT_A_PLACE = pattern(r"\b(?:in|of|at) (?:general|practice|fact|place|turn|addition|all (?:areas|aspects))\b")
ANYBODY = pattern(rf"\b{SOMEBODY}\b")
EXAMPLE = (
    "Say who counts and where, such as “for patients on Larch ward” or “of all people referred with a foot ulcer”."
)


def population(aim: str, names: Iterable[str] = ()) -> Finding:
    """`names` are words of the exercise's own background that say who or where."""
    for known in names:
        match = re.search(rf"(?<!\w){re.escape(known)}(?!\w)", aim, re.IGNORECASE)
        if match:
            return Finding(found=excerpt(match))
    plain = without(aim, *DIARY, NOT_A_PLACE)
    for shape in SHAPES:
        match = shape.search(plain)
        if match:
            return Finding(found=" ".join(excerpt(match).split()))
    anybody = ANYBODY.search(plain)
    if anybody:
        return Finding(advice=f"“{excerpt(anybody)}” could be anybody anywhere: which ones, and where? {EXAMPLE}")
    return Finding(advice=f"It does not say for whom or where. {EXAMPLE}")
