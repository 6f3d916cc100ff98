"""What a log is worth: prediction first, data compared, one change at a time, variation read. Never luck."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.assessment.kinds.contract import Part, Verdict
from app.assessment.kinds.pdsa.chart import Reading, mean_words, read_cycle
from app.assessment.kinds.pdsa.log import Act, Cycle, Log, Side
from app.assessment.kinds.pdsa.steps import number_of
from app.assessment.kinds.pdsa.words import compared_words, difference, texts_of
from app.assessment.kinds.wards import Returned, Ward

CRITERIA = 4
"""Points of a cycle: each of the four criteria is worth the same."""
SHIFT = 7


@dataclass(frozen=True, slots=True)
class Judged:
    """The parts of every cycle asked for, the share of the points, and what to ask of people."""

    parts: tuple[Part, ...]
    points: int
    of: int
    ask: tuple[str, ...]


def judge(ward: Ward, before: Returned, log: Log, cycles: int) -> Judged:
    parts: list[Part] = []
    ask: list[str] = []
    for place, cycle in enumerate(log.cycles):
        reading = read_cycle(ward, before, log.cycles[: place + 1])
        stays = texts_of(ward, log.adopted(place))
        parts += _cycle(ward, cycle, f"Cycle {place + 1}", reading, stays)
        ask += _ask(ward, cycle, place + 1, reading)
    parts += [_missing(number) for number in range(len(log.cycles) + 1, cycles + 1)]
    points = sum(part.verdict is Verdict.RIGHT for part in parts)
    return Judged(tuple(parts), points, cycles * CRITERIA, tuple(ask))


def _cycle(ward: Ward, cycle: Cycle, name: str, reading: Reading, stays: str) -> Sequence[Part]:
    return (
        _prediction(ward, cycle, name),
        _one_change(ward, cycle, name),
        _comparison(ward, cycle, name),
        _variation(ward, cycle, name, reading, stays),
    )


def _part(text: str, said: str, why: str, *, right: bool) -> Part:
    return Part(text=text, said=said, verdict=Verdict.RIGHT if right else Verdict.WRONG, why=why)


def _prediction(ward: Ward, cycle: Cycle, name: str) -> Part:
    number = f"{cycle.plan.predicted} {ward.unit}"
    if cycle.plan.why:
        why = "A number and a reason stood there before the data came, so that the data could prove you wrong."
        return _part(f"{name}: prediction", f"You predicted {number}, with a reason: done", why, right=True)
    why = "A number says how much. Without the reason you cannot learn which part of your thinking was wrong."
    return _part(f"{name}: prediction", f"You predicted {number}, but gave no reason", why, right=False)


def _one_change(ward: Ward, cycle: Cycle, name: str) -> Part:
    count = len(cycle.plan.changes)
    if count == 1:
        return _part(
            f"{name}: one change at a time",
            f"You tested one change: {texts_of(ward, cycle.plan.changes)}",
            "Whatever the data say, they say it about this change.",
            right=True,
        )
    why = "Whatever the data say, you cannot tell which of the changes did it, nor whether one undid another."
    return _part(f"{name}: one change at a time", f"You tested {count} changes together", why, right=False)


def _comparison(ward: Ward, cycle: Cycle, name: str) -> Part:
    apart = difference(cycle)
    side = "above" if apart > 0 else "below" if apart < 0 else "from"
    truth = (
        f"You predicted {cycle.plan.predicted}; the data gave {mean_words(ward, cycle.data)}. That is "
        f"{abs(apart)} {side} the prediction. A wrong prediction costs nothing here: comparing is the point."
    )
    said = compared_words(ward, cycle.study)
    right = _compares(cycle, apart)
    return _part(f"{name}: compared with the prediction", f"You said: {said}", truth, right=right)


def _compares(cycle: Cycle, apart: Decimal) -> bool:
    """Right to the place to which it was rounded: 12 for 11.6, and 11.6 for 11.6, but 11.5 not."""
    study = cycle.study
    amount = number_of(study.amount) if study.amount else Decimal(0) if study.side == Side.SAME else None
    if amount is None or not study.side:
        return False
    signed = -amount if study.side == Side.BELOW else amount
    if study.side == Side.SAME and amount:
        return False
    exponent = amount.as_tuple().exponent
    places = max(-exponent, 0) if isinstance(exponent, int) else 0
    return abs(signed - apart) <= Decimal("0.5").scaleb(-places)


def _variation(ward: Ward, cycle: Cycle, name: str, reading: Reading, stays: str) -> Part:
    said = {"yes": "You saw a signal", "no": "You saw no signal"}.get(cycle.study.signal, "You did not say")
    right = cycle.study.signal == ("yes" if reading.signal else "no")
    if reading.signal:
        why = f"Against the limits of the baseline, the points of this test show: {reading.words}. That is a signal."
        if stays:
            why += f" Part of it may be the work of what was adopted before: {stays}."
    else:
        why = "Against the limits of the baseline, no rule is broken by the points of this test: no signal."
        if len(cycle.data.values) < SHIFT:
            why += f" With fewer than {SHIFT} {ward.periods} a test cannot show a shift of its own, even if it worked."
    return _part(f"{name}: variation", said, why, right=right)


def _missing(number: int) -> Part:
    why = "One test answers one question. The next one builds on it: that is why several were asked."
    return Part(text=f"Cycle {number}", said="Not run", verdict=Verdict.MISSED, why=why)


def _ask(ward: Ward, cycle: Cycle, number: int, reading: Reading) -> Sequence[str]:
    act, change = cycle.study.act, texts_of(ward, cycle.plan.changes)
    if act == Act.ADOPT and not reading.signal:
        more = "What else would you want to see before others have to do it too?"
        return (f"Cycle {number}: you adopted “{change}” without a signal. {more}",)
    if act == Act.ABANDON and reading.signal:
        return (f"Cycle {number}: you gave up “{change}” although the chart had a signal. What was your reason?",)
    return ()
