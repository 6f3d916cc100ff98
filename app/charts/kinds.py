"""The kinds of chart, and what each takes."""

from enum import StrEnum


class ChartKind(StrEnum):
    RUN = "run"
    XMR = "xmr"
    I = "i"  # noqa: E741  # the chart's own name
    MR = "mr"
    P = "p"
    U = "u"
    C = "c"
    G = "g"
    T = "t"
    P_PRIME = "pp"
    U_PRIME = "up"


NAMES = {
    ChartKind.RUN: "Run chart",
    ChartKind.XMR: "XmR chart",
    ChartKind.I: "I chart",
    ChartKind.MR: "Moving range chart",
    ChartKind.P: "P chart",
    ChartKind.U: "U chart",
    ChartKind.C: "C chart",
    ChartKind.G: "G chart",
    ChartKind.T: "T chart",
    ChartKind.P_PRIME: "P′ chart",
    ChartKind.U_PRIME: "U′ chart",
}

NEEDS_DENOMINATOR = {ChartKind.P, ChartKind.U, ChartKind.P_PRIME, ChartKind.U_PRIME}
TAKES_DENOMINATOR = NEEDS_DENOMINATOR | {ChartKind.RUN, ChartKind.XMR, ChartKind.I, ChartKind.MR}
PROPORTIONS = {ChartKind.P, ChartKind.P_PRIME}
COUNTS = NEEDS_DENOMINATOR | {ChartKind.C, ChartKind.G}
SCREENED_UNLESS_TOLD = {ChartKind.XMR, ChartKind.I, ChartKind.T}
CENTRED_ON_MEDIAN = {ChartKind.RUN, ChartKind.G}
