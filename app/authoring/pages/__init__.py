"""What authors see beside the pages for learners: the shelf, the guides with their samples."""

from app.authoring.pages.bar import BarView, ProblemLine, Way
from app.authoring.pages.guide import GuidePage
from app.authoring.pages.shelf import ElsewherePage, ShelfPage, UnreadablePage

__all__ = [
    "BarView",
    "ElsewherePage",
    "GuidePage",
    "ProblemLine",
    "ShelfPage",
    "UnreadablePage",
    "Way",
]
