"""Above and below the plot: title, what kind of chart it is, variation and assurance as sign and words, the legend."""

from collections.abc import Iterator, Sequence

from app.charts.analysis import Analysis
from app.charts.drawing.frame import Look
from app.charts.drawing.marks import FILLS, INK, MUTED, PAPER, mark
from app.charts.drawing.markup import breadth, element, fitted
from app.charts.drawing.notes import Annotation
from app.charts.drawing.plot import words
from app.charts.icons import Assurance, Variation, Wanted, variation_of
from app.charts.kinds import NAMES
from app.charts.numbers import moment
from app.charts.signals import Label
from app.charts.summary import LABEL, runs_in_words

VARIATION = {
    Variation.COMMON_CAUSE: ("~", "Common cause"),
    Variation.IMPROVEMENT_HIGH: ("H", "Improvement, high"),
    Variation.IMPROVEMENT_LOW: ("L", "Improvement, low"),
    Variation.CONCERN_HIGH: ("H", "Concern, high"),
    Variation.CONCERN_LOW: ("L", "Concern, low"),
    Variation.NEUTRAL_HIGH: ("H", "Signal, high"),
    Variation.NEUTRAL_LOW: ("L", "Signal, low"),
}
ASSURANCE = {
    Assurance.CONSISTENT_PASS: ("P", "Passes the target", "#005eb8"),
    Assurance.CONSISTENT_FAIL: ("F", "Misses the target", "#9c4f00"),
    Assurance.INCONSISTENT: ("?", "Hit and miss", MUTED),
}


def subtitle(analysis: Analysis) -> str:
    """XmR chart, NHS Making Data Count rules, lower is better."""
    better = {Wanted.INCREASE: ", higher is better", Wanted.DECREASE: ", lower is better", Wanted.NEUTRAL: ""}
    plan = analysis.plan
    return f"{NAMES[plan.kind]}, {plan.rules.title} rules{better[plan.wanted]}"


def heading(analysis: Analysis, title: str, look: Look, *, plain: bool = False) -> tuple[list[str], float]:
    """The markup, and the height at which the plot may begin. A plain one has no signs of variation and assurance."""
    drawn: list[str] = []
    y = 4.0
    large = look.type + 4
    for line in fitted(title, large, look.width - 4, bold=True):
        y += large * 1.25
        drawn.append(words((2, y), line, large, bold=True))
    for line in fitted(subtitle(analysis), look.type, look.width - 4):
        y += look.line
        drawn.append(words((2, y), line, look.type, fill=MUTED))
    if plain:
        return drawn, y + look.line
    y += look.line * 1.5
    x = 2.0
    for sign, said, colour in _signs(analysis):
        drawn.append(_sign(x, y, sign, said, look, colour))
        if look.name == "wide":
            x += 44 + breadth(said, look.type)
        else:
            y += look.line * 1.7
    return drawn, (y if look.name == "narrow" else y + look.line * 1.5) + 4


def _signs(analysis: Analysis) -> Iterator[tuple[str, str, str]]:
    if analysis.variation is Variation.COMMON_CAUSE and runs_in_words(analysis, analysis.phases[-1]):
        # Rules about runs judge the row, and no point of it: none has a label of its own.
        yield "R", "Signal in the runs", FILLS[Variation.NEUTRAL_HIGH][1]
    else:
        sign, said = VARIATION[analysis.variation]
        yield sign, said, FILLS[analysis.variation][1]
    if analysis.assurance is not None:
        yield ASSURANCE[analysis.assurance]


def _sign(x: float, y: float, sign: str, said: str, look: Look, colour: str) -> str:
    size = look.type * 0.85
    return element(
        "g",
        element("circle", cx=x + size, cy=y - size * 0.4, r=size, fill=PAPER, stroke=colour, stroke_width=2),
        words((x + size, y), sign, look.type, anchor="middle", fill=colour, bold=True),
        words((x + size * 2 + 6, y), said, look.type, bold=True),
    )


def footing(
    analysis: Analysis, annotations: Sequence[Annotation], look: Look, top: float, *, plain: bool = False
) -> tuple[list[str], float]:
    """The legend of the marks that occur, and the annotations in words; the markup, and the picture's whole height.

    A plain picture has one kind of mark and no legend.
    """
    drawn: list[str] = []
    x, y = 8.0, top
    for label in Label:
        if not plain and any(point.label is label and point.y is not None for point in analysis.points):
            in_runs = label is Label.COMMON and any(runs_in_words(analysis, phase) for phase in analysis.phases)
            said = "Value" if in_runs else _legend(label, analysis.plan.wanted)
            long = 30 + breadth(said, look.type)
            if x + long > look.width and x > 8:  # noqa: PLR2004  # the margin
                x, y = 8.0, y + look.line * 1.2
            drawn.append(mark(x, y - look.type * 0.35, look.mark, label, analysis.plan.wanted))
            drawn.append(words((x + 12, y), said, look.type, fill=INK))
            x += long
    for number, note in enumerate(annotations, 1):
        for line in fitted(f"{number}. {moment(note.x)}: {note.words}", look.type, look.width - 4):
            y += look.line * 1.2
            drawn.append(words((2, y), line, look.type))
    return drawn, y + look.type


def _legend(label: Label, wanted: Wanted) -> str:
    """What a mark means, with the colour's meaning in words."""
    meaning = variation_of(label, wanted).value.partition("_")[0]
    return LABEL[label] if meaning in {"common", "neutral"} else f"{LABEL[label]} ({meaning})"
