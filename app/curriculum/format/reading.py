"""From a file's text to a checked model, or to one finding for each field that is wrong."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from app.curriculum.files import SourceFile
from app.curriculum.located import Document, YamlProblem, read_yaml
from app.curriculum.problems import Findings, one_of_these
from app.curriculum.slips import after_comma

M = TypeVar("M", bound=BaseModel)

SAID: dict[str, tuple[str, str]] = {
    "missing": ("'{field}' is missing", "Add the line"),
    "literal_error": ("'{input}' is not a value of '{field}'", "Use {expected}"),
    "union_tag_invalid": ("unknown kind '{tag}'", "Use one of: {expected_tags}"),
    "union_tag_not_found": (
        "'kind' is missing",
        "Add kind: read, practice, assessment, note, steps, confidence, task or sign-off",
    ),
    "too_short": ("'{field}' has {actual_length} entries", "Write at least {min_length}"),
    "too_long": ("'{field}' has {actual_length} entries", "Write at most {max_length}"),
    "string_too_short": ("'{field}' is empty", "Write its words"),
    "string_too_long": ("'{field}' is too long", "Write at most {max_length} characters"),
    "string_type": ("'{field}' must be text", "Put the value in quotation marks"),
    "int_type": ("'{field}' must be a whole number", "Write it in figures, without quotation marks"),
    "float_type": ("'{field}' must be a number", "Write it in figures, without quotation marks"),
    "bool_type": ("'{field}' must be true or false", "Write true or false, without quotation marks"),
    "date_type": ("'{field}' must be a day", "Write it such as 2027-11-30, without quotation marks"),
    "list_type": ("'{field}' must be a list", "Write a hyphen before each entry, or entries between [ and ]"),
    "tuple_type": ("'{field}' must be a list", "Write a hyphen before each entry, or entries between [ and ]"),
    "enum": ("'{input}' is not a value of '{field}'", "Use {expected}"),
    "moment": ("'{input}' cannot be used as '{field}'", "Write a day such as 2026-03-01, or a whole number"),
    "rules": ("unknown rules '{input}'", "Use one of: {known}"),
    "model_type": ("'{field}' must have fields of its own", "Write them with colons, indented below this line"),
    "greater_than_equal": ("'{field}' is {input}", "Write {ge} or more"),
    "greater_than": ("'{field}' is {input}", "Write more than {gt}"),
    "less_than_equal": ("'{field}' is {input}", "Write {le} or less"),
    "url_scheme": ("'{field}' is no safe address", "Use an address that begins with https://"),
    "url_parsing": ("'{field}' is no address", "Use an address that begins with https://"),
    "string_pattern_mismatch": (
        "'{input}' cannot be used as '{field}'",
        "Use small letters, digits and hyphens: first-small-step. A file's name keeps its ending and has no folder",
    ),
}
DELETE = "Delete it. If it belongs to the text before it, put that whole text in quotation marks"
OTHERWISE = ("'{field}' cannot be used: {msg}", "Correct the value")


def checked(model: type[M], file: SourceFile, findings: Findings) -> tuple[M, Document] | None:
    """The file's contents and their lines. None, with every problem among the findings, when it cannot be used."""
    document = _read(file, findings)
    return _validated(model, document, file, findings) if document else None


def checked_by_kind(models: Mapping[str, type[M]], file: SourceFile, findings: Findings) -> tuple[M, Document] | None:
    """The same for files of several kinds: the model is the one that the file's `kind` names."""
    document = _read(file, findings)
    if document is None:
        return None
    kind = document.value.get("kind") if isinstance(document.value, dict) else None
    if kind is None:
        findings.add(file.name, 1, "'kind' is missing", f"Add the line kind: with one of: {', '.join(models)}")
        return None
    if str(kind) not in models:
        findings.add(file.name, document.line(("kind",)), f"unknown kind '{kind}'", one_of_these(str(kind), models))
        return None
    return _validated(models[str(kind)], document, file, findings)


def _read(file: SourceFile, findings: Findings) -> Document | None:
    try:
        document = read_yaml(file.text)
    except YamlProblem as problem:
        findings.add(file.name, problem.line, problem.message, problem.remedy)
        return None
    for key, line in document.repeated:
        findings.add(file.name, line, f"'{key}' is written twice", "Keep one of the two")
    return document


def _validated(model: type[M], document: Document, file: SourceFile, findings: Findings) -> tuple[M, Document] | None:
    try:
        return model.model_validate(document.value), document
    except ValidationError as error:
        faults = error.errors(include_url=False)
        unknown = {tuple(fault["loc"]) for fault in faults if fault["type"] == "extra_forbidden"}
        for fault in faults:
            if _as_written(fault, model) not in unknown:
                _tell(file.name, document, model, fault, findings)
        return None


def _as_written(fault: Any, model: type[BaseModel]) -> tuple[str | int, ...] | None:
    """Where the field that is missing stands under a misspelt name."""
    if fault["type"] != "missing":
        return None
    *around, field = fault["loc"]
    known = set(_field_names(model, set()))
    written = [key for key in fault["input"] if key not in known] if isinstance(fault["input"], dict) else []
    near = get_close_matches(str(field), written, n=1, cutoff=0.8)
    return (*around, near[0]) if near else None


def _tell(file: str, document: Document, model: type[BaseModel], fault: Any, findings: Findings) -> None:
    where = tuple(fault["loc"])
    field = next((str(part) for part in reversed(where) if isinstance(part, str)), "the file")
    if fault["type"] == "extra_forbidden" and fault["input"] is None and _nearest(field, model) == DELETE:
        message, remedy = after_comma(field)
    elif fault["type"] == "extra_forbidden":
        message, remedy = f"unknown field '{field}'", _nearest(field, model)
    elif written := _as_written(fault, model):
        where, message, remedy = written, f"unknown field '{written[-1]}'", f"Write '{field}'"
    else:
        known = {"field": field, "input": str(fault["input"])[:60], "msg": fault["msg"]} | fault.get("ctx", {})
        message, remedy = SAID.get(fault["type"], OTHERWISE)
        message, remedy = message.format(**known), remedy.format(**known)
    findings.add(file, document.line(where), message, remedy)


def _nearest(field: str, model: type[BaseModel]) -> str:
    near = get_close_matches(field, set(_field_names(model, set())), n=1, cutoff=0.7)
    return f"Write '{near[0]}', or delete it" if near else DELETE


def _field_names(model: type[BaseModel], seen: set[type]) -> Iterator[str]:
    """Every field that this kind of file knows, at whatever depth: enough to guess at a misspelling."""
    seen.add(model)
    for name, info in model.model_fields.items():
        yield info.alias or name
        for part in _models_in(info.annotation):
            if part not in seen:
                yield from _field_names(part, seen)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _models_in(part)
