"""What authors see beside the pages for learners: the shelf, the keys, the guides, what is for whoever teaches."""

from app.authoring.pages.bar import BarView, ProblemLine, Way
from app.authoring.pages.guide import GuidePage
from app.authoring.pages.shelf import ElsewherePage, ShelfPage, UnreadablePage
from app.authoring.pages.teach import TeachPage

__all__ = [
    "BarView",
    "ElsewherePage",
    "GuidePage",
    "ProblemLine",
    "ShelfPage",
    "TeachPage",
    "UnreadablePage",
    "Way",
]
