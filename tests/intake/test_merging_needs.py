"""What holds of two records' needs and requests when they become one: a lead's own decision before any rule's."""

from dataclasses import replace

import pytest

from app.capability.commands import (
    AskForLevel,
    BeginRule,
    Cell,
    DecideRequest,
    SetNeeds,
    ask_for_level,
    begin_rule,
    decide_request,
    previewed,
    set_needs,
)
from app.capability.models import LevelRequest, Requirement
from app.capability.need_rules import By, Conditions, DueFrom
from app.capability.rules import Need, NeedSource
from app.intake.models import PersonMergeRow
from app.intake.rules.merging import RowDeed
from app.organisation.models import Person
from tests.intake.two_records import TwoRecords, two_records
from tests.world import World

LEVEL = "pocket-qi"


@pytest.fixture
def sam(world: World) -> TwoRecords:
    world.load_courses()
    both = {"team": world.team("Larch", "Medicine")}
    return two_records(world, kept=both, gone={**both, "band": "8a"})


def begun(sam: TwoRecords, lead: Person) -> None:
    """A rule asks the record that will go."""
    command = BeginRule(
        name="Seniors",
        tier=LEVEL,
        directorate_id=sam.world.directorate("Medicine").id,
        team_id=None,
        conditions=Conditions(band_from="8a"),
        by=By(DueFrom.REACHED, many=3),
        why="Leaders coach others",
        starts_on=sam.world.today,
    )
    with sam.world.db.write() as session:
        _, shown = previewed(session, sam.world.actor(lead), command, sam.world.now)
        begin_rule(session, sam.world.actor(lead), replace(command, mark=shown.mark), sam.world.now)


def decided(sam: TwoRecords, lead: Person) -> None:
    """The lead decides that the record that stays needs nothing."""
    command = SetNeeds(cells=(Cell(sam.kept.id, LEVEL, 0),), need=Need.NOT_REQUIRED)
    with sam.world.db.write() as session:
        set_needs(session, sam.world.actor(lead), command, sam.world.now)


@pytest.mark.parametrize("rule_first", [True, False])
def test_a_rule_that_asked_one_record_leaves_a_leads_decision_about_the_other(
    sam: TwoRecords, *, rule_first: bool
) -> None:
    lead = sam.world.lead("Medicine")
    deeds = (begun, decided) if rule_first else (decided, begun)
    for deed in deeds:
        deed(sam, lead)
        sam.world.later(days=1)
    before = sam.everything()
    merge = sam.merge()
    rows = sam.rows(Requirement, person_id=sam.kept.id)
    assert len(rows) == 2
    assert [row["source"] for row in rows if row["superseded_at"] is None] == [NeedSource.LEAD]
    sam.undo(merge)
    assert sam.everything() == before


def test_of_two_requests_one_of_them_on_the_plan_the_staying_records_is_kept(sam: TwoRecords) -> None:
    lead = sam.world.lead("Medicine")
    made = []
    for person in (sam.kept, sam.gone):
        with sam.world.db.write() as session:
            ask = AskForLevel(tier=LEVEL)
            made.append(ask_for_level(session, sam.world.actor(person), ask, sam.world.now).id)
    with sam.world.db.write() as session:
        plan = DecideRequest(request_id=made[0], agree=False, plan=True)
        decide_request(session, sam.world.actor(lead), plan, sam.world.now)
    before = sam.everything()
    merge = sam.merge()
    assert [row["id"] for row in sam.rows(LevelRequest, person_id=sam.kept.id)] == [made[0]]
    assert (RowDeed.LEFT, made[1]) in {(r["deed"], r["row_id"]) for r in sam.rows(PersonMergeRow, name="level_request")}
    sam.undo(merge)
    assert sam.everything() == before


def test_what_a_rule_alone_asks_goes_on_being_asked(sam: TwoRecords) -> None:
    """Nobody decided anything: there is no decision for the rule to give way to."""
    begun(sam, sam.world.lead("Medicine"))
    sam.merge()
    mine = sam.rows(Requirement, person_id=sam.kept.id)
    assert [(row["source"], row["superseded_at"]) for row in mine] == [(NeedSource.RULE, None)]
