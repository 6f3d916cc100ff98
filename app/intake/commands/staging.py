"""What the work on an upload writes of itself. It is kept for a while and shown; nobody's deed, so no audit event."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.intake.models import StaffUpload, StaffUploadLine, StaffUploadProblem
from app.intake.rules.lines import Line
from app.intake.rules.plan import Plan
from app.intake.rules.rows import Problem
from app.intake.rules.sites import site_words
from app.intake.rules.uploads import KEPT_FOR, OPEN, OPEN_AS, UploadState
from app.kernel.db import WriteSession, table
from app.kernel.names import folded

_upload, _line, _problem = table(StaffUpload), table(StaffUploadLine), table(StaffUploadProblem)
LONGEST_REASON = 600
LONGEST_FOUND_BY = 600


def note(session: WriteSession, upload_id: int, during: UploadState, now: datetime, **values: object) -> bool:
    """Write how the work stands: any of the upload's columns, and that it was heard of now.

    False, and nothing is written, when the upload is not in the state `during` any more: somebody has set it aside or
    begun it anew, because this work was silent for so long that it was taken for killed.
    """
    state = values.get("state")
    if state is not None:
        values["open_as"] = OPEN_AS if state in OPEN else None
    mine = (_upload.c.id == upload_id) & (_upload.c.state == during)
    written = sa.update(_upload).where(mine).values(beat_at=now, **values).returning(_upload.c.id)
    return session.scalar(written) is not None


def clear_preview(session: WriteSession, upload_id: int) -> None:
    session.execute(sa.delete(_line).where(_line.c.upload_id == upload_id))
    session.execute(sa.delete(_problem).where(_problem.c.upload_id == upload_id))


def keep_lines(session: WriteSession, upload_id: int, lines: Iterable[Line]) -> None:
    session.execute(sa.insert(_line), [_line_values(upload_id, line) for line in lines])


def keep_problems(session: WriteSession, upload_id: int, problems: Iterable[tuple[Problem, Mapping[str, str]]]) -> None:
    """Each with what its row says, by the columns' names."""
    values = [
        {
            "upload_id": upload_id,
            "row": problem.row,
            "field": problem.column[:200],
            "reason": problem.reason[:LONGEST_REASON],
            "employee_number": problem.number[:30],
            "cells": cells,
            "found_by": _found_by(problem.column, problem.reason, *cells.values()),
            "by_decision": problem.by_decision,
            "put_right": False,
        }
        for problem, cells in problems
    ]
    session.execute(sa.insert(_problem), values)


def _line_values(upload_id: int, line: Line) -> dict[str, Any]:
    return {
        "upload_id": upload_id,
        "kind": line.kind,
        "row": line.row,
        "person_id": line.person_id,
        "employee_number": line.number,
        "name": line.name,
        "place": line.place[:250],
        "day": line.on,
        "changed": [[c.field, c.before, c.after] for c in line.changed],
        "found_by": _found_by(line.number, line.name, line.place),
    }


def _found_by(*words: str) -> str:
    return folded(" ".join(words))[:LONGEST_FOUND_BY]


def in_short(plan: Plan) -> dict[str, Any]:
    """What the upload itself keeps of a plan: its mark, how many of each kind, and what there is to decide."""
    counts = {str(kind): count for kind, count in plan.counts.items()}
    more = {
        "unchanged": len(plan.unchanged), "errors": len(plan.problems), "left out": plan.left_out,
        "left before": plan.over, "active": plan.active,
    }  # fmt: skip
    more |= {"sites": len(plan.sites)} if plan.sites else {}
    opened = [["team", place, 0] for place in plan.places_opened]
    kept = [["job role", words, rows] for words, rows in plan.new_roles.items()]
    kept += [["band", words, rows] for words, rows in plan.as_recorded.items()]
    return {
        "plan": plan.fingerprint,
        "counts": counts | more,
        "undecided": [[str(about), words, rows] for (about, words), rows in plan.undecided.items()],
        "kept_words": kept + opened + [["site", site_words(site), 0] for site in plan.sites],
        "proposals": [asdict(proposal) for proposal in plan.proposals],
        "plan_remarks": list(plan.remarks),
    }


def forget_old(session: WriteSession, now: datetime) -> int:
    """Drop what uploads have kept for a week: their rows, lines and problems. Returns of how many."""
    old = sa.select(_upload.c.id).where(_upload.c.made_at < now - KEPT_FOR)
    session.execute(sa.delete(_line).where(_line.c.upload_id.in_(old)))
    session.execute(sa.delete(_problem).where(_problem.c.upload_id.in_(old)))
    gone = session.execute(sa.delete(_upload).where(_upload.c.made_at < now - KEPT_FOR).returning(_upload.c.id))
    return len(gone.all())


def forget_applied(session: WriteSession, upload_id: int) -> None:
    """After the import: its record has the lines now."""
    clear_preview(session, upload_id)
    values: dict[str, Any] = {
        "content": None,
        "corrections": {},
        "decided": [],
        "proposals": [],
        "state": UploadState.APPLIED,
    }
    session.execute(sa.update(_upload).where(_upload.c.id == upload_id).values(open_as=None, **values))
