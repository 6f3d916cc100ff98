"""One chart, analysed: each point with its lines and label, each phase with its runs, and what the whole says."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.charts.cautions import warnings_of
from app.charts.icons import Assurance, Variation, Wanted, assurance_of, variation_of
from app.charts.kinds import SCREENED_UNLESS_TOLD, ChartKind
from app.charts.limits import TIME_POWER, Lines, Part, lines_of
from app.charts.phases import Stretch, check_baseline, stretches
from app.charts.rulesets import RuleSet
from app.charts.runs import Runs, runs_of
from app.charts.series import Series, Values, X, check
from app.charts.signals import Label, Pattern, labels_of, patterns_of, see


@dataclass(frozen=True, slots=True)
class Plan:
    """How to analyse: the chart, the rules, and choices about baselines. `screen` None: on for xmr, i and t.

    `rebase` and `exclude` as in `phases.stretches`. `multiply` scales what is shown; `target` is on that scale.
    """

    kind: ChartKind
    rules: RuleSet
    screen: bool | None = None
    baseline: int | None = None
    rebase: tuple[X, ...] = ()
    exclude: tuple[int, ...] = ()
    multiply: float = 1
    target: float | None = None
    wanted: Wanted = Wanted.NEUTRAL

    @property
    def screened(self) -> bool:
        return self.kind in SCREENED_UNLESS_TOLD if self.screen is None else self.screen


@dataclass(frozen=True, slots=True)
class Point:
    """A point as it is drawn. `y` and the lines are on the scale shown; None where there is none. Phases from 1."""

    x: X
    y: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    phase: int
    label: Label


@dataclass(frozen=True, slots=True)
class Phase:
    """The figures of one phase: the places [first, end) of its points, its centre, its runs, whether it signals.

    Patterns count places from `first`, and come in the order in which they begin.
    """

    number: int
    first: int
    end: int
    centre: float | None
    runs: Runs
    signal: bool
    patterns: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a chart shows. Runs, signal, variation and assurance at the top speak for the last phase."""

    series: str
    plan: Plan
    points: tuple[Point, ...]
    phases: tuple[Phase, ...]
    variation: Variation
    assurance: Assurance | None
    warnings: tuple[str, ...] = field(default=())

    @property
    def runs(self) -> Runs:
        return self.phases[-1].runs

    @property
    def signal(self) -> bool:
        return self.phases[-1].signal

    @property
    def last(self) -> Point:
        """The last point that has a value; the very last where none has."""
        return next((point for point in reversed(self.points) if point.y is not None), self.points[-1])


def analyse(series: Series, plan: Plan) -> Analysis:
    """Analyse a series. Raises ChartError for what no such chart can be drawn from."""
    check(series, plan.kind)
    check_baseline(plan.rules, plan.baseline)
    parts = stretches(series, plan.rules, plan.baseline, plan.rebase, plan.exclude)
    points: list[Point] = []
    phases: list[Phase] = []
    for number, stretch in enumerate(parts, 1):
        shown, phase = _phase(series, plan, stretch, number)
        points += shown
        phases.append(phase)
    whole = Analysis(series.name, plan, tuple(points), tuple(phases), Variation.COMMON_CAUSE, None)
    last = whole.last
    return Analysis(
        series.name,
        plan,
        whole.points,
        whole.phases,
        variation_of(last.label, plan.wanted),
        assurance_of(last.lower, last.upper, plan.target, plan.wanted),
        warnings_of(series, plan.rules, plan.baseline, [_useful(stretch, points) for stretch in parts]),
    )


def _useful(stretch: Stretch, points: Sequence[Point]) -> int:
    return sum(points[stretch.first + place].y is not None for place in stretch.counted)


def _phase(series: Series, plan: Plan, stretch: Stretch, number: int) -> tuple[list[Point], Phase]:
    """The points and figures of one phase, on the scale shown."""
    plotted = _plotted(series, plan.kind, stretch)
    part = _part(series, plan.kind, stretch, plotted)
    lines = lines_of(part, plan.kind, plan.rules.range_factor, screened=plan.screened)
    seen = see(part.values, lines, stretch.counted)
    rules = _outside_only(plan.rules) if plan.kind is ChartKind.MR else plan.rules
    patterns = patterns_of(seen, rules)
    labels = labels_of(len(plotted), patterns)
    runs = Runs(0) if plan.kind is ChartKind.MR else runs_of([seen.sides[place] for place in stretch.counted])
    shown = _shown(lines, plan.kind, plan.multiply)
    points = [
        Point(x, None if y is None else y * plan.multiply, shown.centre, low, high, number, label)
        for x, y, low, high, label in zip(
            series.xs[stretch.first : stretch.end], plotted, shown.lower, shown.upper, labels, strict=True
        )
    ]
    signal = _signals(rules, runs, patterns)
    ordered = tuple(sorted(patterns, key=lambda pattern: pattern.places[0]))
    return points, Phase(number, stretch.first, stretch.end, shown.centre, runs, signal, ordered)


def _outside_only(rules: RuleSet) -> RuleSet:
    """Moving ranges share a point with their neighbours, so that no rule about runs holds for them (qi-domain §3.2)."""
    return RuleSet(rules.name, rules.title, rules.range_factor, outside_limits=rules.outside_limits)


def _signals(rules: RuleSet, runs: Runs, patterns: Sequence[Pattern]) -> bool:
    """Anhøj: a run too long or crossings too few, as qicharts2's runs.signal. Else any pattern; IHI also odd runs."""
    if rules.runs:
        return runs.too_long or runs.too_few
    odd = rules.many_runs and (runs.too_few or runs.too_many)
    return odd or bool(patterns)


def _plotted(series: Series, kind: ChartKind, stretch: Stretch) -> Values:
    """What is plotted, before multiplication: the value, its rate, or its step from the one before in the phase."""
    values = series.values[stretch.first : stretch.end]
    if series.denominators is not None:
        sizes = series.denominators[stretch.first : stretch.end]
        values = tuple(None if v is None or n is None else v / n for v, n in zip(values, sizes, strict=True))
    if kind is not ChartKind.MR:
        return values
    before = (None, *values[:-1])
    return tuple(None if a is None or b is None else abs(b - a) for a, b in zip(before, values, strict=True))


def _part(series: Series, kind: ChartKind, stretch: Stretch, plotted: Values) -> Part:
    counts = series.values[stretch.first : stretch.end]
    nothing: Values = (None,) * len(counts)
    sizes = nothing
    if series.denominators is not None:
        given = series.denominators[stretch.first : stretch.end]
        sizes = tuple(None if count is None else size for count, size in zip(counts, given, strict=True))
    if kind is ChartKind.T:
        plotted = tuple(None if value is None else value ** (1 / TIME_POWER) for value in plotted)
    return Part(plotted, counts, sizes, stretch.base)


def _shown(lines: Lines, kind: ChartKind, multiply: float) -> Lines:
    """The lines as they are drawn: a T chart's raised to 3.6, floor 0 (qi-domain §3.2), then multiplied."""

    def scaled(value: float | None) -> float | None:
        if value is None:
            return None
        return (max(value, 0) ** TIME_POWER if kind is ChartKind.T else value) * multiply

    # A phase has few different limits, and often one: each is scaled once.
    once = {value: scaled(value) for value in {*lines.lower, *lines.upper}}
    nothing: Values = (None,) * len(lines.lower)
    return Lines(
        scaled(lines.centre),
        tuple(once[value] for value in lines.lower),
        tuple(once[value] for value in lines.upper),
        nothing,
        nothing,
    )
