"""Words that the program does not know, and people it may know: HR says what each is, once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from app.intake.models import StaffUpload
from app.intake.pages.wording import STAFF_RECORD
from app.intake.queries.deciding import Formerly, Places
from app.intake.rules.decisions import Unknown, may_be_new
from app.organisation.rules import BANDS, MEDICAL_GRADES, STAFF_GROUPS
from app.web.form import Invalid
from app.web.page import FieldError, Page, errors_of
from app.web.words import day, plural

MOST_KEPT = 200
TITLES = {
    Unknown.DIRECTORATE: ("Directorates", "A directorate that is here"),
    Unknown.TEAM: ("Teams", "A team of the same directorate, or “Directorate / Team”, which is opened if it is new"),
    Unknown.STAFF_GROUP: ("Staff groups", "One of the national staff groups"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLine:
    """`key` is the place of the word in the form."""

    key: str
    words: str
    rows: str
    verdict: str
    target: str
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordBlock:
    about: str
    title: str
    hint: str
    names: str
    may_create: bool
    lines: tuple[WordLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    key: str
    name: str
    number: str
    row: str
    known_as: str
    history: tuple[str, ...]
    may_link: bool
    may_be_new: bool
    verdict: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsPage(Page):
    template: ClassVar[str] = "intake/decisions.html"
    who_sees: ClassVar[str] = STAFF_RECORD

    upload_id: int
    file: str
    plan: str
    blocks: tuple[WordBlock, ...]
    people: tuple[PersonLine, ...]
    kept: tuple[WordBlock, ...]
    kept_more: str
    lists: tuple[NameList, ...]
    errors: tuple[FieldError, ...]
    may_create_all: bool
    teams_alone: bool

    @classmethod
    def of(
        cls,
        upload: StaffUpload,
        places: Places,
        formerly: Mapping[int, Formerly],
        row: Callable[[int], str],
        invalid: Invalid | None = None,
    ) -> "DecisionsPage":
        """`row` is the address at which a row is put right."""
        typed = invalid.values if invalid else {}
        errors = invalid.errors if invalid else {}
        words = numbered(upload)
        kept = [(key, about, said, rows) for key, about, said, rows in words if about in KEPT_TITLES]
        new = may_be_new(upload.columns)
        return cls(
            upload_id=upload.id,
            file=upload.file_name,
            plan=upload.plan,
            blocks=tuple(
                _block(about, title, hint, words, typed, errors, about in new)
                for about, (title, hint) in TITLES.items()
                if any(found == about for _, found, _, _ in words)
            ),
            people=tuple(
                _person(at, proposal, formerly, typed, row(proposal["row"]))
                for at, proposal in enumerate(upload.proposals)
            ),
            kept=tuple(
                _block(about, title, "", kept[:MOST_KEPT], typed, errors)
                for about, title in KEPT_TITLES.items()
                if any(found == about for _, found, _, _ in kept[:MOST_KEPT])
            ),
            kept_more=f"The {MOST_KEPT} most frequent of {len(kept):,} are here." if len(kept) > MOST_KEPT else "",
            lists=(
                NameList(id="known-directorate", names=places.directorates),
                NameList(id="known-team", names=places.teams),
                NameList(id="known-staff-group", names=STAFF_GROUPS),
                NameList(id="known-job-role", names=places.job_roles),
                NameList(id="known-band", names=(*BANDS, *MEDICAL_GRADES)),
            ),
            errors=errors_of(errors),
            may_create_all=any(about in new for _, about, _, _ in words),
            teams_alone=Unknown.TEAM not in new and any(about is Unknown.TEAM for _, about, _, _ in words),
        )


KEPT_TITLES = {Unknown.JOB_ROLE: "Job roles that nobody here has yet", Unknown.BAND: "Bands that say no one band"}


def numbered(upload: StaffUpload) -> list[tuple[str, Unknown, str, int]]:
    """Every word there is to decide on: its place in the form, what it is about, the word, in how many rows."""
    kept = sorted((w for w in upload.kept_words if w[0] not in {"team", "site"}), key=lambda word: -word[2])
    both = [*upload.undecided, *kept]
    return [
        (f"word-{at}", Unknown(about), words, rows)
        for at, (about, words, rows) in enumerate(both)
        if about in set(Unknown)
    ]


def _block(
    about: Unknown,
    title: str,
    hint: str,
    words: list[tuple[str, Unknown, str, int]],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    may_create: bool = False,
) -> WordBlock:
    return WordBlock(
        about=about,
        title=title,
        hint=hint,
        names=f"known-{about.replace(' ', '-')}",
        may_create=may_create,
        lines=tuple(
            WordLine(
                key=key,
                words=said,
                rows=plural(rows, "row"),
                verdict=typed.get(key, ""),
                target=typed.get(f"{key}-target", ""),
                error=errors.get(f"{key}-target", ""),
            )
            for key, found, said, rows in words
            if found == about
        ),
    )


def _person(
    at: int, proposal: Mapping[str, object], formerly: Mapping[int, Formerly], typed: Mapping[str, str], mend: str
) -> PersonLine:
    known = formerly.get(int(str(proposal["person_id"])))
    return PersonLine(
        key=f"person-{at}",
        name=str(proposal["name"]),
        number=str(proposal["number"]),
        row=f"{proposal['row']:,}",
        known_as=str(proposal["known_as"]),
        history=_history(known),
        may_link=bool(proposal["target"]),
        may_be_new=bool(proposal["may_be_new"]),
        verdict=typed.get(f"person-{at}", ""),
        mend=mend,
    )


def _history(known: Formerly | None) -> tuple[str, ...]:
    if known is None:
        return ()
    posts = [
        f"{post.job_role}, {post.team}, {post.directorate}: {day(post.starts_on)} to "
        f"{day(post.last_day) if post.last_day else 'now'} (employee number {post.employee_number or 'none'})"
        for post in known.posts
    ]
    levels = [f"Held {title} since {day(since)}" for title, since in known.levels]
    return (*posts, *levels)
