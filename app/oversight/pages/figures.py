"""One figure of a report: its number in words, its chart, what it means, and the list behind it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from app.charts import Analysis
from app.oversight import wording
from app.oversight.pictures import HOW, chart_html
from app.oversight.queries.named import Listed
from app.oversight.queries.reading import Reading
from app.oversight.rules.figures import Measure, Value
from app.web.words import day

PathFor = Callable[..., str]
LISTS = {Measure.TRAINED: Listed.TRAINED, Measure.DAYS: Listed.DAYS, Measure.OVERDUE: Listed.OVERDUE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`missing` says why there is no chart. `href` leads to the named list, for those who may read names."""

    slug: str
    title: str
    total: str
    href: str
    chart_html: str
    missing: str
    definition: str
    as_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    title: str
    held: str
    href: str
    share: str
    target: str


def figures(reading: Reading, analyses: Mapping[Measure, Analysis], lists: "Lists") -> Iterator[Figure]:
    part, report = reading.part, reading.report
    for measure in HOW:
        if measure not in part.monthly:
            continue
        analysis = analyses.get(measure)
        behind = f", {wording.days_words(part)}" if measure is Measure.DAYS and part.totals[measure] is not None else ""
        listed = LISTS.get(measure)
        yield Figure(
            slug=measure.value,
            title=wording.TITLES[measure],
            total=wording.total(part, measure, report) + behind,
            href=lists.to(listed) if listed and _is_of_anybody(measure, part.totals.get(measure)) else "",
            chart_html=chart_html(analysis, f"chart-{measure.value}", _months(reading, measure, lists))
            if analysis
            else "",
            missing="" if analysis else _missing(reading, measure),
            definition=_definition(reading, measure),
            as_at=wording.as_at(report, measure),
        )


def _is_of_anybody(measure: Measure, value: Value) -> bool:
    """A median of no days is of somebody; a count of nought is not."""
    return value is not None if measure is Measure.DAYS else bool(value)


def _months(reading: Reading, measure: Measure, lists: "Lists") -> list[str]:
    """The list behind each month of a chart, where there is one."""
    listed, values = LISTS.get(measure), zip(reading.report.months, reading.part.monthly[measure], strict=True)
    return [
        lists.of_month(listed, month) if listed and _is_of_anybody(measure, value) else "" for month, value in values
    ]


def _missing(reading: Reading, measure: Measure) -> str:
    part, months = reading.part, len(reading.report.months)
    if measure in part.partly:
        return "Most months are not shown: see “Small numbers” below."
    if not any(part.monthly[measure]):
        return f"None in these {months} months."
    return "There is no chart yet: too few months have a value."


def _definition(reading: Reading, measure: Measure) -> str:
    left_out = measure in reading.part.partly and " Some months are not shown: see “Small numbers” below."
    return wording.DEFINITIONS[measure] + (left_out or "")


@dataclass(frozen=True, slots=True)
class Lists:
    """Links to the lists behind what is shown; a report as it was kept has numbers and no names."""

    path_for: PathFor
    directorate_id: int
    month: date | None
    may_name: bool

    def to(self, what: Listed, level: str = "") -> str:
        return self._list(what, self.month, level=level)

    def of_month(self, what: Listed, month: date) -> str:
        """Of what happened in that month; of what is overdue, as at its last day."""
        return self._list(what, month) if what is Listed.OVERDUE else self._list(what, self.month, of=month_key(month))

    def _list(self, what: Listed, month: date | None, **more: str) -> str:
        if not self.may_name:
            return ""
        place = str(self.directorate_id) if self.directorate_id else ""
        return self.path_for("oversight:named", directorate=place, month=month_key(month), what=what.value, **more)


def month_key(month: date | None) -> str:
    """2026-10"""
    return f"{month:%Y-%m}" if month else ""


def level_lines(reading: Reading, lists: Lists) -> Iterator[LevelLine]:
    part = reading.part
    for level in reading.report.levels:
        held, wanted = part.held.get(level.slug, 0), part.wanted.get(level.slug)
        yield LevelLine(
            title=level.title,
            held=f"{held:,}",
            href=lists.to(Listed.HELD, level.slug) if held else "",
            share=wording.share(held, part.people),
            target="" if wanted is None else f"{wanted:,}",
        )


def as_at_day(reading: Reading) -> str:
    return day(reading.report.as_at)
