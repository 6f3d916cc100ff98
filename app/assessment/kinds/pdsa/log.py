"""The PDSA log: what was planned, what came back, what was made of it. Kept as JSON, handled as frozen values."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.assessment.kinds.contract import Answer
from app.assessment.kinds.wards import Returned


class Act(StrEnum):
    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"


class Side(StrEnum):
    """Where the data lie, seen from the prediction."""

    ABOVE = "above"
    BELOW = "below"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """As it was typed: while it is only half done, any of it may be empty."""

    changes: tuple[str, ...] = ()
    why: str = ""
    predicted: str = ""
    points: str = ""

    @property
    def begun(self) -> bool:
        return bool(self.changes or self.why or self.predicted or self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """As it was typed. `signal` is "yes", "no" or empty."""

    side: str = ""
    amount: str = ""
    signal: str = ""
    learnt: str = ""
    act: str = ""

    @property
    def begun(self) -> bool:
        return bool(self.side or self.amount or self.signal or self.learnt or self.act)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """A test that was run. `kept` once the study is closed; until then the study is a draft."""

    plan: Plan
    data: Returned
    study: Study = Study()
    kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    cycles: tuple[Cycle, ...] = ()
    draft: Plan = Plan()

    @property
    def studying(self) -> bool:
        return bool(self.cycles) and not self.cycles[-1].kept

    @property
    def number(self) -> int:
        """Of the cycle that is open now, or would be next."""
        return len(self.cycles) + (not self.studying)

    @property
    def step(self) -> str:
        """The name of what is open: a form that was made for another step changes nothing."""
        return f"study-{self.number}" if self.studying else f"plan-{self.number}"

    def over(self, cycles: int) -> bool:
        return self.number > cycles

    def adopted(self, before: int | None = None) -> tuple[str, ...]:
        """The changes that stay, as decided in the cycles before this place (all of them without one)."""
        kept = [
            change
            for cycle in self.cycles[:before]
            if cycle.kept and cycle.study.act == Act.ADOPT
            for change in cycle.plan.changes
        ]
        return tuple(dict.fromkeys(kept))


def log_of(answer: Answer) -> Log:
    """The log out of an answer that was saved."""
    if answer is None:
        return Log()
    return Log(
        cycles=tuple(_cycle(one) for one in answer["cycles"]),
        draft=_plan(answer["draft"]),
    )


def answer_of(log: Log) -> Answer:
    """The log as JSON; None while there is nothing in it."""
    if not log.cycles and not log.draft.begun:
        return None
    return _plain(asdict(log))


def _cycle(one: Any) -> Cycle:
    data = one["data"]
    sizes = None if data["out_of"] is None else tuple(data["out_of"])
    return Cycle(
        plan=_plan(one["plan"]),
        data=Returned(tuple(data["values"]), sizes, data["beside"]),
        study=Study(**one["study"]),
        kept=one["kept"],
    )


def _plan(one: Any) -> Plan:
    return Plan(**{**one, "changes": tuple(one["changes"])})


def _plain(value: Any) -> Any:
    """Tuples as lists, as JSON has them: an answer that is saved twice is then the same answer."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(one) for one in value]
    return value
