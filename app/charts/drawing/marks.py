"""How a point looks: a shape for where it stands, a colour for what that means. Shapes tell apart without colour."""

from app.charts.drawing.markup import element, points
from app.charts.icons import Variation, Wanted, variation_of
from app.charts.signals import HIGH, Label

INK = "#212b32"
MUTED = "#4c6272"
GRID = "#e3e8eb"
PAPER = "#ffffff"
TARGET = "#a1260d"
LIMIT = "#6b7f8d"

# Making Data Count's blue, orange and purple, with the outline dark enough on white for each (3:1 and more).
FILLS = {
    Variation.COMMON_CAUSE: ("#8a99a4", MUTED),
    Variation.IMPROVEMENT_HIGH: ("#41a6e6", "#005eb8"),
    Variation.IMPROVEMENT_LOW: ("#41a6e6", "#005eb8"),
    Variation.CONCERN_HIGH: ("#ffa000", "#9c4f00"),
    Variation.CONCERN_LOW: ("#ffa000", "#9c4f00"),
    Variation.NEUTRAL_HIGH: ("#b59ad6", "#5b2e91"),
    Variation.NEUTRAL_LOW: ("#b59ad6", "#5b2e91"),
}
OUTSIDE = {Label.ABOVE, Label.BELOW}
NEAR_A_LIMIT = {Label.NEAR_UPPER, Label.NEAR_LOWER}


def mark(
    x: float, y: float, size: float, label: Label, wanted: Wanted, *, left_out: bool = False, place: int | None = None
) -> str:
    """A point: a circle in common cause; a triangle up or down in a shift or trend; a square near, a diamond outside.

    An excluded point is hollow. `place` is carried as data-point.
    """
    fill, line = FILLS[variation_of(label, wanted)]
    looks: dict[str, str | float | None] = {
        "fill": PAPER if left_out else fill,
        "stroke": line,
        "stroke_width": 1.5,
        "class_": f"chart-{label.value}",
        "data_point": place,
    }
    if label is Label.COMMON:
        return element("circle", cx=x, cy=y, r=size, **looks)
    return element("polygon", points=points([(x + size * a, y + size * b) for a, b in _corners(label)]), **looks)


def _corners(label: Label) -> list[tuple[float, float]]:
    if label in OUTSIDE:
        return [(0, -1.9), (1.7, 0), (0, 1.9), (-1.7, 0)]
    if label in NEAR_A_LIMIT:
        return [(-1.2, -1.2), (1.2, -1.2), (1.2, 1.2), (-1.2, 1.2)]
    return [(0, -1.7), (1.6, 1.2), (-1.6, 1.2)] if label in HIGH else [(0, 1.7), (1.6, -1.2), (-1.6, -1.2)]
