"""One question of every kind as a course writer would write it, with ids that would give the answer away."""

from typing import Any

SINGLE: dict[str, Any] = {
    "options": [
        {"id": "wrong-one", "text": "Research", "feedback": "why-not-research"},
        {"id": "the-right-one", "text": "Audit", "correct": True, "feedback": "why-audit"},
        {"id": "wrong-two", "text": "Assurance", "feedback": "why-not-assurance"},
    ],
}
MULTIPLE: dict[str, Any] = {
    "options": [
        {"id": "belongs-1", "text": "The hour", "correct": True, "feedback": "why-the-hour"},
        {"id": "belongs-2", "text": "A rough number", "correct": True, "feedback": "why-a-number"},
        {"id": "leave-out", "text": "The bed number", "feedback": "why-not-the-bed"},
        {"id": "leave-too", "text": "A name", "feedback": "why-not-a-name"},
    ],
}
ORDERING: dict[str, Any] = {
    "items": [
        {"id": "step-1", "text": "Write a guess", "feedback": "why-plan"},
        {"id": "step-2", "text": "Put out four folders", "feedback": "why-do"},
        {"id": "step-3", "text": "Compare with the guess", "feedback": "why-study"},
        {"id": "step-4", "text": "Go on with a rack", "feedback": "why-act"},
    ],
    "feedback": "why-this-order",
}
MATCHING: dict[str, Any] = {
    "pairs": [
        {"id": "left-1", "left": "Falls a week", "right": "right-1", "feedback": "why-outcome"},
        {"id": "left-2", "left": "Rounds done in time", "right": "right-2", "feedback": "why-process"},
        {"id": "left-3", "left": "Call bells unanswered", "right": "right-3", "feedback": "why-balancing"},
    ],
    "rights": [
        {"id": "right-1", "text": "Outcome measure"},
        {"id": "right-2", "text": "Process measure"},
        {"id": "right-3", "text": "Balancing measure"},
    ],
    "feedback": "why-these-pairs",
}
NUMERIC: dict[str, Any] = {
    "answer": 27,
    "tolerance": 0.5,
    "unit": "per cent",
    "near": [{"value": 73, "feedback": "why-not-73"}],
    "feedback": "why-27-of-a-hundred",
}
AIM: dict[str, Any] = {
    "feedback": {"number": "why-a-number", "population": "why-whom", "date": "why-a-date", "verb": "why-a-verb"},
}
DRIVERS: dict[str, Any] = {
    "aim": "Falls down from 14 to 7 by 31 May 2027",
    "cards": [
        {"id": "step-1", "text": "Nobody gets up alone", "feedback": "why-primary"},
        {"id": "step-2", "text": "Ask everybody at ten", "feedback": "why-an-idea"},
    ],
    "feedback": "why-this-structure",
}
MEASURES: dict[str, Any] = {
    "aim": "Days to the letter down from 16 to 5 by 30 September 2027",
    "measures": [
        {"id": "right-1", "text": "Days to the letter", "types": ["outcome"], "feedback": "why-outcome"},
        {"id": "right-2", "text": "Dictated in the room", "types": ["process"], "feedback": "why-process"},
        {"id": "left-1", "text": "Referrals in a month", "types": ["none"], "feedback": "why-not-this"},
    ],
    "define": ["outcome"],
    "feedback": "why-this-set",
}
DEFINITION = {
    "counted": "Days to the postmark",
    "over": "Visits on Mondays",
    "often": "Each Friday",
    "who": "Ward clerk",
}

PARETO: dict[str, Any] = {
    "title": "Late letters",
    "unit": "letters",
    "share": 80,
    "categories": [
        {"id": "vital-1", "text": "Not typed", "count": 50, "feedback": "why-typed"},
        {"id": "useful-3", "text": "No stamp", "count": 10},
        {"id": "vital-2", "text": "Not signed", "count": 30},
        {"id": "useful-4", "text": "Lost", "count": 10},
    ],
    "feedback": "why-these-few",
}
PLOT: dict[str, Any] = {
    "title": "Calls a week",
    "unit": "calls",
    "each": "Week",
    "axis": {"low": 0, "high": 20, "step": 1},
    "points": [{"at": at, "value": value} for at, value in enumerate([3, 9, 4, 16, 5, 2, 6, 13, 8, 15], 1)],
    "feedback": "why-this-line",
}
_FALLS = {
    "title": "Falls",
    "points": [{"at": n, "value": 30 if n == 8 else [7, 4, 8, 5][n % 4]} for n in range(1, 17)],
}
"""Mean 119 / 16 = 7.4; without the two steps to and from the 30, 40 / 13 = 3.1 a step: limits 7.4 ± 8.2, and one point
outside them. No two of three are near a limit, and no run is longer than three."""
READ_CHART: dict[str, Any] = {"chart": "xmr", "measure": _FALLS | {"target": 3}, "feedback": "why-only-the-eighth"}
CHOOSE_CHART: dict[str, Any] = {
    "measure": _FALLS,
    "options": [
        {"chart": "c", "correct": True, "feedback": "why-a-c-chart"},
        {"chart": "p", "feedback": "why-not-a-p-chart"},
        {"chart": "t", "feedback": "why-not-a-t-chart"},
    ],
}
SCENARIO: dict[str, Any] = {
    "chart": "xmr",
    "measure": _FALLS,
    "decisions": [
        {"id": "wrong-one", "text": "Explain", "when": {"variation": "concern"}, "feedback": "why-not-explain"},
        {"id": "the-right-one", "text": "Ask", "correct": True, "when": {"signal": True}, "feedback": "why-ask"},
        {"id": "wrong-two", "text": "Wait", "feedback": "why-not-wait"},
    ],
}
RAW = {
    "single": SINGLE, "multiple": MULTIPLE, "ordering": ORDERING, "matching": MATCHING, "numeric": NUMERIC,
    "pareto": PARETO, "plot": PLOT, "aim": AIM, "drivers": DRIVERS, "measures": MEASURES, "read-chart": READ_CHART,
    "choose-chart": CHOOSE_CHART, "scenario": SCENARIO,
}  # fmt: skip

