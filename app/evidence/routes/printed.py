"""Files made from what a page shows. They take time, so they are made between transactions."""

import io
from pathlib import Path
from typing import Any

import segno

from app.evidence import exporting, wording
from app.evidence.pages.certificates import did, facts, heading, withdrawn
from app.evidence.pages.records import RecordFile
from app.evidence.queries import CertificateRow, PersonEvidence
from app.web import csv, pdf
from app.web.core import Core
from app.web.download import File
from app.web.visit import Steps

FORMATS = ("pdf", "html", "csv")
TEMPLATES = Path(exporting.__file__).parent


def says_demonstration(core: Core) -> str:
    return wording.SAYS_DEMONSTRATION if core.demonstration else ""


def qr_image(address: str) -> str:
    """The QR code as an address that an img element takes."""
    image: str = segno.make(address, error="m", micro=False).svg_data_uri(border=2, scale=4)
    return image


def certificate_file(steps: Steps, row: CertificateRow) -> File:
    return File(
        kind="certificate",
        about="One's own certificate",
        name=f"certificate-{row.code.lower()}.pdf",
        media_type=pdf.MEDIA_TYPE,
        content=pdf.made_pdf(TEMPLATES / "certificate.typ", _certificate_values(steps, row), steps.now),
        rows=1,
        subject_id=row.person_id,
    )


def _certificate_values(steps: Steps, row: CertificateRow) -> dict[str, Any]:
    return {
        "heading": heading(row),
        "title": row.title,
        "trust": steps.core.settings.trust_name,
        "description": f"{heading(row)} for {row.holder}: {row.title}",
        "awarded_to": "This certificate is for",
        "holder": row.holder,
        "did": did(row),
        "facts": facts(row),
        "withdrawn": withdrawn(row),
        "demonstration": steps.core.demonstration,
        "says_demonstration": wording.SAYS_DEMONSTRATION,
        "check": _check(steps, row) if row.public else None,
    }


def _check(steps: Steps, row: CertificateRow) -> dict[str, str]:
    image = io.BytesIO()
    code = segno.make(steps.url_for("evidence:check_code", code=row.code), error="m", micro=False)
    code.save(image, kind="svg", border=0, xmldecl=False)
    return {"qr": image.getvalue().decode(), "words": "Check it at", "address": steps.url_for("evidence:check")}


def person_file(steps: Steps, evidence: PersonEvidence, wanted: str, kind: str) -> File:
    """A person's evidence as PDF, HTML or CSV; PDF for any other word."""
    made = wanted if wanted in FORMATS else "pdf"
    content, media_type = _person_content(steps, evidence, made)
    period = f"{evidence.period.starts_on}-to-{evidence.period.ends_on}"
    return File(
        kind=f"{kind} {made}",
        about=f"One person's evidence, {wording.span(evidence.period)}",
        name=f"qi-evidence-{period}.{made}",
        media_type=media_type,
        content=content,
        rows=exporting.rows_in(evidence),
        subject_id=evidence.person.person_id,
    )


def _person_content(steps: Steps, evidence: PersonEvidence, wanted: str) -> tuple[bytes, str]:
    if wanted == "csv":
        return csv.csv_bytes(exporting.PERSON_HEADER, exporting.person_lines(evidence)), csv.MEDIA_TYPE
    core = steps.core
    values = exporting.record_values(
        evidence, core.settings.trust_name, steps.actor.name, demonstration=core.demonstration
    )
    if wanted == "pdf":
        return pdf.made_pdf(TEMPLATES / "record.typ", values, steps.now), pdf.MEDIA_TYPE
    page = RecordFile.of(values)
    return core.pages.env.get_template(page.template).render(page.context()).encode(), "text/html; charset=utf-8"
