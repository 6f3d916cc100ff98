"""The modules' texts: prepared, measured, compared."""

from dataclasses import dataclass

from app.curriculum.checking.outcome import CheckedModule
from app.curriculum.checking.outline import Outline
from app.curriculum.checking.plainness import check_abbreviations, check_easy_sentences, check_pace
from app.curriculum.checking.reading_age import hardest, reading_age
from app.curriculum.checking.repeats import Repeats
from app.curriculum.checking.wording import check_wording
from app.curriculum.files import Shelf, SourceFile
from app.curriculum.format import Module
from app.curriculum.text import Library, Prepared, prepare

OLDER, YOUNGER = 0.5, 1.5
"""How far a text may measure outside its course's range, in years: the formula is no finer than that."""
HARDEST = 3
"""How many of the hardest sentences a message names."""
QUOTED = 160


@dataclass(frozen=True, slots=True)
class Texts:
    outline: Outline
    shelf: Shelf
    library: Library
    repeats: Repeats
    folder: str

    def check(self, module: Module, where: tuple[str | int, ...]) -> CheckedModule | None:
        """The module with its text prepared; None when its file cannot be read."""
        file = self._file(module.file, (*where, "file"))
        easy = self._file(module.easy_read, (*where, "easy_read")) if module.easy_read else None
        if file is None:
            return None
        text = self._prepared(file, module)
        self.repeats.add(file.name, text.passages)
        easy_text = self._prepared(easy, module, "easy-") if easy else None
        used = frozenset(text.used) | frozenset(easy_text.used if easy_text else ())
        notes = text.notes + (easy_text.notes if easy_text else "")
        return CheckedModule(module, text.html, easy_text.html if easy_text else None, used, notes)

    def _file(self, name: str | None, where: tuple[str | int, ...]) -> SourceFile | None:
        if name is None:
            return None
        if not self.shelf.exists(self.folder, name):
            remedy = "Add the file to the course's folder, or correct its name"
            self.outline.tell(where, f"the file '{name}' does not exist", remedy)
            return None
        return self.shelf.read(self.folder, name)

    def _prepared(self, file: SourceFile, module: Module, prefix: str = "") -> Prepared:
        text = prepare(file, self.library, prefix, module.activities)
        check_wording(self.outline.findings, file)
        check_abbreviations(self.outline.findings, file.name, text, self.library.terms)
        if prefix:
            check_easy_sentences(self.outline.findings, file.name, text)
        else:
            check_pace(self.outline, file.name, text, module)
        self._measure(file, text, easy=bool(prefix))
        return text

    def _measure(self, file: SourceFile, text: Prepared, *, easy: bool) -> None:
        age = reading_age(p.words for p in text.passages if p.counts)
        wanted = self.outline.course.reading_age
        if age is None:
            return
        if age > wanted.to + OLDER:
            hard = "; ".join(map(_quoted, hardest((p.words for p in text.passages if p.counts), HARDEST)))
            remedy = f"Use shorter sentences and shorter words. The hardest are: {hard}"
        elif age < wanted.from_ - YOUNGER and not easy:
            remedy = "Join some sentences, or write a lower age into reading_age in course.yaml"
        else:
            return
        message = f"the reading age is {age:.1f}, and the course is written for {wanted.from_} to {wanted.to}"
        self.outline.findings.add(file.name, 1, message, remedy)


def _quoted(sentence: str) -> str:
    return f"“{sentence if len(sentence) <= QUOTED else sentence[: QUOTED - 1] + '…'}”"
