"""Questions about evidence. Each asks for rows that hold no score, no answer and no failed attempt."""

from app.evidence.queries.certificates import (
    CertificateRow,
    CompletedCourse,
    certificates_of,
    checked,
    own_certificate,
    own_certificates,
    public_check_is_on,
    staff_certificate,
    without_certificate,
)
from app.evidence.queries.matters import MatterRow, StaffData, matters, people_with, staff_data
from app.evidence.queries.person import CourseLine, LevelLine, PersonEvidence, own_evidence, person_evidence
from app.evidence.queries.rows import EvidenceRow
from app.evidence.queries.trust import Figures, Filters, PersonSum, TrustEvidence, figures, trust_evidence

__all__ = [
    "CertificateRow",
    "CompletedCourse",
    "CourseLine",
    "EvidenceRow",
    "Figures",
    "Filters",
    "LevelLine",
    "MatterRow",
    "PersonEvidence",
    "PersonSum",
    "StaffData",
    "TrustEvidence",
    "certificates_of",
    "checked",
    "figures",
    "matters",
    "own_certificate",
    "own_certificates",
    "own_evidence",
    "people_with",
    "person_evidence",
    "public_check_is_on",
    "staff_certificate",
    "staff_data",
    "trust_evidence",
    "without_certificate",
]
