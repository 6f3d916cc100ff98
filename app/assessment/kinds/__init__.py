"""The kinds of question, one small module each. A new kind is its module, its template and its line here."""

from app.assessment.kinds import chance, matching, multiple, numeric, ordering, pdsa, single
from app.assessment.kinds.contract import QuestionKind

KINDS: dict[str, QuestionKind] = {
    "single": single,
    "multiple": multiple,
    "ordering": ordering,
    "matching": matching,
    "numeric": numeric,
    "pdsa": pdsa,
    "chance": chance,
}
