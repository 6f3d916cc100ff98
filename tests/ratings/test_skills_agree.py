"""Nothing is in anybody's grid of skills that the page of that one person does not show to the same reader."""

import random
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.capability.queries.asked import who_is_asked
from app.kernel.db import ReadSession, table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError
from app.organisation.models import Person
from app.ratings import queries
from app.ratings.rules import OVERALL, Said, Voice
from tests.house.stage import furnish
from tests.ratings.scene import Scene, grid_in
from tests.world import World


def disagreements(world: World, session: ReadSession, reader: int, people: list[int]) -> Iterator[str]:
    """Where a reader's grid says of somebody else than that person's page does, or has them and should not."""
    actor = world.actor(reader)
    try:
        looked = grid_in(world, session, reader)
        if looked != grid_in(world, session, reader, world.today):
            yield f"{reader} reads otherwise as at today"
        found = {p.person_id: p for p in looked.shown}
    except NotFoundError:
        found = {}
    for person_id in people:
        row = found.pop(person_id, None)
        try:
            queries.rated_person(session, actor, person_id, world.today)
        except NotFoundError:
            if row is not None:
                yield f"{reader} does not rate {person_id}, and has them in the grid"
            continue
        if row is None:
            yield f"{reader} rates {person_id}, and has them not in the grid"
            continue
        voices = queries.voices_for_rater(session, actor, person_id)
        seen = {r.about: (voices.newest(Voice.OWN, r.about), voices.newest(Voice.LEAD, r.about)) for r in voices.rows}
        if {about: tuple(pair) for about, pair in row.pairs.items()} != seen:
            yield f"{reader} reads of {person_id} {row.pairs} and on their page {seen}"
        if any(pair.differ != voices.differ(about) for about, pair in row.pairs.items()):
            yield f"{reader} reads otherwise of {person_id} where the two differ"
        if row.all_rated != queries.may_rate_all(session, person_id, voices, world.today, who_is_asked):
            yield f"{reader} is told otherwise whether all skills of {person_id} are rated"
    yield from (f"{reader} has {person_id} in the grid, who is not there" for person_id in found)


@pytest.mark.slow
def test_of_the_whole_stage_every_grid_says_what_the_pages_say(world: World) -> None:
    world.load_courses()
    cast = furnish(world, crowd=3)
    readers = [*(i for name, i in cast.people.items() if name != "leaver"), *cast.crowd]
    with world.db.read() as session:
        people = list(session.scalars(sa.select(table(Person).c.id)))
        wrong = [text for reader in readers for text in disagreements(world, session, reader, people)]
        seen = grid_in(world, session, cast.people["lead-own"]).shown
    assert not wrong, "\n".join(wrong)
    assert any(p.differs for p in seen), "there is something to compare"
    assert len(seen) > len(cast.crowd)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_whatever_people_say_share_and_ask_the_grid_says_what_their_pages_say(scene: Scene, seed: int) -> None:
    """A long story at random, and after each chapter every reader of every person."""
    chance, world = random.Random(seed), scene.world
    other, matron = scene.another_lead(), scene.matron()
    ward_lead = world.hire("Lena", "Ward", team=scene.team)
    world.grant(ward_lead, Role.LEAD, "team", scene.team.id)
    people = [scene.lead, scene.manager, scene.ann, scene.ben, other, matron, ward_lead]
    ids, leads = [one.id for one in people], [scene.lead, other, ward_lead]
    teams = [scene.team, world.team("Ash ward"), world.team("Theatre", "Surgery")]
    judges = [*leads, scene.manager, matron]
    levels = [Said.LEVEL_0, Said.LEVEL_2, Said.LEVEL_4, Said.UNKNOWN]
    wholes = [Said.NEW, Said.LEADS, Said.UNKNOWN]
    one_of = chance.choice
    deeds = (
        lambda: scene.says(one_of(people), one_of(wholes), aim=one_of(levels), spread=one_of(levels)),
        lambda: scene.says(one_of(people), one_of(wholes)),
        lambda: scene.shares(one_of([scene.ann, scene.ben]), one_of(judges)),
        lambda: scene.stops(one_of([scene.ann, scene.ben]), one_of(judges)),
        lambda: scene.rates(one_of(judges), one_of(people), **{OVERALL: one_of(wholes)}),
        lambda: scene.rates(one_of(leads), one_of(people), **{OVERALL: one_of(wholes)}),
        lambda: scene.rates(one_of(judges), one_of(people), aim=one_of(levels), ideas=one_of(levels)),
        lambda: scene.asks(one_of([scene.manager, matron]), one_of(leads)),
        lambda: scene.takes_back(one_of(leads)),
        lambda: scene.manages(one_of(people[1:3]), one_of([scene.ben, matron])),
        lambda: world.move(one_of([scene.ann, scene.ben]), one_of(teams), world.today),
    )
    compared = 0
    for _chapter in range(6):
        for _deed in range(20):
            world.later(hours=chance.randint(1, 30))
            try:
                one_of(deeds)()
            except (NotFoundError, BadInputError, RuleBrokenError):
                continue
        with world.db.read() as session:
            wrong = [text for reader in ids for text in disagreements(world, session, reader, ids)]
            compared += sum(len(p.pairs) for lead in leads for p in grid_in(world, session, lead).shown)
        assert not wrong, "\n".join(wrong)
    assert compared, "nobody said anything"
