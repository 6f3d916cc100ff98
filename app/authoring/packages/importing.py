"""Taking in a package: looked at, checked with the trust's own framework and words, then moved into place at once.

The course appears by one renaming, which is the last thing that happens, or does not appear at all. What is killed
before leaves at most a hidden folder, which everybody passes over, and words in the glossary that no text uses yet.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.authoring.packages.archive import BadPackageError, unpacked
from app.authoring.packages.glossary import Words, merged, write_glossary
from app.authoring.packages.manifest import MANIFEST, Manifest, as_entry, read
from app.authoring.places import beside, find, place_of, problems_with, put, shared_by_all, swap, write_files
from app.curriculum.checking.shared import GLOSSARY, Shared
from app.curriculum.format import Competency
from app.curriculum.kinds import Kinds
from app.curriculum.loading import CoursesRefusedError
from app.kernel.errors import RuleBrokenError

KEPT = ".replaced"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in, and what the author should know. `kept` is where the course that it replaced now lies."""

    slug: str
    title: str
    edition: int
    place: Path
    files: int
    words: Words
    other_competencies: tuple[str, ...] = ()
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class _Package:
    manifest: Manifest
    files: dict[str, bytes] = field(default_factory=dict)


def import_course(root: Path, kinds: Kinds, file: Path, now: datetime, *, replace: bool = False) -> Imported:
    """Put the package's course into the folder of courses. Nothing of it is executed, and nothing is loaded.

    Raises BadPackageError for the file itself, RuleBrokenError for a course that is (or, to replace it, is not) there
    and for a tier or competency that the framework lacks, CoursesRefusedError for what the check says of it.
    """
    package = _opened(file)
    manifest = package.manifest
    shared = shared_by_all(root)
    _refuse_unknown(manifest, shared)
    place = _place(root, manifest, replace=replace)
    words = merged((root / GLOSSARY).read_bytes(), shared.terms, manifest.terms)
    if problems := problems_with(root, kinds, place, package.files, words.glossary):
        raise CoursesRefusedError(problems)
    write_glossary(root / GLOSSARY, words)
    kept = _into_place(root, place, package, now, replace=replace)
    return Imported(
        slug=manifest.slug,
        title=manifest.title,
        edition=manifest.edition,
        place=place,
        files=len(package.files),
        words=words,
        other_competencies=_differing(manifest.competencies, shared),
        kept=kept,
    )


def _opened(file: Path) -> _Package:
    entries = unpacked(file)
    if MANIFEST not in entries:
        raise BadPackageError(f"{file.name} has no {MANIFEST}, so it is no package. Make one with qi courses export.")
    try:
        text = entries.pop(MANIFEST).decode()
    except UnicodeDecodeError:
        raise BadPackageError(f"{file.name}: the entry '{MANIFEST}' is not UTF-8 text. Export it again.") from None
    manifest = read(file.name, text)
    home = f"{manifest.slug}/"
    for name in entries:
        if not name.startswith(home):
            raise BadPackageError(
                f"{file.name}: the entry '{name}' lies outside the folder {home} Nothing was taken in."
            )
    return _Package(manifest, {name.removeprefix(home): content for name, content in entries.items()})


def _refuse_unknown(manifest: Manifest, shared: Shared) -> None:
    """What would have to be added to the framework is for people to decide; here is what they would write."""
    if manifest.tier.slug not in {tier.slug for tier in shared.framework.tiers}:
        raise RuleBrokenError(
            f"The course is for the tier '{manifest.tier.slug}' ({manifest.tier.title}), which framework.yaml does not "
            f"have. Add that tier to it, or change the tier in the course and export it again. Nothing was taken in."
        )
    known = {competency.id for competency in shared.framework.competencies}
    lacking = [c for c in manifest.competencies if c.id not in known]
    if lacking:
        lines = "\n".join(as_entry(c.model_dump()) for c in lacking)
        raise RuleBrokenError(
            "The course uses competencies that framework.yaml does not have. Add them to it, or use others in the "
            f"course and export it again. Nothing was taken in.\n{lines}"
        )


def _place(root: Path, manifest: Manifest, *, replace: bool) -> Path:
    there = find(root, manifest.slug)
    if there and not replace:
        raise RuleBrokenError(
            f"There is a course '{manifest.slug}' already, in {there}. To put this one in its place: --replace. The "
            f"folder that is there is kept. Nothing was taken in."
        )
    if replace and there is None:
        raise RuleBrokenError(f"There is no course '{manifest.slug}' to replace. Leave out --replace.")
    place = there or place_of(root, manifest.slug, manifest.tier.slug)
    if there is None and place.exists():
        raise RuleBrokenError(f"{place} is there already and is no course. Move it away first.")
    return place


def _into_place(root: Path, place: Path, package: _Package, now: datetime, *, replace: bool) -> Path | None:
    with beside(root, package.manifest.slug) as folder:
        new = folder / "course"
        write_files(new, package.files)
        if not replace:
            put(new, place)
            return None
        kept = root / KEPT / f"{package.manifest.slug}-{now:%Y%m%dT%H%M%S%fZ}"
        swap(new, place, kept)
        return kept


def _differing(competencies: Sequence[Competency], shared: Shared) -> tuple[str, ...]:
    known = {competency.id: competency for competency in shared.framework.competencies}
    return tuple(c.id for c in competencies if known[c.id].title != c.title)
