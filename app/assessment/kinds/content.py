"""A question's own fields, checked with messages for whoever writes the course."""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.curriculum.kinds import QuestionProblem
from app.curriculum.slips import WHOLE

OF_EVERY_QUESTION = frozenset(
    {"id", "kind", "objective", "competency", "difficulty", "source", "stem", "explanation"}
)  # fmt: skip
Words = Annotated[str, Field(min_length=1, max_length=1000)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]


class Content(BaseModel):
    """What a quiz file says of one question, without the fields that every question has."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


C = TypeVar("C", bound=Content)


def checked(content: type[C], raw: dict[str, Any]) -> C:
    """The kind's own fields. Raises QuestionProblem for the first that is missing, unknown or wrong."""
    try:
        return content.model_validate({k: v for k, v in raw.items() if k not in OF_EVERY_QUESTION})
    except ValidationError as error:
        first = error.errors()[0]
        raise QuestionProblem(".".join(str(part) for part in first["loc"]), _sentence(first)) from None


def refuse_repeats(field: str, ids: Iterable[str]) -> None:
    """Raise QuestionProblem when two entries of a list have the same id."""
    for name, count in Counter(ids).items():
        if count > 1:
            raise QuestionProblem(field, f"the id {name} is used {count} times: each needs its own")


def _sentence(problem: Any) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    said = {
        "missing": _missing(problem),
        "extra_forbidden": _unknown(problem),
        "string_type": "must be text: put it in quotation marks",
        "string_too_short": "is empty",
        "string_pattern_mismatch": "must be small letters, digits and hyphens, such as plan-first",
        "too_short": f"needs {context.get('min_length')} or more",
        "too_long": f"takes {context.get('max_length')} at most",
        "list_type": "must be a list, with a hyphen before each entry",
        "tuple_type": "must be a list, with a hyphen before each entry",
        "decimal_type": "must be a number",
        "decimal_parsing": "must be a number",
        "int_type": "must be a whole number",
        "int_parsing": "must be a whole number",
        "bool_type": "must be true or false",
        "bool_parsing": "must be true or false",
        "float_type": "must be a number",
        "finite_number": "must be a number",
        "enum": f"must be one of {context.get('expected')}",
        "literal_error": f"must be one of {context.get('expected')}",
        "greater_than": f"must be more than {context.get('gt')}",
        "less_than_equal": f"must be {context.get('le')} or less",
        "greater_than_equal": f"must be {context.get('ge')} or more",
    }
    return said.get(kind) or str(problem["msg"])


def _missing(problem: Any) -> str:
    written = problem["input"] if isinstance(problem["input"], dict) else {}
    near = get_close_matches(str(problem["loc"][-1]), [key for key in written if key != "id"], n=1, cutoff=0.8)
    return f"is missing: correct the spelling of '{near[0]}'" if near else "is missing"


def _unknown(problem: Any) -> str:
    """A field without a value is what stands behind a comma in `{…}`."""
    if problem["input"] is None:
        return f"stands after a comma and is read as a new field. {WHOLE}"
    return "is not a field of this kind of question: check its spelling"
