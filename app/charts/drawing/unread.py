"""The chart before it is read: points and lines without a word about signals, for whoever is to find them."""

from collections.abc import Sequence
from dataclasses import replace

from app.charts.analysis import Analysis, Point
from app.charts.drawing.frame import LOOKS, Look, frame
from app.charts.drawing.heading import footing, subtitle
from app.charts.drawing.marks import MUTED, PAPER
from app.charts.drawing.markup import element, text, wrapped
from app.charts.drawing.notes import Annotation, notes
from app.charts.drawing.picture import FONT
from app.charts.drawing.plot import data, grid, margin, phase_lines, words
from app.charts.numbers import figure as shown
from app.charts.numbers import moment
from app.charts.signals import Label
from app.charts.summary import centre_name, percent


def unread_figure(analysis: Analysis, prefix: str, *, title: str = "", annotations: Sequence[Annotation] = ()) -> str:
    """As picture.figure, with the same two pictures and data, but nothing that tells what the chart says."""
    plain = _unread(analysis)
    name = title or analysis.series
    return element(
        "figure",
        *(_picture(plain, f"{prefix}-{look.name}", name, annotations, look) for look in LOOKS),
        element("details", element("summary", "Data of this chart"), _table(plain, name)),
        class_="chart",
        id=prefix,
    )


def _unread(analysis: Analysis) -> Analysis:
    return replace(
        analysis,
        points=tuple(replace(point, label=Label.COMMON) for point in analysis.points),
        phases=tuple(replace(phase, patterns=(), signal=False) for phase in analysis.phases),
    )


def _picture(analysis: Analysis, ids: str, name: str, annotations: Sequence[Annotation], look: Look) -> str:
    above, top = _heading(analysis, name, look)
    place = frame(analysis, look, top)
    no_legend = replace(analysis, points=())
    below, height = footing(no_legend, annotations, look, place.bottom + look.line * 2.5)
    said = f"{subtitle(analysis)}. {len(analysis.points)} points. The data are in the table below the picture."
    return element(
        "svg",
        element("title", text(name), id=f"{ids}-title"),
        element("desc", text(said), id=f"{ids}-desc"),
        element("rect", width=look.width, height=height, fill=PAPER),
        *above,
        *grid(place, percent=percent(analysis)),
        *phase_lines(place, analysis),
        *data(place, analysis),
        *notes(place, analysis, annotations),
        *margin(place, analysis),
        *below,
        viewBox=f"0 0 {look.width:g} {height:.1f}",
        role="img",
        aria_labelledby=f"{ids}-title {ids}-desc",
        class_=f"chart-picture chart-{look.name}",
        font_family=FONT,
    )


def _heading(analysis: Analysis, name: str, look: Look) -> tuple[list[str], float]:
    drawn: list[str] = []
    y, large = 4.0, look.type + 4
    for line in wrapped(name, round(look.characters * look.type / large)):
        y += large * 1.25
        drawn.append(words((2, y), line, large, bold=True))
    for line in wrapped(subtitle(analysis), look.characters):
        y += look.line
        drawn.append(words((2, y), line, look.type, fill=MUTED))
    return drawn, y + look.line * 1.8


def _table(analysis: Analysis, title: str) -> str:
    heads = ("When", "Value", centre_name(analysis).capitalize(), "Lower limit", "Upper limit")
    return element(
        "table",
        element("caption", text(title)),
        element("thead", element("tr", *(element("th", text(head), scope="col") for head in heads))),
        element("tbody", *(_row(point, pct=percent(analysis)) for point in analysis.points)),
    )


def _row(point: Point, *, pct: bool) -> str:
    cells = (point.y, point.centre, point.lower, point.upper)
    known = ("–" if value is None else text(shown(value, percent=pct)) for value in cells)
    return element("tr", element("th", text(moment(point.x)), scope="row"), *(element("td", one) for one in known))
