"""What a text is written against: the course's sources, the glossary, and what has been used so far."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.curriculum.format import Activity, Source, Term
from app.curriculum.problems import Findings


@dataclass(slots=True)
class Writing:
    """One text on its way to HTML. `prefix` keeps its ids apart from those of another text on the same page."""

    file: str
    findings: Findings
    sources: Mapping[str, Source]
    terms: Mapping[str, Term]
    prefix: str = ""
    activities: Mapping[str, Activity] = field(default_factory=dict)
    """What there is to do in this module, by id."""
    plain: bool = False
    """A question's words: no terms, no references, no headings."""
    help: bool = False
    """Inside `::: help`, where the trust's own words may stand."""
    first_line: int = 1
    line: int = 1
    cited: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    has_heading: bool = False
    in_box: bool = False
    label: str = ""
    """The title of the container around, for what needs a name of its own."""
    figures: int = 0

    def tell(self, message: str, remedy: str, line: int | None = None) -> None:
        self.findings.add(self.file, self.line if line is None else line, message, remedy)

    def new_id(self, words: str) -> str:
        """An id made of words: the same at each loading, as bookmarks need."""
        wanted = self.prefix + slug(words)
        made, number = wanted, 2
        while made in self.ids:
            made, number = f"{wanted}-{number}", number + 1
        self.ids.add(made)
        return made


def slug(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60].strip("-") or "part"
