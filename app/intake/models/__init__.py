"""Tables of the staff record's intake."""

from app.intake.models.imports import StaffColumns, StaffDecision, StaffImport, StaffImportLine, StaffImportProblem
from app.intake.models.merging import PersonMerge, PersonMergeRow, TwoPeople
from app.intake.models.past import (
    PastColumnsKept,
    PastDecisionKept,
    PastImport,
    PastImportLine,
    PastImportProblem,
    PastUpload,
)
from app.intake.models.uploads import StaffUpload, StaffUploadLine, StaffUploadProblem

__all__ = [
    "PastColumnsKept",
    "PastDecisionKept",
    "PastImport",
    "PastImportLine",
    "PastImportProblem",
    "PastUpload",
    "PersonMerge",
    "PersonMergeRow",
    "StaffColumns",
    "StaffDecision",
    "StaffImport",
    "StaffImportLine",
    "StaffImportProblem",
    "StaffUpload",
    "StaffUploadLine",
    "StaffUploadProblem",
    "TwoPeople",
]
