"""A Pareto as bars across, longest first, with the share reached so far as a line: names stay readable at any width."""

from app.charts.drawing.frame import LOOKS, WIDE, Look
from app.charts.drawing.marks import GRID, INK, MUTED, PAPER
from app.charts.drawing.markup import breadth, data_table, element, fitted, points, text
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
    for line in fitted(name, large, look.width - 4, bold=True):
        y += large * 1.25
        drawn.append(words((2, y), line, large, bold=True))
    y += look.line
    drawn.append(words((2, y), "Bars: count. Line: share reached so far.", look.type, fill=MUTED))
    end = look.width - (breadth("99.9% so far", look.type) + 10)
    y += 10
    curve, rows = [], []
    for bar in chart.categories:
        lines = fitted(f"{bar.name}, {shown(bar.count)}", look.type, look.width - 8)
        rows += _row(chart, bar, lines, look, y, end)
        y += look.line * len(lines)
        curve.append((2 + (end - 2) * bar.cumulative, y + look.line * 0.7))
        y += look.line * 1.4
    drawn.append(element("polyline", points=points(curve), fill="none", stroke=INK, stroke_width=1.2))
    drawn += rows
    drawn += [element("circle", cx=x, cy=up, r=3, fill=INK) for x, up in curve]
    height = y + 6
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


def _row(chart: Pareto, bar: Category, lines: list[str], look: Look, top: float, end: float) -> list[str]:
    """A category: its name and count above its bar, the share reached at the right."""
    y, high = top + look.line * (len(lines) + 0.2), look.line
    return [
        *(words((2, top + look.line * number), line, look.type) for number, line in enumerate(lines, 1)),
        element("line", x1=2, x2=end, y1=y + high + 3, y2=y + high + 3, stroke=GRID, stroke_width=1),
        element("rect", x=2, y=y, width=max((end - 2) * bar.count / chart.total, 0.5), height=high, fill=BAR),
        words((end + 8, y + look.type * 0.9), f"{shown(bar.cumulative, percent=True)} so far", look.type, fill=MUTED),
    ]


def pareto_rows(chart: Pareto) -> tuple[list[str], list[list[str]]]:
    """Heads and rows in words: each category with its count, its share and the share reached."""
    rows = [
        [bar.name, shown(bar.count), shown(bar.share, percent=True), shown(bar.cumulative, percent=True)]
        for bar in chart.categories
    ]
    return ["Category", "Count", "Share", "Share reached"], rows


def pareto_figure(chart: Pareto, prefix: str, *, title: str = "", said: str | None = None) -> str:
    """The Pareto in HTML: both pictures, its words, and its data. `said` takes the place of the summary."""
    says = summary(chart) if said is None else said
    data = data_table(title or chart.series, *pareto_rows(chart))
    return element(
        "figure",
        *(pareto_svg(chart, prefix, title=title, look=look, said=says) for look in LOOKS),
        element("figcaption", element("p", text(says))),
        element("details", element("summary", "Data of this chart"), data),
        class_="chart",
        id=prefix,
    )
