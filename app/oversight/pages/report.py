"""A report: the pyramid, every figure over time, the directorates beside each other, and what differs from before."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from app.kernel.clock import london_date
from app.oversight import wording
from app.oversight.choosing import TODAY
from app.oversight.pages.figures import Figure, LevelLine, Lists, PathFor, figures, level_lines, month_key
from app.oversight.pictures import analyses, pyramid_html
from app.oversight.queries.reading import Reading
from app.oversight.rules.figures import TRUST, Measure, Part, Report
from app.web.page import Page
from app.web.words import day, plural

WHO_READS = (
    "Board members and the QI team; whoever leads a directorate reads that one’s report. The board reads numbers and "
    "no names."
)
FOR_EVERYBODY = 2
"""The first levels concern everybody: their shares stand beside each other in the list of directorates."""
TODAY_OPTION = "As it is today"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOption:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectorateLine:
    """`shares` are of the levels that concern everybody, in their order."""

    name: str
    href: str
    people: str
    shares: tuple[str, ...]
    trained: str
    days: str
    overdue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceLine:
    what: str
    then: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(Page):
    template: ClassVar[str] = "oversight/report.html"
    who_sees: ClassVar[str] = WHO_READS

    title: str
    up: str
    as_at: str
    status: str
    other: str
    other_href: str
    say: str
    signals: tuple[str, ...]
    address: str
    months: tuple[MonthOption, ...]
    pyramid_html: str
    levels: tuple[LevelLine, ...]
    held: str
    figures: tuple[Figure, ...]
    shared: tuple[str, ...]
    directorates: tuple[DirectorateLine, ...]
    differs: str
    differences: tuple[DifferenceLine, ...]
    small_numbers: str
    directorate: str
    month: str
    known: str
    counts: str

    @classmethod
    def of(cls, reading: Reading, path_for: PathFor, *, may_name: bool, may_see_trust: bool, has_counts: bool) -> Self:
        report, part, choice = reading.report, reading.part, reading.choice
        charts = analyses(report, part)
        lists = Lists(path_for, choice.directorate_id, choice.month, may_name and not reading.as_reported)
        links = _Links(path_for, reading)
        whole = choice.directorate_id == TRUST
        return cls(
            title=heading(part),
            up=path_for("oversight:trust", month=month_key(choice.month)) if may_see_trust and not whole else "",
            as_at=f"As at {day(report.as_at)}",
            status=status(reading),
            other=links.other_words(),
            other_href=links.other(),
            say=wording.sentence(report, part),
            signals=tuple(wording.signals(charts)),
            address=links.here(),
            months=tuple(_months(reading)),
            pyramid_html=pyramid_html(report, part),
            levels=tuple(level_lines(reading, lists)),
            held=f"{wording.HELD} {wording.AIMED_AT}",
            figures=tuple(figures(reading, charts, lists)),
            shared=tuple(level.title for level in report.levels[:FOR_EVERYBODY]),
            directorates=tuple(_directorates(reading, links)) if whole else (),
            differs=_differs(reading),
            differences=tuple(_differences(reading)),
            small_numbers=wording.SMALL_NUMBERS,
            directorate=str(choice.directorate_id or ""),
            month=month_key(choice.month),
            known=TODAY if choice.known else "",
            counts=path_for("ratings:counts") if has_counts else "",
        )


def heading(part: Part) -> str:
    """The trust: improvement capability"""
    return f"{part.name}: improvement capability"


def status(reading: Reading) -> str:
    """Whether it is what was reported, or what is known today."""
    if reading.as_reported and reading.reported_at is not None:
        return f"As it was reported on {day(london_date(reading.reported_at))}."
    if reading.choice.month is None:
        return "With what is known today; the charts end with the last whole month."
    if reading.reported_at is not None:
        return "With what is known today, and not as it was reported."
    return "With what is known today: no report of this month was kept."


@dataclass(frozen=True, slots=True)
class _Links:
    path_for: PathFor
    reading: Reading

    def to(self, directorate_id: int, *, known: bool) -> str:
        query = {"month": month_key(self.reading.choice.month), "known": TODAY if known else ""}
        if directorate_id == TRUST:
            return self.path_for("oversight:trust", **query)
        return self.path_for("oversight:directorate", directorate_id=directorate_id, **query)

    def here(self) -> str:
        """This page without a month, for the form that chooses one."""
        return self.to(self.reading.choice.directorate_id, known=False).partition("?")[0]

    def other(self) -> str:
        """The same month, the other way round; empty where there is only one way."""
        if self.reading.reported_at is None:
            return ""
        return self.to(self.reading.choice.directorate_id, known=self.reading.as_reported)

    def other_words(self) -> str:
        reported = self.reading.reported_at
        if reported is None:
            return ""
        then = f"Show it as it was reported on {day(london_date(reported))}"
        return "Show it with what is known today" if self.reading.as_reported else then


def _months(reading: Reading) -> Iterator[MonthOption]:
    chosen = reading.choice.month
    yield MonthOption(value="", text=TODAY_OPTION, chosen=chosen is None)
    if chosen is not None and chosen not in {one.month for one in reading.kept}:
        yield MonthOption(value=month_key(chosen), text=wording.month_name(chosen), chosen=True)
    for one in reading.kept:
        made = day(london_date(one.made_at))
        text = f"{wording.month_name(one.month)}, reported on {made}"
        yield MonthOption(value=month_key(one.month), text=text, chosen=one.month == chosen)


def _directorates(reading: Reading, links: _Links) -> Iterator[DirectorateLine]:
    report = reading.report
    for part in report.parts:
        yield _line(report, part, links.to(part.directorate_id, known=reading.choice.known))
    closed = _of_closed(report)
    if closed:
        nothing = tuple("" for _ in report.levels[:FOR_EVERYBODY])
        yield DirectorateLine(
            name="Directorates that have closed", href="", people="", shares=nothing, trained=f"{closed:,}", days="",
            overdue="",
        )  # fmt: skip
    yield _line(report, report.trust, "")


def _line(report: Report, part: Part, href: str) -> DirectorateLine:
    days = part.totals[Measure.DAYS]
    nobody = "–" if Measure.DAYS not in part.withheld else wording.NOT_SHOWN
    return DirectorateLine(
        name=part.name,
        href=href,
        people=f"{part.people:,}",
        shares=tuple(
            wording.share(part.held.get(level.slug, 0), part.people) for level in report.levels[:FOR_EVERYBODY]
        ),
        trained=wording.number(part.totals[Measure.TRAINED]),
        days=nobody if days is None else wording.number(days),
        overdue=wording.number(part.totals[Measure.OVERDUE]),
    )


def _of_closed(report: Report) -> int:
    """People trained in the year in directorates that are no longer there: the rest of the trust's own number."""
    here = sum(part.totals[Measure.TRAINED] or 0 for part in report.parts)
    return int((report.trust.totals[Measure.TRAINED] or 0) - here)


def _differs(reading: Reading) -> str:
    if reading.reported_at is None:
        return ""
    count = len(reading.differences)
    if not count:
        return "With what is known today, every figure is as it was reported."
    be = "is" if count == 1 else "are"
    return f"With what is known today, {plural(count, 'figure')} {be} other than reported."


def _differences(reading: Reading) -> Iterator[DifferenceLine]:
    levels = {level.slug: level.title for level in reading.report.levels}
    for one in reading.differences:
        what, then, now = wording.difference(one, levels)
        yield DifferenceLine(what=what, then=then, now=now)
