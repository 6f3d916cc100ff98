"""The one component that draws a measure over time: an SVG with title and description, or a whole figure in HTML."""

from collections.abc import Sequence

from app.charts.analysis import Analysis
from app.charts.drawing.frame import LOOKS, WIDE, Look, frame
from app.charts.drawing.heading import footing, heading, subtitle
from app.charts.drawing.marks import PAPER
from app.charts.drawing.markup import data_table, element, text
from app.charts.drawing.notes import Annotation, notes
from app.charts.drawing.plain import unread
from app.charts.drawing.plot import data, grid, margin, phase_lines, target_line
from app.charts.numbers import figure as shown
from app.charts.numbers import moment
from app.charts.summary import LABEL, centre_name, last_value, percent, summarise

FONT = "Frutiger W01, Arial, Liberation Sans, sans-serif"


def svg(
    analysis: Analysis,
    prefix: str,
    *,
    title: str = "",
    annotations: Sequence[Annotation] = (),
    look: Look = WIDE,
    namespace: str | None = None,
    plain: bool = False,
    headed: bool = True,
) -> str:
    """The chart as an SVG element. `prefix` makes its ids unique on a page; `title` is the series' name by default.

    Looks are presentation attributes, so that a strict Content-Security-Policy has nothing to refuse. A plain picture
    is for readers who are to find the signals themselves: it tells of none, and numbers its marks in `data-point`.
    One that is not `headed` stands under a heading that says its title, and does not write it again.
    """
    if plain:
        analysis = unread(analysis)
    name = title or analysis.series
    known = [note for note in annotations if note.x in {point.x for point in analysis.points}]
    above, top = heading(analysis, name if headed else "", look, plain=plain)
    place = frame(analysis, look, top)
    below, height = footing(analysis, known, look, place.bottom + look.line * (3 if plain else 4), plain=plain)
    said = last_value if plain else summarise
    ids = f"{prefix}-{look.name}-title", f"{prefix}-{look.name}-desc"
    return element(
        "svg",
        element("title", text(name), id=ids[0]),
        element("desc", text(f"{subtitle(analysis)}. {said(analysis)}"), id=ids[1]),
        element("rect", width=look.width, height=height, fill=PAPER),
        *above,
        *grid(place, percent=percent(analysis)),
        *target_line(place, analysis),
        *phase_lines(place, analysis),
        *data(place, analysis, numbered=plain),
        *notes(place, analysis, known),
        *margin(place, analysis),
        *below,
        xmlns=namespace,
        viewBox=f"0 0 {look.width:g} {height:.1f}",
        role="img",
        aria_labelledby=" ".join(ids),
        class_=f"chart-picture chart-{look.name}",
        font_family=FONT,
    )


def standalone(analysis: Analysis, prefix: str, *, title: str = "", annotations: Sequence[Annotation] = ()) -> str:
    """The wide picture as a file of its own."""
    return svg(analysis, prefix, title=title, annotations=annotations, namespace="http://www.w3.org/2000/svg")


def figure(
    analysis: Analysis, prefix: str, *, title: str = "", annotations: Sequence[Annotation] = (), plain: bool = False
) -> str:
    """The chart in HTML: two pictures of which style.css shows the fitting one, its words, warnings, and its data.

    A plain figure says nothing of signals, in no place: see `svg`.
    """
    pictures = [svg(analysis, prefix, title=title, annotations=annotations, look=look, plain=plain) for look in LOOKS]
    words = last_value(analysis) if plain else summarise(analysis)
    warnings = [element("p", text(warning), class_="chart-warning") for warning in analysis.warnings]
    return element(
        "figure",
        *pictures,
        element("figcaption", element("p", text(words)), *warnings),
        element(
            "details", element("summary", "Data of this chart"), table(analysis, title or analysis.series, plain=plain)
        ),
        class_="chart",
        id=prefix,
    )


def data_rows(analysis: Analysis, *, plain: bool = False) -> tuple[list[str], list[list[str]]]:
    """Heads and rows in words: every point with its lines, phase and label. A plain one has no labels."""
    heads = ["When", "Value", centre_name(analysis).capitalize(), "Lower limit", "Upper limit", "Phase"]
    pct = percent(analysis)
    rows = [
        [
            moment(point.x),
            *("–" if v is None else shown(v, percent=pct) for v in (point.y, point.centre, point.lower, point.upper)),
            str(point.phase),
            *([] if plain else ["Missing" if point.y is None else LABEL[point.label]]),
        ]
        for point in analysis.points
    ]
    return [*heads, *([] if plain else ["Signal"])], rows


def table(analysis: Analysis, title: str, *, plain: bool = False, links: Sequence[str] | None = None) -> str:
    """What the picture shows, for those who read or copy it; `links` lead to what is behind each point, where any."""
    return data_table(title, *data_rows(analysis, plain=plain), links)
