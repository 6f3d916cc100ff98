"""What the trail says of each line of an import: the same words as when it is done by hand."""

from collections.abc import Mapping

from app.intake.rules.lines import Line, LineKind

ACTIONS = {
    LineKind.JOINER: "hire",
    LineKind.REJOINER: "rejoin",
    LineKind.SECOND_POST: "begin second post",
    LineKind.MOVER: "move",
    LineKind.CHANGE: "move",
    LineKind.ENDED_POST: "end employment",
    LineKind.LEAVER: "end employment",
}
_BEGINNING: Mapping[bool, tuple[str, ...]] = {
    True: ("name", "email", "team_id", "job_role", "employee_number", "starts_on"),
    False: ("team_id", "job_role", "starts_on"),
}
_FIELDS: Mapping[str, str] = {
    "team": "team_id", "staff group": "staff_group", "job role": "job_role", "band": "band", "main post": "is_primary",
    "manager": "manager_id", "assignment number": "assignment_number", "employee number": "employee_number",
    "start": "starts_on", "end": "ends_on", "name": "name", "e-mail": "email",
}  # fmt: skip


def deed(line: Line) -> tuple[str, str]:
    """The action, and the kind of thing it is done to."""
    if line.kind is LineKind.CHANGE and not line.begun:
        return ("correct post", "employment") if line.put else ("correct person", "person")
    return ACTIONS[line.kind], "employment"


def fields(line: Line) -> str:
    """What is other than before."""
    if not line.changed:
        return ",".join(_BEGINNING[line.kind is LineKind.JOINER])
    return ",".join(_FIELDS[c.field] for c in line.changed)
