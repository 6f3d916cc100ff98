"""Certificates as their holders, whoever checks them and whoever withdraws them see them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.evidence.queries import CertificateRow, CompletedCourse
from app.evidence.rules import grouped
from app.web.page import EVERYBODY, Filled, Page
from app.web.words import day


def heading(row: CertificateRow) -> str:
    return "Certificate of taking part" if row.of_taking_part else "Certificate"


def did(row: CertificateRow) -> str:
    return "who took part in" if row.of_taking_part else "who completed"


def facts(row: CertificateRow) -> tuple[tuple[str, str], ...]:
    """What a certificate says besides name and course, the same on screen, in print and at the public check."""
    said = [
        ("Finished" if row.of_taking_part else "Completed", day(row.completed_on)),
        ("Level", row.tier_title),
        ("Issued", day(row.issued_on)),
        ("Refresh by", day(row.expires_on)),
        ("Number", grouped(row.code)),
    ]
    return tuple((what, words) for what, words in said if words)


def withdrawn(row: CertificateRow) -> str:
    return f"Withdrawn on {day(row.withdrawn_on)}. It is no longer valid." if row.withdrawn_on else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePage(Page):
    template: ClassVar[str] = "evidence/certificate.html"
    who_sees: ClassVar[str] = (
        "Only you can see this page. Whoever has the certificate's number can check it, unless it is kept private."
    )

    certificate_id: int
    title: str
    trust: str
    heading: str
    holder: str
    did: str
    course: str
    facts: tuple[tuple[str, str], ...]
    withdrawn: str
    check_address: str
    qr: str
    public: bool
    partner: bool
    demonstration: str

    @classmethod
    def of(
        cls, row: CertificateRow, *, trust: str, check_address: str, qr: str, partner: bool, demonstration: str
    ) -> "CertificatePage":
        return cls(
            certificate_id=row.id,
            title=f"{heading(row)}: {row.title}",
            trust=trust,
            heading=heading(row),
            holder=row.holder,
            did=did(row),
            course=row.title,
            facts=facts(row),
            withdrawn=withdrawn(row),
            check_address=check_address,
            qr=qr,
            public=row.public,
            partner=partner,
            demonstration=demonstration,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Certified:
    """A certificate in a list of one's own."""

    id: int
    course: str
    what: str
    on: str
    number: str
    state: str
    tone: str


def certified(row: CertificateRow, today: date) -> Certified:
    state, tone = "", ""
    if row.withdrawn_on:
        state, tone = f"Withdrawn on {day(row.withdrawn_on)}", "late"
    elif row.expires_on:
        over = row.expires_on < today
        state, tone = (
            (f"Ended on {day(row.expires_on)}", "warn") if over else (f"Refresh by {day(row.expires_on)}", "quiet")
        )
    return Certified(
        id=row.id,
        course=row.title,
        what="Took part" if row.of_taking_part else "Completed",
        on=day(row.completed_on),
        number=grouped(row.code),
        state=state,
        tone=tone,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCertificate(Page):
    """A patient partner's certificates and their choice of who may check them."""

    template: ClassVar[str] = "evidence/my_certificate.html"
    who_sees: ClassVar[str] = "Only you can see this page."

    certificates: tuple[Certified, ...]
    waiting: tuple[CompletedCourse, ...]
    practice: tuple[str, ...]
    """The levels that can be told of as used in practice."""
    public: bool

    @classmethod
    def of(
        cls,
        rows: list[CertificateRow],
        waiting: list[CompletedCourse],
        held: Collection[str],
        today: date,
        *,
        public: bool,
    ) -> "MyCertificate":
        return cls(
            certificates=tuple(certified(row, today) for row in rows),
            waiting=tuple(waiting),
            practice=tuple(held),
            public=public,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    template: ClassVar[str] = "evidence/check.html"
    who_sees: ClassVar[str] = EVERYBODY

    form: Filled

    @classmethod
    def of(cls, code: str, errors: Mapping[str, str] | None = None) -> "CheckPage":
        return cls(form=Filled.of({"code": code}, errors))


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Page):
    """The answer to a check. An unknown number and a certificate kept private get the very same words."""

    template: ClassVar[str] = "evidence/checked.html"
    who_sees: ClassVar[str] = (
        "Everybody who has the number of this certificate can see this page. It is not listed anywhere."
    )

    title: str
    said: str
    holder: str
    course: str
    facts: tuple[tuple[str, str], ...]
    asked: str

    @classmethod
    def of(cls, row: CertificateRow | None, asked: str, trust: str, today: date) -> "Checked":
        if row is None:
            return cls(
                title="No certificate to show",
                said="There is no certificate with this number that we can show. Look at the number once more: "
                "it has 12 letters and figures. If it is right, ask its holder; they may keep it private.",
                holder="",
                course="",
                facts=(),
                asked=asked,
            )
        return cls(
            title=_verdict(row, today),
            said=_explained(row, trust, today),
            holder=row.holder,
            course=row.title,
            facts=facts(row),
            asked=grouped(row.code),
        )


def _verdict(row: CertificateRow, today: date) -> str:
    if row.withdrawn_on:
        return "This certificate was withdrawn"
    if row.expires_on and row.expires_on < today:
        return "This certificate is genuine, and has ended"
    return "This certificate is genuine"


def _explained(row: CertificateRow, trust: str, today: date) -> str:
    if row.withdrawn_on:
        return f"{trust} withdrew it on {day(row.withdrawn_on)}. It is no longer valid."
    issued = f"{trust} issued it on {day(row.issued_on)}."
    if row.expires_on and row.expires_on < today:
        return f"{issued} The level was to be refreshed by {day(row.expires_on)}."
    return issued


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Page):
    template: ClassVar[str] = "evidence/withdraw.html"
    who_sees: ClassVar[str] = "QI team administrators can see this page. The reason goes into the audit log."

    certificate_id: int
    person_id: int
    holder: str
    course: str
    number: str
    withdrawn: str
    form: Filled

    @classmethod
    def of(
        cls, row: CertificateRow, values: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None
    ) -> "Withdraw":
        return cls(
            certificate_id=row.id,
            person_id=row.person_id,
            holder=row.holder,
            course=row.title,
            number=grouped(row.code),
            withdrawn=f"{withdrawn(row)} Reason: {row.withdrawn_reason}" if row.withdrawn_on else "",
            form=Filled.of(values or {"level_too": "true"}, errors),
        )
