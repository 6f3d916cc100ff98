"""package.yaml: what a package holds, and what it leans on that lies outside the course's own folder."""

import json
from typing import Annotated, Any, Literal

from pydantic import Field

from app.curriculum.files import SourceFile
from app.curriculum.format import Competency, Term, checked
from app.curriculum.format.fields import Label, Line, Slug, Strict
from app.curriculum.loading import CoursesRefusedError
from app.curriculum.problems import Findings

MANIFEST = "package.yaml"


class TierName(Strict):
    slug: Slug
    title: Label


class Manifest(Strict):
    """`made_with` is the version of the program that made it. Terms and competencies are those that the course uses."""

    package: Literal[1]
    slug: Slug
    edition: Annotated[int, Field(ge=1, le=9999)]
    title: Label
    made_with: Line
    tier: TierName
    competencies: list[Competency]
    terms: list[Term]


def written(manifest: Manifest) -> bytes:
    """As YAML with each value in quotation marks, for people to read and for `read` to read back."""
    values = manifest.model_dump(exclude_none=True)
    lines = ["# A course as a package: qi courses import FILE.zip"]
    for name, value in values.items():
        if isinstance(value, list):
            lines.append(f"{name}:" if value else f"{name}: []")
            lines += [as_entry(entry) for entry in value]
        else:
            lines.append(f"{name}: {_flow(value) if isinstance(value, dict) else _value(value)}")
    return ("\n".join(lines) + "\n").encode()


def read(name: str, text: str) -> Manifest:
    """Raises CoursesRefusedError with every field that is not as it should be."""
    findings = Findings()
    found = checked(Manifest, SourceFile(f"{name}:{MANIFEST}", text), findings)
    if found is None or findings:
        raise CoursesRefusedError(tuple(findings))
    return found[0]


def as_entry(value: dict[str, Any]) -> str:
    """One entry of a list, as people write it in framework.yaml."""
    return f"  - {_flow(value)}"


def _flow(value: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {_value(one)}" for name, one in value.items()) + "}"


def _value(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
