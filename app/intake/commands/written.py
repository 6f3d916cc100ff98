"""How each line of a plan is written down: the same deeds as by hand."""

from collections.abc import Iterator, Mapping

from app.intake.rules.lines import LeaveAsked, Line, LineKind

Event = tuple[str, str, int, str]
"""Action, entity, the entity's id, and the names of what is other than before."""
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
    "working pattern": "pattern",
    "manager": "manager_id", "assignment number": "assignment_number", "employee number": "employee_number",
    "start": "starts_on", "end": "ends_on", "name": "name", "e-mail": "email",
}  # fmt: skip


def events_of(line: Line, about: int, leave_id: int) -> Iterator[Event]:
    """`about` is the post or the person that the line is about; `leave_id` the leave that begins with it, else 0."""
    if not line.is_leave_alone:
        action, entity = ACTIONS[line.kind], "employment"
        if line.kind is LineKind.CHANGE and not line.begun:
            action = "correct post" if line.put else "correct person"
            entity = "employment" if line.put else "person"
        yield action, entity, about, _fields(line)
    if isinstance(line.leave, LeaveAsked):
        yield "record leave", "long_leave", leave_id, "starts_on,kind"
    elif line.leave:
        yield "end leave", "long_leave", line.leave.leave_id, "ends_on"


def _fields(line: Line) -> str:
    named = [_FIELDS[c.field] for c in line.changed if c.field in _FIELDS]
    return ",".join(named or _BEGINNING[line.kind is LineKind.JOINER])
