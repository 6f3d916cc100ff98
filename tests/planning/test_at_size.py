"""A forecast of 28,000 people in 12 directorates, from their rows to the picture."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM, PersonKind
from app.kernel.audit import AuditEvent
from app.kernel.db import WriteSession, table
from app.learning.models import Award, AwardEvent
from app.learning.rules import AwardEventKind, add_months
from app.organisation.models import Employment, Person
from app.organisation.rules import Basis
from app.planning.models import Target
from app.planning.queries.forecasts import settings
from app.planning.rules import TargetKind
from app.planning.splitting import first_total, split
from tests.world import World

PEOPLE, LEAVERS, DIRECTORATES = 28_000, 12_000, 12


def fill(world: World, session: WriteSession, teams: dict[int, int]) -> None:
    """Five years of people who came and went, two fifths of whom came to hold Pocket QI."""
    random, today, first = Random(5), world.today, 1_000
    people, posts, awards, events, deeds = [], [], [], [], []
    places = list(teams.values())
    for person_id in range(first, first + PEOPLE + LEAVERS):
        left = person_id >= first + PEOPLE
        began = today - timedelta(days=random.randint(1, 1825))
        ended = began + timedelta(days=random.randint(1, (today - began).days)) if left else None
        name = f"Person {person_id}"
        people.append(
            {"id": person_id, "kind": PersonKind.STAFF, "name": name, "list_name": name, "sort_key": name.lower()}
            | {"made_at": world.now - timedelta(days=1825)}
        )
        posts.append(
            {"id": person_id, "person_id": person_id, "basis": Basis.EMPLOYED, "employee_number": str(person_id)}
            | {"team_id": places[person_id % len(places)], "staff_group": "Nursing and Midwifery Registered"}
            | {"job_role": "Nurse", "band": "5", "is_primary": True, "starts_on": began, "ends_on": ended}
        )
        deeds.append(
            {"at": world.now, "actor_id": 1, "action": "hire", "entity": "employment"}
            | {"entity_id": person_id, "subject_id": person_id}
        )
        if random.random() < 0.4:
            on = began + timedelta(days=random.randint(0, ((ended or today) - began).days))
            awards.append({"id": person_id, "person_id": person_id, "tier": "pocket-qi"})
            events.append(
                {"award_id": person_id, "kind": AwardEventKind.GRANTED, "occurred_on": on, "source": "course"}
                | {"valid_until": add_months(on, 36), "recorded_at": world.now, "recorded_by_id": 1}
            )
    for model, rows in (
        (Person, people),
        (Employment, posts),
        (Award, awards),
        (AwardEvent, events),
        (AuditEvent, deeds),
    ):
        session.execute(sa.insert(table(model)), rows)
    targets: list[dict[str, object]] = [
        {"directorate_id": one, "tier": "pocket-qi", "year": 2026, "kind": TargetKind.PER_CENT, "value": 60.0}
        | {"staff_group": "", "reason": "", "set_by_id": 1, "set_at": world.now}
        for one in teams
    ]
    session.execute(sa.insert(table(Target)), targets)


@pytest.mark.slow
def test_every_directorate_of_a_large_trust_is_forecast(world: World, levels: Path) -> None:
    world.load_courses(levels, shared=True)
    teams = {}
    for number in range(DIRECTORATES):
        team = world.team("Team", f"Directorate {number}")
        teams[team.directorate_id] = team.id
    with world.db.write() as session:
        fill(world, session, teams)
    with world.db.read() as session:
        found = settings(session, SYSTEM, "pocket-qi", world.today)
        assert found is not None
        shown = split(found, first_total(found), None)
    assert sum(row.setting.here.headcount for row in shown.rows) == PEOPLE
    assert all(row.ahead for row in shown.rows)
    assert shown.suggestion.worst_after < shown.suggestion.worst_before
