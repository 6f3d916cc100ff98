"""Red beads: willing workers, a paddle of fifty holes, a box in which one bead of five is red, and a manager."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from app.assessment.kinds.chance.state import Run
from app.charts import NHS_MAKING_DATA_COUNT, Analysis, ChartKind, Plan, Series, Wanted, analyse
from app.charts.drawing.picture import figure

PADDLE, BOX, RED = 50, 4000, 800
SIGNAL, NO_SIGNAL = "signal", "no-signal"
SHOWS = (SIGNAL, NO_SIGNAL)

PRAISE = (
    "{name} shows what is possible. Look at that tray and learn from it.",
    "A gift card for {name}, our worker of the day. This is what caring about quality looks like.",
    "I told you that it can be done: {name} did it.",
    "{name} has understood our values. The others have seen the same poster.",
)
BLAME = (
    "{name}, I am disappointed. Did you read the instructions?",
    "{name}, we must talk. You will get a learning plan, and somebody will watch you tomorrow.",
    "What happened, {name}? You did better before, so I know that you can.",
    "{name} brings down the whole team. One more day like this, and there will be consequences.",
)
"""What a manager says who takes chance for merit. They come in the order of the days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Red beads of each worker, and what the manager made of them."""

    number: int
    beads: tuple[int, ...]
    said: tuple[str, ...]


def draw(seed: str, day: int, workers: int) -> list[int]:
    """What each worker draws on a day. The beads go back into the box before the next dips the paddle."""
    return [_paddle(Random(f"{seed}|beads|{day}|{worker}")) for worker in range(workers)]  # noqa: S311  a box of beads


def _paddle(chance: Random) -> int:
    red = 0
    for hole in range(PADDLE):
        red += chance.random() < (RED - red) / (BOX - hole)
    return red


def days(shown: Mapping[str, Any], run: Run) -> tuple[Day, ...]:
    return tuple(
        Day(number=number, beads=beads, said=_said(shown["workers"], beads, number))
        for number, beads in enumerate((tuple(int(count) for count in day) for day in run.steps), 1)
    )


def _said(workers: Sequence[str], beads: Sequence[int], number: int) -> tuple[str, ...]:
    """Praise for the fewest, blame for the most: one worker each, the first of several."""
    best, worst = beads.index(min(beads)), beads.index(max(beads))
    praise, blame = PRAISE[(number - 1) % len(PRAISE)], BLAME[(number - 1) % len(BLAME)]
    return praise.format(name=workers[best]), blame.format(name=workers[worst])


def analysed(run: Run) -> Analysis:
    """Every paddle in the order in which it was drawn, as the share of red beads."""
    counts = [float(count) for day in run.steps for count in day]
    series = Series.of("Red beads", range(1, len(counts) + 1), counts, [float(PADDLE)] * len(counts))
    return analyse(series, Plan(ChartKind.P, NHS_MAKING_DATA_COUNT, wanted=Wanted.DECREASE))


def drawn(shown: Mapping[str, Any], run: Run, prefix: str, *, read: bool) -> str:
    workers, points = len(shown["workers"]), sum(len(day) for day in run.steps)
    title = f"Red beads of {PADDLE}, {points} paddles by {workers} workers in the order drawn"
    return figure(analysed(run), prefix, title=title, plain=not read)


def reading(run: Run) -> tuple[str, str]:
    """What the run shows, and a sentence that says it."""
    if analysed(run).signal:
        return (
            SIGNAL,
            "In your run a rule is broken, although the box never changed. Now and then chance does that.",
        )
    return NO_SIGNAL, "In your run no point is outside the limits, and no other rule is broken."