IN_STEPS: dict[str, dict[str, Any]] = {
    "pdsa": {"ward": "falls", "cycles": 2, "setting": "An invented ward", "feedback": "why-of-the-ward"},
    "chance": {
        "game": "red-beads",
        "workers": ["Worker Ash", "Worker Birch", "Worker Cedar"],
        "days": 2,
        "setting": "An invented factory",
        "questions": [
            {
                "id": "best",
                "ask": "Who is best?",
                "options": [
                    {"id": "wrong-one", "text": "The one with the fewest", "feedback": "why-not-the-fewest"},
                    {"id": "the-right-one", "text": "Nobody can tell", "correct": True, "feedback": "why-nobody"},
                ],
            }
        ],
        "feedback": "why-of-the-beads",
    },
}
"""Kinds that are done step by step, whose answers no single form holds."""
EVERY = RAW | IN_STEPS

RIGHT: dict[str, Any] = {
    "single": "the-right-one",
    "multiple": ["belongs-1", "belongs-2"],
    "ordering": ["step-1", "step-2", "step-3", "step-4"],
    "matching": {"left-1": "right-1", "left-2": "right-2", "left-3": "right-3"},
    "numeric": "27",
    "aim": "By 31 March 2027 reduce falls on Larch ward from 12 to 6 a month",
    "drivers": {
        "aim": "Falls down from 14 to 7 by 31 May 2027",
        "nodes": [
            {"id": "card-step-1", "kind": "primary", "text": "Nobody gets up alone", "parent": "aim"},
            {"id": "card-step-2", "kind": "idea", "text": "Ask everybody at ten", "parent": "card-step-1"},
            {"id": "n1", "kind": "primary", "text": "The way is safe", "parent": "aim"},
            {"id": "n2", "kind": "idea", "text": "Sweep the floor", "parent": "n1"},
        ],
    },
    "measures": {
        "types": {"right-1": "outcome", "right-2": "process", "left-1": "none"},
        "definitions": {"outcome": DEFINITION | {"measure": "right-1"}},
    },
    "pareto": {"order": ["vital-1", "vital-2", "useful-4", "useful-3"], "vital": ["vital-1", "vital-2"]},
    "plot": {"points": ["3", "9", "4", "16", "5", "2", "6", "13", "8", "15"], "median": "7"},
    "read-chart": {"points": [8], "rules": ["outside"]},
    "choose-chart": "c",
    "scenario": "the-right-one",
}
WRONG: dict[str, Any] = {
    "single": "wrong-one",
    "multiple": ["belongs-1", "leave-out"],
    "ordering": ["step-2", "step-1", "step-3", "step-4"],
    "matching": {"left-1": "right-2", "left-2": "right-1"},
    "numeric": "73",
    "aim": "Make falls better soon",
    "drivers": {
        "aim": "Falls down from 14 to 7 by 31 May 2027",
        "nodes": [
            {"id": "card-step-2", "kind": "idea", "text": "Ask everybody at ten", "parent": "aim"},
            {"id": "card-step-1", "kind": "", "text": "Nobody gets up alone", "parent": ""},
        ],
    },
    "measures": {
        "types": {"right-1": "process"},
        "definitions": {"outcome": {"who": "Staff", "measure": "left-1"}},
    },
    "pareto": {"order": ["useful-3", "vital-1", "vital-2", "useful-4"], "vital": ["vital-1"]},
    "plot": {"points": ["3", "9", "4", "11", "5", "", "6", "13", "8", "15"], "median": "8.1"},
    "read-chart": {"points": [1, 8], "rules": ["shift"]},
    "choose-chart": "p",
    "scenario": "wrong-one",
}
SECRETS = (
    "the-right-one", "wrong-one", "belongs-", "leave-out", "step-1", "step-2", "right-1", "left-1", "why-", "correct",
    "vital-1", "vital-2", "useful-",
)  # fmt: skip
"""Ids and feedback that no page may carry before the attempt has been handed in."""
