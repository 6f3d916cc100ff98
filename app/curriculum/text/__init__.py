"""Course text as HTML: made once, when a course is loaded, from Markdown and drawings that are not trusted."""

from app.curriculum.text.markup import Passage
from app.curriculum.text.preparing import Library, Prepared, prepare, prepare_words

__all__ = ["Library", "Passage", "Prepared", "prepare", "prepare_words"]
