"""The record of an external programme: the QI team keeps it, others vouch for it, then the level is granted."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.kernel.db import table
from app.kernel.errors import BadInputError, NotAllowedError, NotFoundError, RuleBrokenError, StaleError
from app.kernel.outbox import Notice
from app.organisation.models import Person
from app.recognition import commands
from app.recognition.rules import ADVISOR_TIER, AdvisorResult, Lacking, in_halves, lacking, review_day
from tests.invariants import check_invariants
from tests.recognition.advisors import BEGAN, ENDED, PASSED_ON, REVIEW, Programmes
from tests.recognition.scene import Scene
from tests.signing.test_at_once import at_once


@pytest.fixture
def kept(scene: Scene) -> Programmes:
    return Programmes(scene.world, scene.marco.id)


@pytest.fixture
def sponsor(scene: Scene) -> Person:
    return scene.world.hire("Teresa", "Hollis")


def complete(kept: Programmes, who: Person, sponsor: Person, **said: object) -> int:
    """A record to which nothing is lacking."""
    record = kept.keep(who, sponsor, **said)
    kept.sign(record, sponsor, "The ward still does it.")
    kept.certify(record)
    kept.verify(record)
    return record


def lines(scene: Scene, person: Person) -> list[str]:
    notice = table(Notice).c
    with scene.world.db.read() as session:
        mine = sa.select(notice.line).where(notice.person_id == person.id, notice.withdrawn_at.is_(None))
        return list(session.scalars(mine.order_by(notice.id)))


def test_a_review_is_due_three_years_after_the_end() -> None:
    assert review_day(date(2024, 2, 29)) == date(2027, 2, 28)


def test_scores_are_said_in_halves() -> None:
    assert [in_halves(n) for n in (1, 7, 10)] == ["0.5", "3.5", "5.0"]


@pytest.mark.parametrize(
    ("ends_on", "review_on", "result", "signed", "verified", "lacks"),
    [
        (ENDED, REVIEW, AdvisorResult.PASSED, True, True, ()),
        (ENDED, REVIEW, None, True, True, (Lacking.RESULT,)),
        (ENDED, REVIEW, AdvisorResult.LEFT, True, True, (Lacking.RESULT,)),
        (ENDED, REVIEW, AdvisorResult.PASSED, False, False, (Lacking.SIGN_OFF, Lacking.CERTIFICATE)),
        (date(2026, 12, 1), REVIEW, AdvisorResult.PASSED, True, True, (Lacking.END,)),
        (ENDED, date(2026, 11, 23), AdvisorResult.PASSED, True, True, (Lacking.REVIEW,)),
    ],
)
def test_everything_must_be_there_before_the_level(
    ends_on: date, review_on: date, result: AdvisorResult | None, signed: bool, verified: bool, lacks: object
) -> None:
    found = lacking(ends_on, review_on, result, date(2026, 11, 23), signed=signed, verified=verified)
    assert found == lacks


def test_a_complete_record_grants_the_level_with_its_source_until_the_review(
    scene: Scene, kept: Programmes, sponsor: Person
) -> None:
    record = complete(kept, scene.ada, sponsor)
    kept.grant(record)
    kept.grant(record)
    held = scene.held(ADVISOR_TIER)
    assert held is not None
    assert (held.granted_on, held.valid_until) == (PASSED_ON, REVIEW)
    assert held.source == "external programme: Improvement Advisor, An institute, passed 1 October 2026"
    assert [m[0] for m in scene.mails()] == ["You hold the level of an improvement advisor"]
    assert [action for action, _ in scene.deeds("advisor_record")] == [
        "keep advisor record",
        "sign off as sponsor",
        "add advisor certificate",
        "verify advisor certificate",
        "grant advisor level",
    ]
    check_invariants(scene.world.db)


def test_nothing_is_granted_while_anything_is_lacking(scene: Scene, kept: Programmes, sponsor: Person) -> None:
    record = kept.keep(scene.ada, sponsor)
    steps = (lambda: kept.sign(record, sponsor), lambda: kept.certify(record), lambda: kept.verify(record))
    for step in steps:
        with pytest.raises(RuleBrokenError):
            kept.grant(record)
        step()
    kept.grant(record)
    assert scene.held(ADVISOR_TIER)


def test_once_granted_the_facts_stay_and_the_duties_can_change(scene: Scene, kept: Programmes, sponsor: Person) -> None:
    record = complete(kept, scene.ada, sponsor)
    kept.grant(record)
    with pytest.raises(RuleBrokenError):
        kept.change(record, project="Another one")
    with pytest.raises(RuleBrokenError):
        kept.certify(record)
    with pytest.raises(RuleBrokenError):
        kept.workshop(record, "Day 9", ENDED)
    kept.do(commands.set_duties, commands.SetDuties(record_id=record, half_days=5, coaches=3))
    assert (kept.of(record).record.half_days, kept.of(record).record.coaches) == (5, 3)


def test_a_review_refreshes_the_level_until_the_next_one(scene: Scene, kept: Programmes, sponsor: Person) -> None:
    record = complete(kept, scene.ada, sponsor)
    early = commands.RecordReview(record_id=record, held_on=date(2026, 11, 20), next_on=date(2029, 11, 20))
    with pytest.raises(RuleBrokenError):
        kept.do(commands.record_review, early)
    kept.grant(record)
    scene.world.later(days=900)
    held_on, next_on = scene.world.today - timedelta(days=3), scene.world.today + timedelta(days=1095)
    kept.do(commands.record_review, commands.RecordReview(record_id=record, held_on=held_on, next_on=next_on))
    held = scene.held(ADVISOR_TIER)
    assert held is not None
    assert (held.granted_on, held.first_granted_on, held.valid_until) == (held_on, PASSED_ON, next_on)
    assert kept.of(record).record.review_on == next_on
    with pytest.raises(BadInputError) as wrong:
        kept.do(commands.record_review, commands.RecordReview(record_id=record, held_on=held_on, next_on=held_on))
    assert set(wrong.value.errors) == {"held_on", "next_on"}


def test_nobody_keeps_or_decides_about_their_own(scene: Scene, sponsor: Person) -> None:
    mine, other = Programmes(scene.world, scene.marco.id), Programmes(scene.world, scene.mina.id)
    with pytest.raises(NotAllowedError):
        mine.keep(scene.marco)
    record = complete(other, scene.marco, sponsor)
    for deed in (lambda: mine.grant(record), lambda: mine.change(record, project="X"), lambda: mine.certify(record)):
        with pytest.raises(NotAllowedError):
            deed()


def test_only_the_sponsor_signs_off_and_only_once_it_has_ended(scene: Scene, kept: Programmes, sponsor: Person) -> None:
    runs = {"ends_on": date(2026, 12, 18), "result": None, "assessed_on": None}
    record = kept.keep(scene.ada, sponsor, **runs)
    for other in (scene.ada, scene.marco):
        with pytest.raises(NotFoundError):
            kept.sign(record, other)
    with pytest.raises(RuleBrokenError, match="goes on until 18 December 2026"):
        kept.sign(record, sponsor)
    scene.world.later(days=30)
    kept.sign(record, sponsor)
    kept.sign(record, sponsor, "Again")
    assert kept.of(record).record.signed_words == ""


def test_another_sponsor_signs_off_anew(scene: Scene, kept: Programmes, sponsor: Person) -> None:
    other = scene.world.hire("Sam", "Okoro")
    record = kept.keep(scene.ada, sponsor)
    kept.sign(record, sponsor)
    kept.change(record, sponsor=kept.address(other))
    assert kept.of(record).record.signed_at is None
    with pytest.raises(NotFoundError):
        kept.sign(record, sponsor)
    kept.sign(record, other, "I took it over.")
    assert kept.of(record).record.signed_words == "I took it over."


def test_a_sponsor_is_told_when_they_are_named_and_when_their_word_is_wanted(
    scene: Scene, kept: Programmes, sponsor: Person
) -> None:
    record = kept.keep(scene.ada, sponsor, result=None, assessed_on=None)
    kept.change(record, sponsor=kept.address(sponsor), result=None, assessed_on=None, project="A new title")
    assert len(lines(scene, sponsor)) == 1
    kept.change(record, sponsor=kept.address(sponsor))
    named, wanted = lines(scene, sponsor)
    assert "named as the sponsor of Ada Learner: Improvement Advisor" in named
    assert wanted.endswith(f"/sponsored/{record}")


def test_another_certificate_takes_the_place_of_the_first_and_is_verified_anew(
    scene: Scene, kept: Programmes, sponsor: Person
) -> None:
    record = complete(kept, scene.ada, sponsor)
    first = kept.of(record).record.certificate_id
    second = kept.certify(record, "second.pdf")
    assert kept.of(record).record.verified_at is None
    old = commands.VerifyCertificate(record_id=record, certificate_id=first or 0, how="Looked at the old one")
    with pytest.raises(StaleError):
        kept.do(commands.verify_certificate, old)
    assert kept.of(record).record.certificate_id == second
    with pytest.raises(RuleBrokenError):
        kept.grant(record)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"programme": ""}, "programme"),
        ({"provider": ""}, "provider"),
        ({"starts_on": date(1970, 1, 1)}, "starts_on"),
        ({"ends_on": BEGAN}, "ends_on"),
        ({"ends_on": date(2040, 1, 1)}, "ends_on"),
        ({"result": None}, "result"),
        ({"assessed_on": None}, "assessed_on"),
        ({"assessed_on": date(2026, 12, 24)}, "assessed_on"),
        ({"review_on": ENDED}, "review_on"),
        ({"project": "x" * 201}, "project"),
        ({"sponsor": "nobody@nowhere.example"}, "sponsor"),
        ({"sponsor": "Ada Learner"}, "sponsor"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    scene: Scene, kept: Programmes, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(BadInputError) as wrong:
        kept.keep(scene.ada, **said)
    assert field in wrong.value.errors


def test_the_same_programme_is_recorded_once(scene: Scene, kept: Programmes) -> None:
    kept.keep(scene.ada)
    with pytest.raises(BadInputError):
        kept.keep(scene.ada)
    kept.keep(scene.ada, programme="Another programme")


def test_of_two_who_change_it_the_second_is_told(scene: Scene, kept: Programmes) -> None:
    record = kept.keep(scene.ada)
    seen = kept.of(record).record.version
    kept.change(record, seen=seen, project="The first title")
    with pytest.raises(StaleError):
        kept.change(record, seen=seen, project="The second title")
    assert kept.of(record).record.project == "The first title"


def test_two_who_grant_at_once_grant_one_level(scene: Scene, kept: Programmes, sponsor: Person) -> None:
    record = complete(kept, scene.ada, sponsor)
    assert at_once(lambda: kept.grant(record), lambda: kept.grant(record, scene.mina)) == [None, None]
    assert [a for a, _ in scene.deeds("advisor_record")].count("grant advisor level") == 1
    assert len(scene.mails()) == 1
    check_invariants(scene.world.db)
