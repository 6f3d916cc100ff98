"""From a posted form to the next state of the log. A step that was taken is never opened again."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NoReturn

from app.assessment.kinds import numeric
from app.assessment.kinds.contract import ANSWER_FIELD, AnswerProblem, Posted
from app.assessment.kinds.pdsa.log import Act, Cycle, Log, Plan, Side, Study, answer_of
from app.assessment.kinds.wards import LARGEST_TEST, SMALLEST_TEST, Ward, run_test

RUN, KEEP = "run", "keep"
LONGEST_TEXT = 600
LONGEST_NUMBER = 20
LARGEST_NUMBER = 1000


def after(ward: Ward, log: Log, posted: Posted, tokens: Mapping[str, str], seed: str) -> Log:
    """The log with what was typed for the open step, and with the step taken if its button was pressed.

    `tokens` leads from the names on the page to the ward's changes. Raises AnswerProblem.
    """
    pressed = last(posted, "stay")
    if log.studying:
        studied = _with_study(log, study_in(posted, log.number))
        return _kept(studied) if pressed == f"{KEEP}-{log.number}" else studied
    open_to_test = {name: change for name, change in tokens.items() if change not in log.adopted()}
    planned = replace(log, draft=plan_in(posted, open_to_test, log.number))
    return _run(ward, planned, seed) if pressed == f"{RUN}-{log.number}" else planned


def last(posted: Posted, field: str) -> str:
    values = posted.get(field)
    return values[-1] if values else ""


def _text(posted: Posted, field: str, longest: int) -> str:
    """Lines as they were typed, without what no keyboard types, and bounded."""
    whole = last(posted, field)[: longest * 4].replace("\r\n", "\n")
    return "".join(sign for sign in whole if sign.isprintable() or sign == "\n").strip()[:longest]


def plan_in(posted: Posted, tokens: Mapping[str, str], number: int) -> Plan:
    """The plan of a cycle as it was typed."""
    ticked = {tokens.get(one) for one in posted.get(f"change-{number}", ())[: len(tokens)]}
    return Plan(
        changes=tuple(sorted(change for change in tokens.values() if change in ticked)),
        why=_text(posted, f"why-{number}", LONGEST_TEXT),
        predicted=_text(posted, f"predicted-{number}", LONGEST_NUMBER),
        points=_text(posted, f"points-{number}", LONGEST_NUMBER),
    )


def study_in(posted: Posted, number: int) -> Study:
    """The study of a cycle as it was typed."""

    def one_of(field: str, known: tuple[str, ...]) -> str:
        chosen = last(posted, f"{field}-{number}")
        return chosen if chosen in known else ""

    return Study(
        side=one_of("side", tuple(Side)),
        amount=_text(posted, f"amount-{number}", LONGEST_NUMBER),
        signal=one_of("signal", ("yes", "no")),
        learnt=_text(posted, f"learnt-{number}", LONGEST_TEXT),
        act=one_of("act", tuple(Act)),
    )


def _with_study(log: Log, study: Study) -> Log:
    return replace(log, cycles=(*log.cycles[:-1], replace(log.cycles[-1], study=study)))


def _run(ward: Ward, log: Log, seed: str) -> Log:
    """The test is run with the plan as it stands: from here on the prediction cannot be changed."""
    plan, missing = log.draft, []
    if not plan.changes:
        missing.append("Choose a change to test.")
    predicted = number_of(plan.predicted)
    if predicted is None or not 0 <= predicted <= _largest(ward):
        missing.append(f"Predict a number from 0 to {_largest(ward)}, in figures.")
    points = number_of(plan.points)
    if points is None or points != int(points) or not SMALLEST_TEST <= points <= LARGEST_TEST:
        missing.append(f"Say for how many {ward.periods}: a whole number from {SMALLEST_TEST} to {LARGEST_TEST}.")
    if missing or predicted is None or points is None:
        _refuse("The test was not run.", missing, log)
    settled = replace(plan, predicted=f"{predicted:f}", points=str(int(points)))
    data = run_test(ward, seed, log.number, {*log.adopted(), *plan.changes}, int(points))
    return Log(cycles=(*log.cycles, Cycle(plan=settled, data=data)))


def _kept(log: Log) -> Log:
    """The study is closed, and with it the cycle."""
    study, missing = log.cycles[-1].study, []
    amount = number_of(study.amount)
    if not study.side or (study.side != Side.SAME and amount is None):
        missing.append("Compare: say how far the data are from your prediction, and to which side.")
    elif study.amount and (amount is None or not 0 <= amount <= LARGEST_NUMBER):
        missing.append("Write the distance as a number in figures, without a sign.")
    if not study.signal:
        missing.append("Say whether the chart shows a signal.")
    if not study.act:
        missing.append("Decide: adopt, adapt or abandon.")
    if missing:
        _refuse("The study was not kept.", missing, log)
    settled = replace(study, amount="" if amount is None else f"{amount:f}")
    return replace(log, cycles=(*log.cycles[:-1], replace(log.cycles[-1], study=settled, kept=True)))


def number_of(typed: str) -> Decimal | None:
    """A number as people type it, read as the numeric kind reads it; None for anything else."""
    try:
        text = numeric.read({}, {ANSWER_FIELD: [typed]}, "", None)
    except AnswerProblem:
        return None
    return None if text is None else Decimal(text)


def _largest(ward: Ward) -> int:
    return 100 if ward.unit == "per cent" else LARGEST_NUMBER


def _refuse(what: str, missing: list[str], log: Log) -> NoReturn:
    raise AnswerProblem(" ".join([what, *missing]), answer_of(log))
