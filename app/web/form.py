"""Forms: text comes in, a command or a list of errors by field goes out."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, Self, TypeVar, get_origin

from fastapi import Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from app.kernel.errors import BadInputError, RuleBrokenError
from app.web.guard import TooLargeError

MOST_FIELDS = 12_000
TOO_MUCH = ("Too many fields", "Too many files")


LOST = "Part of this form was lost on its way. Go back and send it again."


class FieldLostError(BadInputError, KeyError):
    """A form came without a field that its page has."""

    def __init__(self, name: str) -> None:
        super().__init__({name: LOST})

    def __str__(self) -> str:
        return LOST


A_DAY = "Enter a date such as 31 March 2027"
FILES_LEFT = "_files_left"
"""A field that only a form has which was kept over an ended sign-in: the names of the files that were not."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as its owner calls it. Of one that is `too_large` nothing is kept."""

    name: str
    content: bytes
    too_large: bool = False


class Posted(Mapping[str, str]):
    """The text a form sent. `posted[name]` is the last value, `posted.all(name)` every one."""

    def __init__(self, values: Mapping[str, list[str]], files: Mapping[str, Uploaded] | None = None) -> None:
        self._values, self._files = values, files or {}

    def __getitem__(self, name: str) -> str:
        if not self._values.get(name):
            raise FieldLostError(name)
        return self._values[name][-1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def all(self, name: str) -> list[str]:
        return list(self._values.get(name, ()))

    def lists(self) -> dict[str, list[str]]:
        return {name: list(values) for name, values in self._values.items()}

    def held(self) -> dict[str, list[str]]:
        """What can be kept of a form over an ended sign-in: its words, and the names of the files it came with."""
        return self.lists() | ({FILES_LEFT: [file.name for file in self._files.values()]} if self._files else {})

    def fingerprint(self) -> list[object]:
        """What tells one sending of a form from another."""
        files = {name: [file.name, hashlib.sha256(file.content).hexdigest()] for name, file in self._files.items()}
        return [self.lists(), files]

    def file(self, name: str) -> Uploaded | None:
        """The file of that field; None when none was chosen."""
        return self._files.get(name)


@dataclass(frozen=True, slots=True)
class Invalid:
    """What was typed and what is wrong with it, by field, to show the same page again."""

    values: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)


class Form(BaseModel):
    """Declare the fields; `labels` completes "Enter …" and `messages` replaces a field's message.

    A field that has neither is never called by the name that it has here: nobody has seen that name.
    """

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)
    labels: ClassVar[Mapping[str, str]] = {}
    messages: ClassVar[Mapping[str, str]] = {}
    shown_as: ClassVar[Mapping[str, str]] = {}
    """A command's field by the name that the form gives it: starts_on as first."""

    @classmethod
    def parse(cls, posted: Posted) -> Self | Invalid:
        """The form's values, or every field's first error. Never raises for what a person typed."""
        values: dict[str, Any] = {}
        for name, info in cls.model_fields.items():
            if name in posted:
                many = get_origin(info.annotation) in {tuple, list, set, frozenset}
                values[name] = posted.all(name) if many else posted[name]
        try:
            return cls.model_validate(values)
        except ValidationError as error:
            return Invalid(dict(posted), cls._sentences(error))

    @classmethod
    def _sentences(cls, error: ValidationError) -> dict[str, str]:
        said: dict[str, str] = {}
        for problem in error.errors():
            name = str(problem["loc"][0]) if problem["loc"] else "form"
            said.setdefault(name, cls.messages.get(name) or cls._sentence(name, problem))
        return said

    @classmethod
    def _sentence(cls, name: str, problem: Any) -> str:
        info, label = cls.model_fields.get(name), cls.labels.get(name)
        is_day = info is not None and info.annotation is date
        if is_day and problem["type"] in {"missing", "date_type"}:
            return f"Enter {label}, such as 31 March 2027" if label else A_DAY
        return _sentence(label, problem) if label else _unnamed(problem)


F = TypeVar("F", bound=Form)


def tried(form: type[F], posted: Posted, do: Callable[[F], object], otherwise: str) -> Invalid | None:
    """Parse, then do: what the text or the rules refused, by field; None when it is done.

    `otherwise` is the field beside which a refusal is shown that is about no single field.
    """
    parsed = form.parse(posted)
    if isinstance(parsed, Invalid):
        return parsed
    try:
        do(parsed)
    except BadInputError as error:
        return Invalid(dict(posted), {form.shown_as.get(name, name): said for name, said in error.errors.items()})
    except RuleBrokenError as error:
        return Invalid(dict(posted), {otherwise: str(error)})
    return None


def _sentence(label: str, problem: Any) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    if kind in {"missing", "string_too_short"} and context.get("min_length", 1) <= 1:
        return f"Enter {label}"
    if kind == "string_too_short":
        return f"{label.capitalize()} must be {context['min_length']} characters or more"
    if kind == "string_too_long":
        return f"{label.capitalize()} must be {context['max_length']} characters or fewer"
    if kind in {"enum", "literal_error"}:
        return f"Choose {label}"
    if kind == "value_error":
        return str(context["error"])
    return f"Check {label}"


UNNAMED = {
    "missing": LOST,  # a field that a page shows is sent, if empty: it is a hidden one
    "string_too_short": "Fill this in",
    "int_parsing": "Enter a whole number",
    "int_type": "Enter a whole number",
    **dict.fromkeys(("enum", "literal_error", "bool_parsing", "bool_type"), "Choose one of these"),
}


def _unnamed(problem: Any) -> str:
    """What is wrong with a field that has no label."""
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind == "string_too_long":
        return f"Enter {context['max_length']} characters or fewer"
    return UNNAMED.get(kind, "Check what you entered")


def parse_day(text: object) -> object:
    """A day as people type it: 2027-03-31, 31/3/2027, 31 Mar 2027, 31 March 2027; None when left empty."""
    if not isinstance(text, str):
        return text
    cleaned = " ".join(text.replace(",", " ").split())
    if not cleaned:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%d %b %Y", "%d %B %Y"):
        try:
            return datetime.strptime(cleaned, pattern).date()  # noqa: DTZ007  a calendar day has no zone
        except ValueError:
            continue
    raise ValueError(A_DAY)


def past_day(text: str, today: date) -> tuple[date, dict[str, str]]:
    """The day as at which to look: today when left empty, and with a message when what was typed is no such day."""
    try:
        wanted = parse_day(text)
    except ValueError as error:
        return today, {"as_at": str(error)}
    if not isinstance(wanted, date):
        return today, {}
    if wanted > today:
        return today, {"as_at": "Choose today or an earlier date: what comes later is not known yet"}
    return wanted, {}


Day = Annotated[date, BeforeValidator(parse_day)]
MaybeDay = Annotated[date | None, BeforeValidator(parse_day)]


async def read_form(request: Request) -> Posted:
    """The posted fields. A file where none is expected is refused by name."""
    values: dict[str, list[str]] = {}
    try:
        async with request.form(max_fields=MOST_FIELDS, max_files=4) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    raise BadInputError({name: "This form takes no files. Remove the file and send it again."})
                values.setdefault(name, []).append(tidied(value))
    except HTTPException as error:
        if error.detail.startswith(TOO_MUCH) or "exceeded maximum size" in error.detail:
            raise TooLargeError from None
        raise FieldLostError("form") from None
    return Posted(values)


def tidied(value: str) -> str:
    """A field's text with one kind of line end, and without what no column of ours can hold."""
    return value.replace("\r\n", "\n").replace("\x00", "")
