"""Plan, do, study, act: tests of change in a simulated ward, step by step, with a log that cannot be rewritten."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.content import Content, Words, checked
from app.assessment.kinds.contract import Answer, KindView, Marked, Marking, Posted, Shown
from app.assessment.kinds.pdsa.chart import baseline, drawn
from app.assessment.kinds.pdsa.log import Log, Plan, Study, answer_of, log_of
from app.assessment.kinds.pdsa.marking import judge
from app.assessment.kinds.pdsa.steps import after
from app.assessment.kinds.pdsa.taken import refuse_what_is_lost
from app.assessment.kinds.pdsa.words import ACTS, SIDES, SIGNALS, Stage, before_words, in_plain_lines, stages, texts_of
from app.assessment.kinds.tokens import by_token, token
from app.assessment.kinds.tokens import drawn as shuffled
from app.assessment.kinds.wards import LARGEST_TEST, SMALLEST_TEST, WARDS, Ward, baseline_of
from app.curriculum.kinds import QuestionProblem

name = "pdsa"


class PdsaContent(Content):
    ward: str
    cycles: Annotated[int, Field(ge=2, le=5)]
    setting: Words
    feedback: Words
    ask: Annotated[tuple[Words, ...], Field(max_length=4)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A cycle of the log."""

    number: int
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PdsaView(KindView):
    """`step` is plan, study or over; `field` is the name of the open step, sent back with its form."""

    setting: str
    place: str
    measure: str
    unit: str
    apart: str
    periods: str
    beside: str
    before: str
    figure_html: str
    log: tuple[Told, ...]
    step: str
    field: str
    number: int
    cycles: int
    smallest: int
    largest: int
    in_force: str
    changes: tuple[Choice, ...]
    plan: Plan
    study: Study
    sides: tuple[Choice, ...]
    signals: tuple[Choice, ...]
    acts: tuple[Choice, ...]


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(PdsaContent, raw)
    if content.ward not in WARDS:
        raise QuestionProblem("ward", f"there is no ward {content.ward}: take one of {', '.join(WARDS)}")
    before = baseline_of(WARDS[content.ward])
    shown = {
        "ward": content.ward,
        "cycles": content.cycles,
        "setting": content.setting,
        "baseline": {
            "values": list(before.values),
            "out_of": None if before.out_of is None else list(before.out_of),
            "beside": before.beside,
        },
    }
    return shown, {"feedback": content.feedback, "ask": list(content.ask)}


def page(shown: Shown, answer: Answer, seed: str) -> PdsaView:
    ward, log, before = WARDS[shown["ward"]], log_of(answer), baseline(shown)
    study = log.cycles[-1].study if log.studying else Study()
    return PdsaView(
        setting=shown["setting"],
        place=ward.place,
        measure=ward.measure,
        unit=ward.unit,
        apart=ward.apart,
        periods=ward.periods,
        beside=ward.beside,
        before=before_words(ward, before),
        figure_html=drawn(ward, before, log, f"pdsa-{token(seed, 'chart')}", read=False),
        log=tuple(Told(number=place + 1, stages=stages(ward, log, place)) for place in range(len(log.cycles))),
        step="over" if log.over(shown["cycles"]) else "study" if log.studying else "plan",
        field=log.step,
        number=log.number,
        cycles=shown["cycles"],
        smallest=SMALLEST_TEST,
        largest=LARGEST_TEST,
        in_force=texts_of(ward, log.adopted()),
        changes=_changes(ward, log, seed),
        plan=log.draft,
        study=study,
        sides=_choices(SIDES, study.side),
        signals=_choices(SIGNALS, study.signal),
        acts=_choices(ACTS, study.act),
    )


def _changes(ward: Ward, log: Log, seed: str) -> tuple[Choice, ...]:
    texts = {change.id: change.text for change in ward.changes if change.id not in log.adopted()}
    return tuple(
        Choice(value=token(seed, change), text=texts[change], chosen=change in log.draft.changes)
        for change in shuffled(seed, texts)
    )


def _choices(words: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=value, text=f"{text[:1].upper()}{text[1:]}", chosen=value == chosen)
        for value, text in words.items()
    )


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:
    """Only the form of the step that is open is read. One that was made for a step that was taken changes nothing.

    Raises AnswerProblem, and StepTakenError when such a form holds other words than the step was taken with.
    """
    ward, log = WARDS[shown["ward"]], log_of(before)
    tokens = by_token(seed, (change.id for change in ward.changes))
    refuse_what_is_lost(ward, log, posted, tokens)
    if log.over(shown["cycles"]) or log.step not in posted:
        return before
    return answer_of(after(ward, log, posted, tokens, seed))


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    return in_plain_lines(WARDS[shown["ward"]], log_of(answer), shown["cycles"])


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    """A quarter of each cycle's share for each criterion. A study that was typed but not kept counts as well."""
    ward, log, before = WARDS[shown["ward"]], log_of(answer), baseline(shown)
    judged = judge(ward, before, log, shown["cycles"])
    return Marked(
        right=judged.points == judged.of,
        parts=judged.parts,
        why=marking["feedback"],
        credit=judged.points / judged.of,
        figure_html=drawn(ward, before, log, f"pdsa-{_name_of(log)}", read=True) if log.cycles else "",
        for_people=(*judged.ask, *marking["ask"]),
    )


def _name_of(log: Log) -> str:
    """Two logs on one page need two names for their charts."""
    return sha256(repr(asdict(log)).encode()).hexdigest()[:10]
