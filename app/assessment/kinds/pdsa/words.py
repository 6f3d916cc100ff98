"""A cycle in plain words, as the log shows it and as the page to check answers repeats it."""

from dataclasses import dataclass
from decimal import Decimal

from app.assessment.kinds.pdsa.chart import mean, mean_words
from app.assessment.kinds.pdsa.log import Cycle, Log, Study
from app.assessment.kinds.wards import Returned, Ward

SIDES = {
    "above": "above the prediction",
    "below": "below the prediction",
    "same": "the same as the prediction",
}
SIGNALS = {
    "no": "no signal: nothing in this test that chance alone would not do",
    "yes": "a signal: something that chance alone would hardly do",
}
ACTS = {
    "adopt": "Adopt: it stays from now on",
    "adapt": "Adapt: take it back, and try it another way",
    "abandon": "Abandon: it goes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the log."""

    head: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Plan, Do, Study or Act, with its rows."""

    name: str
    lines: tuple[Line, ...]


def stages(ward: Ward, log: Log, place: int) -> tuple[Stage, ...]:
    """A cycle as far as it has gone; of a study that is open nothing, because it stands in the form."""
    cycle = log.cycles[place]
    told = [Stage(name="Plan", lines=_plan(ward, log, place)), Stage(name="Do", lines=_do(ward, cycle.data))]
    if cycle.kept:
        told.append(Stage(name="Study", lines=_study(ward, cycle.study)))
        told.append(Stage(name="Act", lines=(Line(head="Decision", text=ACTS.get(cycle.study.act, "Not decided")),)))
    return tuple(told)


def in_plain_lines(ward: Ward, log: Log, cycles: int) -> tuple[str, ...]:
    said = [_whole(ward, log, place) for place in range(len(log.cycles))]
    if log.studying and not log.cycles[-1].study.begun:
        said.append(f"Cycle {log.number}: the data are there, the study is not written yet.")
    elif log.draft.begun and not log.over(cycles):
        said.append(f"Cycle {log.number}: a plan is begun, the test is not run yet.")
    return (*said, f"{len(log.cycles)} of {cycles} tests run.")


def before_words(ward: Ward, before: Returned) -> str:
    return f"{mean_words(ward, before)} over {len(before.values)} {ward.periods}, with {before.beside} {ward.beside}"


def texts_of(ward: Ward, changes: tuple[str, ...]) -> str:
    texts = {change.id: change.text for change in ward.changes}
    return "; and: ".join(texts[one] for one in changes if one in texts)


def values_words(data: Returned) -> str:
    if data.out_of:
        return ", ".join(f"{value:g} of {size}" for value, size in zip(data.values, data.out_of, strict=True))
    return ", ".join(f"{value:g}" for value in data.values)


def _plan(ward: Ward, log: Log, place: int) -> tuple[Line, ...]:
    plan = log.cycles[place].plan
    stays = log.adopted(place)
    return (
        Line(head="Change", text=texts_of(ward, plan.changes)),
        *((Line(head="Adopted before, and still done", text=texts_of(ward, stays)),) if stays else ()),
        Line(head="Prediction", text=f"{plan.predicted} {ward.unit}. {plan.why}".strip()),
        Line(head="Sample", text=f"{plan.points} {ward.periods}"),
    )


def _do(ward: Ward, data: Returned) -> tuple[Line, ...]:
    whole = "Overall" if data.out_of else "Mean"
    return (
        Line(head="Data", text=values_words(data)),
        Line(head=whole, text=mean_words(ward, data)),
        Line(head="Counted beside it", text=f"{ward.beside}: {data.beside}"),
    )


def _study(ward: Ward, study: Study) -> tuple[Line, ...]:
    return (
        Line(head="Compared", text=compared_words(ward, study)),
        Line(head="Variation", text=SIGNALS.get(study.signal, "not said").capitalize()),
        *((Line(head="Learnt", text=study.learnt),) if study.learnt else ()),
    )


def compared_words(ward: Ward, study: Study) -> str:
    if study.side == "same" and not study.amount:
        return "The same as the prediction"
    if not study.amount or study.side not in SIDES:
        return "Not compared"
    return f"{study.amount} {ward.apart} {SIDES[study.side] if study.side != 'same' else 'apart'}"


def difference(cycle: Cycle) -> Decimal:
    """From the prediction to the data, as both are shown."""
    return mean(cycle.data) - Decimal(cycle.plan.predicted)


def _whole(ward: Ward, log: Log, place: int) -> str:
    cycle = log.cycles[place]
    said = (
        f"Cycle {place + 1}: {texts_of(ward, cycle.plan.changes)}. Predicted {cycle.plan.predicted} {ward.unit}; "
        f"{cycle.plan.points} {ward.periods} gave {mean_words(ward, cycle.data)}."
    )
    if not cycle.study.begun:
        return said
    act = ACTS.get(cycle.study.act, "Not decided yet").partition(":")[0]
    signal = SIGNALS.get(cycle.study.signal, "not said").partition(":")[0]
    return f"{said} Compared: {compared_words(ward, cycle.study)}. Variation: {signal}. {act}."
