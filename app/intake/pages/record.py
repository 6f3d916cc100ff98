"""What an import did: kept for good."""

from dataclasses import dataclass
from typing import ClassVar

from app.intake.pages.columns import NAMES
from app.intake.pages.listing import Listing
from app.intake.pages.wording import STAFF_RECORD, in_a_sentence, not_taken
from app.intake.queries.records import ImportRecord
from app.intake.rules.columns import Column
from app.intake.rules.plan import WholeKind
from app.web.page import Page
from app.web.words import moment, plural


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage(Page):
    template: ClassVar[str] = "intake/record.html"
    who_sees: ClassVar[str] = STAFF_RECORD

    import_id: int
    file: str
    say: str
    done: str
    whole: str
    untouched: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    listing: Listing

    @classmethod
    def of(cls, record: ImportRecord, listing: Listing) -> "ImportPage":
        sentence = in_a_sentence(record.counts, done=True)
        return cls(
            import_id=record.id,
            file=record.file_name,
            say=f"{sentence[:1].upper() + sentence[1:]}." if sentence else "Nobody changed.",
            done=f"Applied by {record.applied_by} on {moment(record.applied_at)}, from {plural(record.rows, 'row')}.",
            whole=_whole(record),
            untouched=not_taken(record.counts),
            columns=tuple((NAMES.get(Column(column), column), name) for column, name in record.columns.items()),
            remarks=tuple(record.remarks),
            listing=listing,
        )


def _whole(record: ImportRecord) -> str:
    if record.whole is WholeKind.TRUST:
        return "The file held the whole trust."
    if record.whole is WholeKind.DIRECTORATE:
        return f"The file held all of {record.directorate}."
    return "The file held changes only: nobody was ended for being left out."
