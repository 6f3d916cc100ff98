"""Where a course for authors has a sign-off, the demonstration's administrator has tried it."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml

from app.demonstration.fill import YEARS, fill
from app.kernel.config import ROOT
from app.kernel.db import table
from app.signing.models import SignOff, SignOffEvent
from app.signing.rules import SignOffDeed, SignOffState
from tests.demonstration.test_fill import FEW, MONTHS, NOW
from tests.invariants import check_invariants
from tests.world import World

SIGN_OFF = {
    "id": "try-out-a-sign-off",
    "kind": "sign-off",
    "title": "A small test on a real shift",
    "statement": "They tried one change on one shift, and told a colleague what came out.",
    "prompt": "What did you try, when and with whom?",
    "signer": "either",
    "minutes": 5,
    "participatory_minutes": 0,
}


@pytest.mark.slow
def test_it_was_asked_rejected_asked_again_and_moved_when_a_coach_left(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "courses"
    shutil.copytree(ROOT / "courses", folder, ignore=shutil.ignore_patterns("masterclasses", "qi-coach"))
    file = folder / "gallery" / "course.yaml"
    course = yaml.safe_load(file.read_text())
    for module in course["modules"]:
        module["activities"] = [a for a in module["activities"] if a["kind"] != "sign-off"]
    course["modules"][0]["activities"].append(SIGN_OFF)
    file.write_text(yaml.safe_dump(course, sort_keys=False, allow_unicode=True))
    world.clock.at = NOW - YEARS
    world.load_courses(folder)
    world.clock.at = NOW
    fill(world.db, world.settings, NOW, lambda _done, _of: None, people=FEW, since=MONTHS)
    with world.db.read() as session:
        states = session.scalars(sa.select(table(SignOff).c.state).order_by(table(SignOff).c.id)).all()
        deeds = session.scalars(sa.select(table(SignOffEvent).c.deed).order_by(table(SignOffEvent).c.id)).all()
    assert states == [SignOffState.REJECTED, SignOffState.REQUESTED]
    asked = SignOffDeed.REQUESTED
    assert deeds == [asked, SignOffDeed.REJECTED, asked, SignOffDeed.MOVED]
    check_invariants(world.db)
