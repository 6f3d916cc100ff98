"""A new course: small, complete and in order, with every place marked that waits for the author's words."""

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import Template

from app.authoring.places import GROUPS, beside, find, place_of, problems_with, put, shared_by_all, write_files
from app.curriculum.checking.shared import Shared, reveals
from app.curriculum.files import Shelf
from app.curriculum.format import Tier
from app.curriculum.format.fields import ID_PATTERN
from app.curriculum.kinds import Kinds
from app.curriculum.loading import CoursesRefusedError
from app.curriculum.problems import Findings, one_of_these
from app.kernel.errors import BadInputError, RuleBrokenError

SKELETON = Path(__file__).parent / "skeleton"
LONGEST_SLUG, LONGEST_TITLE = 60, 160
_WAITS = re.compile(r"\bReplace(?:: | this\b)")


@dataclass(frozen=True, slots=True)
class NewCourse:
    """What somebody asks for. An empty title is made of the slug; an empty tier is the first of the framework."""

    slug: str
    title: str = ""
    tier: str = ""


def begin_course(root: Path, kinds: Kinds, wanted: NewCourse, today: date) -> Path:
    """The folder of the new course, which passes the check as it stands.

    Raises BadInputError for a slug, title or tier that cannot be used, RuleBrokenError for a course that is there
    already, and CoursesRefusedError for what the check says.
    """
    shared = shared_by_all(root)
    _refuse_bad_slug(wanted.slug)
    tier = _tier(shared, wanted.tier)
    title = _title(wanted)
    place = place_of(root, wanted.slug, tier.slug)
    if place.exists() or find(root, wanted.slug):
        raise RuleBrokenError(
            f"There is a folder {place} already. Choose another name, or go on with that course: "
            f"qi courses preview {wanted.slug}"
        )
    files = _files(wanted.slug, title, tier, shared, today)
    if problems := problems_with(root, kinds, place, files):
        raise CoursesRefusedError(problems)
    with beside(root, wanted.slug) as folder:
        write_files(folder / "course", files)
        put(folder / "course", place)
    return place


def waiting(root: Path) -> list[str]:
    """Where a course still has the skeleton's words instead of its author's: `courses/hand-hygiene/course.yaml:8`."""
    shelf = Shelf(root, Findings())
    read = (shelf.read(course, name) for course in shelf.courses() for name in shelf.files(course))
    return [
        f"{file.name}:{number}"
        for file in read
        if file
        for number, line in enumerate(file.text.split("\n"), start=1)
        if _WAITS.search(line)
    ]


def _refuse_bad_slug(slug: str) -> None:
    if slug in GROUPS:
        raise BadInputError({"slug": f"'{slug}' is the folder of the courses of that tier. Choose another name."})
    if len(slug) > LONGEST_SLUG or not re.fullmatch(ID_PATTERN, slug):
        near = re.sub(r"[^a-z0-9]+", "-", slug.casefold())[:LONGEST_SLUG].strip("-") or "hand-hygiene"
        message = (
            f"'{slug}' cannot be the name of a course. Use small letters, digits and hyphens, {LONGEST_SLUG} "
            f"characters at most: {near}"
        )
        raise BadInputError({"slug": message})


def _tier(shared: Shared, wanted: str) -> Tier:
    tiers = {tier.slug: tier for tier in shared.framework.tiers}
    if not wanted:
        return shared.framework.tiers[0]
    if wanted not in tiers:
        raise BadInputError({"tier": f"Unknown tier '{wanted}'. {one_of_these(wanted, tiers)}."})
    return tiers[wanted]


def _title(wanted: NewCourse) -> str:
    title = " ".join((wanted.title or wanted.slug.replace("-", " ").capitalize()).split())
    if not title or len(title) > LONGEST_TITLE:
        raise BadInputError({"title": f"The title has {len(title)} characters. Write 1 to {LONGEST_TITLE}."})
    return title


def _files(slug: str, title: str, tier: Tier, shared: Shared, today: date) -> dict[str, bytes]:
    partners = tier.audience == "partner"
    term = next(iter(shared.terms.values()), None)
    said = {
        "slug": slug,
        "words": slug.replace("-", " "),
        "title": _quoted(title),
        "public_title": _quoted(tier.title if partners and reveals(title) else title),
        "tier": tier.slug,
        "audience": tier.audience,
        "owner": "QI team",
        "review_by": date(today.year + 1, today.month, 1).isoformat(),
        "retention": "partner-on-request" if partners else "other-training-6-years",
        "certificate": "taking-part" if partners else "completion",
        "check": "kind: practice" if partners else "kind: assessment, draw: 1, pass_mark: 1, attempts: unlimited",
        "competency": shared.framework.competencies[0].id,
        "level": str(min(level.level for level in shared.framework.levels if level.level) or 1),
        "term": f"Words such as [[{term.term}]] are explained." if term else "",
        "help": "{{partner_contact}} can help." if partners else "{{qi_team}} can help: {{qi_contact}}.",
    }
    return {
        file.relative_to(SKELETON).as_posix(): Template(file.read_text("utf-8")).substitute(said).encode()
        for file in sorted(SKELETON.rglob("*.*"))
    }


def _quoted(words: str) -> str:
    """As a value in YAML, whatever it holds."""
    return json.dumps(words, ensure_ascii=False)
