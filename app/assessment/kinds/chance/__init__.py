"""What chance does alone: red beads and the funnel, run step by step, and then asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from types import ModuleType
from typing import Annotated, Any

from pydantic import Field

from app.assessment.kinds.chance import asked, beads, funnel
from app.assessment.kinds.chance.asked import Questions, check_questions
from app.assessment.kinds.chance.state import Run, answer_of, run_of
from app.assessment.kinds.content import Content, Words, checked
from app.assessment.kinds.contract import Answer, KindView, Marked, Marking, Part, Posted, Shown, Verdict
from app.assessment.kinds.tokens import token
from app.curriculum.kinds import QuestionProblem

name = "chance"

GAMES: dict[str, ModuleType] = {"red-beads": beads, "funnel": funnel}
ANSWERING = "answering"
"""A hidden field of the form with the questions: without it, none of them was on the page."""


class ChanceContent(Content):
    game: str
    workers: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=30)], ...], Field(max_length=6)] = ()
    days: Annotated[int, Field(ge=2, le=6)] = 4
    unit: Annotated[str, Field(min_length=1, max_length=20)] = "cm"
    setting: Words
    questions: Questions
    feedback: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOf:
    field: str
    ask: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChanceView(KindView):
    """`next` is the value of the button that takes the next step; empty once all are taken."""

    game: str
    setting: str
    workers: tuple[str, ...]
    days: tuple[beads.Day, ...]
    totals: tuple[int, ...]
    rules: tuple[str, ...]
    spreads: tuple[funnel.Spread, ...]
    unit: str
    taken: int
    steps: int
    next: str
    button: str
    figure_html: str
    questions: tuple[AskedOf, ...]


def split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    content = checked(ChanceContent, raw)
    if content.game not in GAMES:
        raise QuestionProblem("game", f"there is no game {content.game}: take red-beads or funnel")
    if content.game == "red-beads" and len(content.workers) < 3:  # noqa: PLR2004  else nobody is in the middle
        raise QuestionProblem("workers", "needs 3 or more names, from which you can see that they are invented")
    check_questions(content.questions, GAMES[content.game].SHOWS)
    shown = {
        "game": content.game,
        "workers": list(content.workers),
        "steps": content.days if content.game == "red-beads" else funnel.RUN_BY_LEARNER,
        "unit": content.unit,
        "setting": content.setting,
        "questions": asked.shown_of(content.questions),
    }
    return shown, {"questions": asked.marking_of(content.questions), "feedback": content.feedback}


def page(shown: Shown, answer: Answer, seed: str) -> ChanceView:
    run = run_of(answer)
    on_beads, all_taken = shown["game"] == "red-beads", len(run.steps) == shown["steps"]
    draws = all_taken or not on_beads
    return ChanceView(
        game=shown["game"],
        setting=shown["setting"],
        workers=tuple(shown["workers"]),
        days=beads.days(shown, run) if on_beads else (),
        totals=tuple(int(sum(own)) for own in zip(*run.steps, strict=True)) if on_beads else (),
        rules=funnel.RULES if not on_beads else (),
        spreads=() if on_beads else funnel.spreads(run),
        unit=shown["unit"],
        taken=len(run.steps),
        steps=shown["steps"],
        next="" if all_taken else f"step-{len(run.steps) + 1}",
        button=_button(shown, run),
        figure_html=_drawn(shown, run, f"chance-{token(seed, 'chart')}", read=False) if draws and run.steps else "",
        questions=tuple(_asked(q, run, seed) for q in shown["questions"]) if all_taken else (),
    )


def _button(shown: Shown, run: Run) -> str:
    if shown["game"] == "funnel":
        return f"Drop {funnel.DROPS} marbles by rule {len(run.steps) + 1}"
    return "Next day" if run.steps else "Begin the first day"


def _drawn(shown: Shown, run: Run, prefix: str, *, read: bool) -> str:
    return str(GAMES[shown["game"]].drawn(shown, run, prefix, read=read))


def _asked(question: Mapping[str, Any], run: Run, seed: str) -> AskedOf:
    chosen = run.said.get(question["id"])
    return AskedOf(
        field=f"say-{token(seed, question['id'])}",
        ask=question["ask"],
        choices=tuple(
            Choice(value=_token(seed, question, option), text=option["text"], chosen=option["id"] == chosen)
            for option in question["options"]
        ),
    )


def _token(seed: str, question: Mapping[str, Any], option: Mapping[str, Any]) -> str:
    return token(seed, f"{question['id']}|{option['id']}")


def read(shown: Shown, posted: Posted, seed: str, before: Answer) -> Answer:
    """One more step for the button of the step that is next; answers once all steps are taken. Nothing goes back."""
    run = run_of(before)
    number = len(run.steps) + 1
    if number <= shown["steps"]:
        pressed = (posted.get("stay") or [""])[-1] == f"step-{number}"
        return answer_of(replace(run, steps=(*run.steps, _step(shown, number, seed)))) if pressed else before
    if ANSWERING not in posted:
        return before
    return answer_of(replace(run, said=_said(shown, posted, seed)))


def _step(shown: Shown, number: int, seed: str) -> tuple[float, ...]:
    if shown["game"] == "funnel":
        return tuple(funnel.drop(seed, number))
    return tuple(beads.draw(seed, number, len(shown["workers"])))


def _said(shown: Shown, posted: Posted, seed: str) -> dict[str, str]:
    said = {}
    for question in shown["questions"]:
        sent = (posted.get(f"say-{token(seed, question['id'])}") or [""])[-1]
        options = {_token(seed, question, option): option["id"] for option in question["options"]}
        if sent in options:
            said[question["id"]] = options[sent]
    return said


def in_words(shown: Shown, answer: Answer) -> tuple[str, ...]:
    run = run_of(answer)
    step = "days worked" if shown["game"] == "red-beads" else "rules run"
    return (f"{len(run.steps)} of {shown['steps']} {step}.", *(_answered(q, run) for q in shown["questions"]))


def _answered(question: Mapping[str, Any], run: Run) -> str:
    texts = {option["id"]: option["text"] for option in question["options"]}
    return f"{question['ask']} {texts.get(run.said.get(question['id'], ''), 'Not answered yet')}"


def mark(shown: Shown, marking: Marking, answer: Answer) -> Marked:
    """Each question of the lesson is worth the same. What chance gave is worth nothing."""
    run = run_of(answer)
    if len(run.steps) < shown["steps"]:
        text = f"{len(run.steps)} of {shown['steps']} steps run"
        said = "Run it to the end: the questions are about what you saw"
        part = Part(text=text, said=said, verdict=Verdict.MISSED, why=marking["feedback"])
        return Marked(right=False, parts=(part,), credit=0)
    shows, why = GAMES[shown["game"]].reading(run)
    lines = asked.marked(shown["questions"], marking["questions"], run.said, shows, why)
    right = sum(good for good, _ in lines)
    name_of_chart = sha256(repr(run.steps).encode()).hexdigest()[:10]
    return Marked(
        right=right == len(lines),
        parts=tuple(part for _, parts in lines for part in parts),
        why=marking["feedback"],
        credit=right / len(lines),
        figure_html=_drawn(shown, run, f"chance-{name_of_chart}", read=True),
    )
