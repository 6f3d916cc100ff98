"""How far a demonstration has been run, and what was answered. Kept as JSON, handled as a frozen value."""

from dataclasses import dataclass, field

from app.assessment.kinds.contract import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`steps` holds what chance gave in each step; `said` maps the ids of questions to those of options."""

    steps: tuple[tuple[float, ...], ...] = ()
    said: dict[str, str] = field(default_factory=dict)


def run_of(answer: Answer) -> Run:
    if answer is None:
        return Run()
    return Run(steps=tuple(tuple(step) for step in answer["steps"]), said=dict(answer["said"]))


def answer_of(run: Run) -> Answer:
    """None before the first step: nothing has been done that could be kept."""
    return {"steps": [list(step) for step in run.steps], "said": run.said} if run.steps else None
