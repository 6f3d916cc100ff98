"""A Pareto as bars across, longest first, with the share reached so far as a line: names stay readable at any width."""

from app.charts.drawing.frame import LOOKS, WIDE, Look
from app.charts.drawing.marks import GRID, INK, MUTED, PAPER
from app.charts.drawing.markup import breadth, element, points, text, wrapped
from app.charts.drawing.picture import FONT
from app.charts.drawing.plot import words
from app.charts.numbers import figure as shown
from app.charts.pareto import VITAL, Category, Pareto, vital_few

BAR = "#41a6e6"


def summary(chart: Pareto, share: float = VITAL) -> str:
    """ "The first 3 of 9 categories make up 78.6% of 131." Those that reach a share of the whole, or pass it."""
    vital = vital_few(chart, share)
    few = "category makes" if len(vital) == 1 else f"{len(vital)} categories make"
    whole = f"{shown(vital[-1].cumulative, percent=True)} of {shown(chart.total)}"
    first = chart.categories[0].name
    return f"Of {len(chart.categories)} categories, the first {few} up {whole}; the first of all is {first}."


def pareto_svg(
    chart: Pareto,
    prefix: str,
    *,
    title: str = "",
    look: Look = WIDE,
    standalone: bool = False,
    said: str | None = None,
) -> str:
    """The bars as an SVG element, or a file of its own. `said` takes the place of the summary."""
    name = title or chart.series
    large, y, drawn = look.type + 4, 4.0, []
    for line in wrapped(name, round(look.characters * look.type / large)):
        y += large * 1.25
        drawn.append(words((2, y), line, large, bold=True))
    y += look.line
    drawn.append(words((2, y), "Bars: count. Line: share reached so far.", look.type, fill=MUTED))
    row = look.line * 2.4
    end = look.width - (breadth("99.9% so far", look.type) + 10)
    curve = []
    for number, bar in enumerate(chart.categories):
        drawn += _row(chart, bar, look, y + 10 + number * row)
        curve.append((2 + (end - 2) * bar.cumulative, y + 10 + number * row + look.line * 1.7))
    drawn.append(element("polyline", points=points(curve), fill="none", stroke=INK, stroke_width=1.2))
    drawn += [element("circle", cx=x, cy=up, r=3, fill=INK) for x, up in curve]
    height = y + 16 + len(chart.categories) * row
    ids = f"{prefix}-{look.name}-title", f"{prefix}-{look.name}-desc"
    return element(
        "svg",
        element("title", text(name), id=ids[0]),
        element("desc", text(f"Pareto chart. {summary(chart) if said is None else said}"), id=ids[1]),
        element("rect", width=look.width, height=height, fill=PAPER),
        *drawn,
        xmlns="http://www.w3.org/2000/svg" if standalone else None,
        viewBox=f"0 0 {look.width:g} {height:.1f}",
        role="img",
        aria_labelledby=" ".join(ids),
        class_=f"chart-picture chart-{look.name}",
        font_family=FONT,
    )


def _row(chart: Pareto, bar: Category, look: Look, top: float) -> list[str]:
    """A category: its name and count above its bar, the share reached at the right."""
    end = look.width - (breadth("99.9% so far", look.type) + 10)
    most = chart.total
    y, high = top + look.line * 1.2, look.line
    name = wrapped(bar.name, round((end - 40) / look.type / 0.56))
    short = name[0] + ("…" if len(name) > 1 else "")
    return [
        words((2, top + look.line), f"{short}, {shown(bar.count)}", look.type),
        element("line", x1=2, x2=end, y1=y + high + 3, y2=y + high + 3, stroke=GRID, stroke_width=1),
        element("rect", x=2, y=y, width=max((end - 2) * bar.count / most, 0.5), height=high, fill=BAR),
        words((end + 8, y + look.type * 0.9), f"{shown(bar.cumulative, percent=True)} so far", look.type, fill=MUTED),
    ]


def pareto_figure(chart: Pareto, prefix: str, *, title: str = "", said: str | None = None) -> str:
    """The Pareto in HTML: both pictures, its words, and its data. `said` takes the place of the summary."""
    says = summary(chart) if said is None else said
    heads = ("Category", "Count", "Share", "Share reached")
    rows = [
        element(
            "tr",
            element("th", text(bar.name), scope="row"),
            element("td", text(shown(bar.count))),
            element("td", text(shown(bar.share, percent=True))),
            element("td", text(shown(bar.cumulative, percent=True))),
        )
        for bar in chart.categories
    ]
    data = element(
        "table",
        element("caption", text(title or chart.series)),
        element("thead", element("tr", *(element("th", text(head), scope="col") for head in heads))),
        element("tbody", *rows),
    )
    return element(
        "figure",
        *(pareto_svg(chart, prefix, title=title, look=look, said=says) for look in LOOKS),
        element("figcaption", element("p", text(says))),
        element("details", element("summary", "Data of this chart"), data),
        class_="chart",
        id=prefix,
    )
