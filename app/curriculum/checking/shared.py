"""What all courses share: framework.yaml and glossary.yaml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.curriculum.files import Shelf
from app.curriculum.format import Framework, Glossary, Term, checked
from app.curriculum.located import Document
from app.curriculum.problems import Findings

FRAMEWORK, GLOSSARY = "framework.yaml", "glossary.yaml"
LONGEST_DEFINITION = 40
REVEALING = ("patient", "carer", "service user")


@dataclass(frozen=True, slots=True)
class Shared:
    framework: Framework
    terms: Mapping[str, Term]


def read_shared(shelf: Shelf) -> Shared | None:
    """Both files; None, with findings, when either cannot be used."""
    framework = _framework(shelf)
    terms = _terms(shelf)
    return Shared(framework, terms) if framework and terms is not None else None


def refuse_repeats(
    findings: Findings, file: str, document: Document, where: tuple[str | int, ...], ids: Iterable[object], what: str
) -> None:
    """A finding for each entry of the list at `where` whose id an earlier entry has."""
    seen = set()
    for place, one in enumerate(ids):
        if one in seen:
            line = document.line((*where, place))
            findings.add(file, line, f"the {what} '{one}' is there twice", "Give each its own, or delete one")
        seen.add(one)


def _framework(shelf: Shelf) -> Framework | None:
    file = shelf.read(FRAMEWORK)
    read = checked(Framework, file, shelf.findings) if file else None
    if file is None or read is None:
        return None
    framework, document = read
    for where, ids, what in (
        ("tiers", [t.slug for t in framework.tiers], "tier"),
        ("tiers", [t.position for t in framework.tiers], "position"),
        ("competencies", [c.id for c in framework.competencies], "competency"),
        ("levels", [level.level for level in framework.levels], "level"),
    ):
        refuse_repeats(shelf.findings, file.name, document, (where,), ids, what)
    _paths(shelf, file.name, document, framework)
    for place, tier in enumerate(framework.tiers):
        if tier.audience == "partner" and (word := reveals(tier.title)):
            message = f"the title of the tier '{tier.slug}' says '{word}', and certificates show it"
            line = document.line(("tiers", place, "title"))
            shelf.findings.add(file.name, line, message, "Choose a title that tells nobody who is a patient or carer")
    return framework


def _paths(shelf: Shelf, file: str, document: Document, framework: Framework) -> None:
    """What a level leads to is another level of the same file."""
    known = {tier.slug for tier in framework.tiers}
    for place, tier in enumerate(framework.tiers):
        for to in tier.path.leads_to if tier.path else ():
            if to not in known - {tier.slug}:
                line = document.line(("tiers", place, "path", "leads_to"))
                message = f"the tier '{tier.slug}' leads to '{to}', which is no other tier"
                shelf.findings.add(file, line, message, "Write the slug of another tier of this file, or delete it")


def reveals(title: str) -> str | None:
    """The word in a title that would say of its holder that they are a patient or a carer."""
    return next((word for word in REVEALING if word in title.casefold()), None)


def _terms(shelf: Shelf) -> dict[str, Term] | None:
    file = shelf.read(GLOSSARY)
    read = checked(Glossary, file, shelf.findings) if file else None
    if file is None or read is None:
        return None
    glossary, document = read
    refuse_repeats(shelf.findings, file.name, document, (), [t.term.casefold() for t in glossary.root], "term")
    for place, term in enumerate(glossary.root):
        if (words := len(term.definition.split())) > LONGEST_DEFINITION:
            message = f"the definition of '{term.term}' has {words} words"
            remedy = f"Write {LONGEST_DEFINITION} at most"
            shelf.findings.add(file.name, document.line((place, "definition")), message, remedy)
    return {term.term.casefold(): term for term in glossary.root}
