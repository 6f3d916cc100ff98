"""What a reader would stumble over: letters that nobody explains, long sentences in easy read, too little time."""

import re
from collections.abc import Mapping

from app.curriculum.checking.outline import Outline
from app.curriculum.checking.reading_age import sentences
from app.curriculum.format import Module, Term
from app.curriculum.problems import Findings
from app.curriculum.text import Prepared

EVERYDAY = frozenset({"A&E", "GP", "ID", "IT", "NHS", "OK", "PC", "PDF", "QI", "TV", "UK"})
"""Letters that everybody here says: on every notice board of a hospital, and in this site's name."""
LONGEST_EASY = 15
"""Words in a sentence of easy read."""
FASTEST = 200
"""Words a minute: an adult reads 238 of plain prose (Brysbaert 2019), and there are figures and tables to look at."""
_EXPLAINED = r"\({0}\)|(?<!\w){0} \(|(?<!\w){0}:|\bcalled {0}\b|^{0}$"
_LETTERS = re.compile(r"(?<![\w&-])[A-Z][A-Z&]*[A-Z](?![\w&-])")


def check_abbreviations(findings: Findings, file: str, text: Prepared, terms: Mapping[str, Term]) -> None:
    """Each is explained in the text, as in "length of stay (LOS)", or by a term of the glossary that the text uses.

    A cell of a table, "LOS: how long somebody stays", and "It is called LOS" explain, too.
    """
    whole = "\n".join(passage.words for passage in text.passages)
    in_terms = {word for key in text.used for word in _LETTERS.findall(f"{terms[key].term} {terms[key].definition}")}
    told: set[str] = set()
    for passage in text.passages:
        for letters in _LETTERS.findall(passage.words):
            known = letters in EVERYDAY | in_terms | told
            if known or re.search(_EXPLAINED.format(re.escape(letters)), whole, re.MULTILINE):
                continue
            told.add(letters)
            remedy = f"Write the words and then ({letters}), or use a term of the glossary that explains it"
            findings.add(file, passage.line, f"nobody explains '{letters}'", remedy)


def check_easy_sentences(findings: Findings, file: str, text: Prepared) -> None:
    for passage in text.passages:
        for sentence, words in sentences(passage.words) if passage.counts else ():
            if words > LONGEST_EASY:
                message = f"'{sentence}' has {words} words"
                remedy = f"Make it two: easy read has {LONGEST_EASY} at most"
                findings.add(file, passage.line, message, remedy)


def check_pace(outline: Outline, file: str, text: Prepared, module: Module) -> None:
    """Minutes are honest: a nurse's revalidation counts them."""
    given = sum(activity.minutes for activity in module.activities if activity.kind == "read")
    words = sum(count for passage in text.passages for _, count in sentences(passage.words))
    needed = -(-words // FASTEST)
    if given and given < needed:
        message = f"the text has {words:,} words, and {given} minutes to read it"
        outline.findings.add(file, 1, message, f"Give it {needed} minutes, or shorten it")
