"""A package's words beside the trust's own: new ones are added at the end, and the trust's own are never changed."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.curriculum.format import Term


@dataclass(frozen=True, slots=True)
class Words:
    """`glossary` is the whole file as it shall be; None when nothing is added."""

    new: tuple[Term, ...]
    kept: tuple[str, ...]
    """Terms that the trust explains otherwise than the package: its own explanation stands."""
    glossary: bytes | None


def merged(file: bytes, own: Mapping[str, Term], given: Sequence[Term]) -> Words:
    """`own` are the trust's terms by their words in small letters."""
    new = {term.term.casefold(): term for term in reversed(given) if term.term.casefold() not in own}
    added = tuple(new[key] for key in sorted(new))
    kept = tuple(t.term for t in given if _said(own.get(t.term.casefold(), t)) != _said(t))
    return Words(added, kept, _with(file, added) if added else None)


def write_glossary(path: Path, words: Words) -> None:
    """In one step, beside the old file: whoever reads it finds the one or the other, whole."""
    if words.glossary is None:
        return
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as file:
        file.write(words.glossary)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def _said(term: Term) -> str:
    return " ".join(term.definition.split())


def _with(file: bytes, terms: Sequence[Term]) -> bytes:
    lines = [line for term in terms for line in _lines(term)]
    return file.rstrip(b"\n") + b"\n" + "\n".join(lines).encode() + b"\n"


def _lines(term: Term) -> list[str]:
    source = [f"  source: {_quoted(term.source)}"] if term.source else []
    return [f"- term: {_quoted(term.term)}", f"  definition: {_quoted(term.definition)}", *source]


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
