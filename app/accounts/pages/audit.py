"""The audit log."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from app.access.actor import PersonKind
from app.accounts.queries import AuditRow
from app.accounts.queries.trail import PAGE, ValueRow
from app.kernel.clock import london_time
from app.web.page import Filled, Option, Page
from app.web.words import clock_time, day, plural, short_day

ENDS = "ends_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    at: str
    actor: str
    action: str
    subject: str
    subject_path: str
    what: str
    changes: tuple[str, ...]
    unseen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage(Page):
    template: ClassVar[str] = "accounts/audit.html"
    who_sees: ClassVar[str] = (
        "QI team administrators. The log says that an answer, a rating or a reflection changed, never what it says."
    )

    said: str
    form: Filled
    actions: tuple[Option, ...]
    lines: tuple[AuditLine, ...]
    newer: str
    older: str

    @classmethod
    def of(
        cls,
        rows: list[AuditRow],
        total: int,
        page: int,
        form: Filled,
        actions: list[str],
        paths: tuple[str, str],
        newer: str,
        older: str,
    ) -> "AuditPage":
        pages = max(1, -(-total // PAGE))
        return cls(
            said=f"{plural(total, 'deed')}; page {page} of {pages}." if total else "",
            form=form,
            actions=tuple(Option(value=a, text=a.capitalize()) for a in actions),
            lines=tuple(audit_line(row, paths) for row in rows),
            newer=newer if page > 1 else "",
            older=older if page < pages else "",
        )


def audit_line(row: AuditRow, paths: tuple[str, str]) -> AuditLine:
    """`paths` are the beginnings of the addresses of a member of staff and of a partner."""
    staff, partner = paths
    base = {PersonKind.STAFF: staff, PersonKind.PARTNER: partner}.get(row.subject_kind or PersonKind.SYSTEM, "")
    values = row.values or ()
    kept = {v.field for v in values}
    unseen = [f for f in row.fields if f not in kept]
    what = f"(record {row.entity_id})"
    return AuditLine(
        at=f"{short_day(london_time(row.at))}, {clock_time(row.at)}",
        actor=row.actor,
        action=row.action.capitalize(),
        subject=row.subject or "",
        subject_path=f"{base}/{row.subject_id}" if base and row.subject_id else "",
        what=f"{plural(row.rows, 'row')} {what}" if row.rows is not None else what,
        changes=tuple(change_words(v) for v in values),
        unseen=", ".join(f.replace("_", " ") for f in unseen),
    )


def change_words(value: ValueRow) -> str:
    """role: lead; job role: Nurse → Matron; last day: 31 March 2027; e-mail: a@trust.example → nothing."""
    field = "last day" if value.field == ENDS else value.field.removesuffix("_id").replace("_", " ")
    before, after = (_said(value.field, said) for said in (value.before, value.after))
    return f"{field}: {after}" if value.before is None else f"{field}: {before} → {after}"


def _said(field: str, value: str | None) -> str:
    """Days as people say them: the row holds the first day after the end, the page says the last day."""
    if value is None:
        return "nothing"
    try:
        on = date.fromisoformat(value)
    except ValueError:
        return value
    return day(on - timedelta(days=1) if field == ENDS else on)
