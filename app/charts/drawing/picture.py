"""The one component that draws a measure over time: an SVG with title and description, or a whole figure in HTML."""

from collections.abc import Sequence

from app.charts.analysis import Analysis
from app.charts.drawing.frame import LOOKS, WIDE, Look, frame
from app.charts.drawing.heading import footing, heading, subtitle
from app.charts.drawing.marks import PAPER
from app.charts.drawing.markup import element, text
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
) -> str:
    """The chart as an SVG element. `prefix` makes its ids unique on a page; `title` is the series' name by default.

    Looks are presentation attributes, so that a strict Content-Security-Policy has nothing to refuse. A plain picture
    is for readers who are to find the signals themselves: it tells of none, and numbers its marks in `data-point`.
    """
    if plain:
        analysis = unread(analysis)
    name = title or analysis.series
    known = [note for note in annotations if note.x in {point.x for point in analysis.points}]
    above, top = heading(analysis, name, look, plain=plain)
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


def table(analysis: Analysis, title: str, *, plain: bool = False) -> str:
    """Every point with its lines, phase and label: what the picture shows, for those who read or copy it.

    A plain table has no labels.
    """
    heads = [
        "When",
        "Value",
        centre_name(analysis).capitalize(),
        "Lower limit",
        "Upper limit",
        "Phase",
        *([] if plain else ["Signal"]),
    ]
    pct = percent(analysis)
    rows = [
        element(
            "tr",
            element("th", text(moment(point.x)), scope="row"),
            *(
                element("td", "–" if value is None else text(shown(value, percent=pct)))
                for value in (point.y, point.centre, point.lower, point.upper)
            ),
            element("td", text(point.phase)),
            *([] if plain else [element("td", "Missing" if point.y is None else text(LABEL[point.label]))]),
        )
        for point in analysis.points
    ]
    return element(
        "table",
        element("caption", text(title)),
        element("thead", element("tr", *(element("th", text(head), scope="col") for head in heads))),
        element("tbody", *rows),
    )
