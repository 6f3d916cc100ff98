"""Merges that were done, and one of them with what its undo would do."""

from dataclasses import dataclass
from typing import ClassVar, Self

from app.intake.pages.doubles import WHOLE_TRUST, PathFor
from app.intake.queries.merges import PAGE, JudgedRow, MergeLooked, MergeRow
from app.intake.rules.merging import RowDeed
from app.web.page import Page
from app.web.words import moment, plural

ROWS = {  # what is nobody else's business, such as an adjustment, moves without a word
    "award": ("level", "levels"),
    "award_event": ("day of a level", "days of levels"),
    "calibration": ("try at a sample", "tries at samples"),
    "certificate": ("certificate", "certificates"),
    "employment": ("post", "posts"),
    "enrolment": ("place on a course", "places on courses"),
    "level_request": ("request for a level", "requests for a level"),
    "note": ("note", "notes"),
    "notice": ("notice", "notices"),
    "outcome": ("thing done in a course", "things done in courses"),
    "requirement": ("decision about a need", "decisions about needs"),
    "staff_import_line": ("line of an import", "lines of imports"),
}
DEEDS = {
    RowDeed.CHANGED: "became the staying record’s, or changed beside it",
    RowDeed.REMOVED: "the same in both, kept once",
    RowDeed.ADDED: "made where a post was divided",
    RowDeed.LEFT: "left on the merged-away record",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLine:
    href: str
    names: str
    when: str
    by: str
    reason: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedLine:
    href: str
    names: str
    when: str
    by: str
    one_id: int
    other_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergesPage(Page):
    template: ClassVar[str] = "intake/merges.html"
    who_sees: ClassVar[str] = WHOLE_TRUST

    lines: tuple[MergeLine, ...]
    judged: tuple[JudgedLine, ...]
    newer: str
    older: str

    @classmethod
    def of(cls, merges: list[MergeRow], total: int, page: int, judged: list[JudgedRow], path_for: PathFor) -> Self:
        return cls(
            lines=tuple(_line(merge, path_for) for merge in merges),
            judged=tuple(
                JudgedLine(
                    href=path_for("intake:pair", one_id=row.first_id, other_id=row.second_id),
                    names=f"{row.first} and {row.second}",
                    when=moment(row.judged_at),
                    by=row.judged_by,
                    one_id=row.first_id,
                    other_id=row.second_id,
                )
                for row in judged
            ),
            newer=path_for("intake:merges", page=page - 1) if page > 1 else "",
            older=path_for("intake:merges", page=page + 1) if page * PAGE < total else "",
        )


def _line(merge: MergeRow, path_for: PathFor) -> MergeLine:
    return MergeLine(
        href=path_for("intake:merge", merge_id=merge.id),
        names=_names(merge),
        when=moment(merge.merged_at),
        by=merge.merged_by,
        reason=merge.reason,
        state="Undone" if merge.undone_at else "",
    )


def _names(merge: MergeRow) -> str:
    return merge.kept if merge.gone == merge.kept else f"{merge.gone} into {merge.kept}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePage(Page):
    template: ClassVar[str] = "intake/merge.html"
    who_sees: ClassVar[str] = WHOLE_TRUST

    merge_id: int
    names: str
    kept_id: int
    kept: str
    said: str
    reason: str
    undone: str
    counts: tuple[str, ...]
    blocked: str

    @classmethod
    def of(cls, found: MergeLooked) -> Self:
        merge = found.merge
        why = ""
        if found.blocked:
            why = "Another merge was built on this one. Undo the later merge first, then this one."
        if found.own:
            why = "This merge is about your own record. Ask somebody else to undo it."
        return cls(
            merge_id=merge.id,
            names=_names(merge),
            kept_id=merge.kept_id,
            kept=merge.kept,
            said=f"Merged on {moment(merge.merged_at)} by {merge.merged_by}.",
            reason=merge.reason,
            undone=f"Undone on {moment(merge.undone_at)} by {merge.undone_by}." if merge.undone_at else "",
            counts=tuple(
                f"{plural(count, *ROWS[name])}: {DEEDS[deed]}" for name, deed, count in found.counts if name in ROWS
            ),
            blocked=why,
        )
