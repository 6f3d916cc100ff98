"""Merged, leave and learning from elsewhere are one person's; what cannot stand twice is named and comes back."""

from datetime import date

import pytest

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.intake.models import PersonMergeRow
from app.intake.rules.merging import RowDeed
from app.kernel import audit
from app.kernel.errors import RuleBrokenError
from app.organisation.commands import RecordLeave, record_leave
from app.organisation.models import LongLeave, Person
from app.organisation.rules import LeaveKind
from app.recognition.commands import RecordItem, record_item
from app.recognition.models import AdvisorRecord, EvidenceItem, SponsorSignOff
from app.signing.models import PracticeUse
from app.signing.rules import SignOffState
from tests.intake.two_records import TwoRecords, two_records
from tests.recognition.advisors import Programmes
from tests.recognition.scene import Scene
from tests.world import World


@pytest.fixture
def sam(world: World) -> TwoRecords:
    return two_records(world, kept={"starts_on": date(2025, 1, 1)}, gone={"ends_on": date(2025, 1, 1)})


def away(sam: TwoRecords, who: Person, start: date, end: date | None) -> int:
    with sam.world.db.write() as session:
        command = RecordLeave(person_id=who.id, kind=LeaveKind.PARENTAL, starts_on=start, ends_on=end)
        return record_leave(session, sam.actor, command, sam.world.now).id


def learnt(sam: TwoRecords, who: Person, key: str) -> int:
    with sam.world.db.write() as session:
        command = RecordItem(
            person_id=who.id, title=key, completed_on=date(2024, 1, 1), source="Imported from a list", source_key=key
        )
        return record_item(session, sam.actor, command, sam.world.now)


def left(sam: TwoRecords) -> list[tuple[str, int]]:
    """What the journal says it did not move."""
    return [(row["name"], row["row_id"]) for row in sam.rows(PersonMergeRow) if row["deed"] == RowDeed.LEFT]


def test_leave_under_either_record_is_one_persons_and_shares_no_day(sam: TwoRecords) -> None:
    own = away(sam, sam.kept, date(2025, 3, 1), date(2025, 6, 1))
    earlier = away(sam, sam.gone, date(2024, 3, 1), date(2024, 6, 1))
    same_days = away(sam, sam.gone, date(2025, 5, 1), date(2025, 8, 1))
    before = sam.everything()
    merge = sam.merge()
    assert [row["id"] for row in sam.rows(LongLeave, person_id=sam.kept.id)] == [own, earlier]
    assert left(sam) == [("long_leave", same_days)]
    sam.undo(merge)
    assert sam.everything() == before


def test_what_one_list_named_for_both_is_there_once(sam: TwoRecords) -> None:
    own, twice, other = learnt(sam, sam.kept, "a"), learnt(sam, sam.gone, "a"), learnt(sam, sam.gone, "b")
    before = sam.everything()
    merge = sam.merge()
    assert [row["id"] for row in sam.rows(EvidenceItem, person_id=sam.kept.id)] == [own, other]
    assert left(sam) == [("evidence_item", twice)]
    sam.undo(merge)
    assert sam.everything() == before


def test_a_sponsors_word_goes_with_them_and_comes_back(sam: TwoRecords) -> None:
    admin = sam.world.with_role(Role.QI_ADMIN, given_name="Mina")
    sponsor = sam.world.hire("Ola", "Sponsor")
    sponsor_again = sam.world.hire("Ola", "Sponsor")
    programmes = Programmes(sam.world, admin.id)
    record = programmes.keep(sam.kept, sponsor)
    programmes.sign(record, sponsor)
    before = sam.everything()
    merge = sam.merge(sponsor_again, sponsor)
    assert [row["sponsor_id"] for row in sam.rows(AdvisorRecord)] == [sponsor_again.id]
    assert [row["sponsor_id"] for row in sam.rows(SponsorSignOff)] == [sponsor_again.id]
    sam.undo(merge)
    assert sam.everything() == before


def test_whoever_recognised_the_others_learning_is_another_person(world: World) -> None:
    world.load_courses(shared=True)
    scene = Scene.of(world)
    sam = two_records(world)
    scene.recognise(scene.offer())
    with pytest.raises(RuleBrokenError, match="assessor"):
        sam.merge(scene.ada, scene.marco)
    assert sam.merge(scene.ada, sam.gone)


def test_whoever_decided_about_the_others_use_of_a_level_is_another_person(world: World) -> None:
    world.load_courses(shared=True)
    sam = two_records(world)
    confirmer = sam.world.hire("Ola", "Confirmer")
    use = PracticeUse(
        person_id=sam.kept.id, tier="pocket-qi", what="Fewer falls", place="Larch ward", worked_on=date(2026, 5, 1),
        account="We counted falls.", state=SignOffState.REJECTED, told_at=sam.world.now, told_by_id=sam.kept.id,
        asked_id=confirmer.id, decided_by_id=confirmer.id, decided_at=sam.world.now,
    )  # fmt: skip
    with sam.world.db.write() as session:
        session.add(use)
        audit.record(session, SYSTEM, "tell use in practice", "practice_use", 1, now=sam.world.now)
    with pytest.raises(RuleBrokenError, match="decided about the other’s learning"):
        sam.merge(sam.kept, confirmer)


def test_a_sponsor_is_another_person_than_whom_they_answer_for(sam: TwoRecords) -> None:
    admin = sam.world.with_role(Role.QI_ADMIN, given_name="Mina")
    Programmes(sam.world, admin.id).keep(sam.kept, sam.world.hire("Ola", "Sponsor"))
    sponsor_id = sam.rows(AdvisorRecord)[0]["sponsor_id"]
    with sam.world.db.read() as session:
        sponsor = session.get_one(Person, sponsor_id)
    with pytest.raises(RuleBrokenError, match="decided about the other’s learning"):
        sam.merge(sam.kept, sponsor)
