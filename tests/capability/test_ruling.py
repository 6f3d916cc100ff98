"""What rules of need do to people's needs, beside what leads decide, and who may set them."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.accounts import weekly
from app.capability.commands import UndoDecision, begin_rule, previewed, undo_decision
from app.capability.models import Requirement
from app.capability.need_rules import By, DueFrom
from app.capability.queries.mine import levels_of
from app.capability.queries.touched import Kind
from app.capability.rules import Need, NeedSource
from app.kernel.db import table
from app.kernel.errors import NotFoundError, RuleBrokenError, StaleError
from app.kernel.outbox import Notice
from app.organisation.commands import RecordLeave, record_leave
from app.organisation.rules import LeaveKind
from tests.capability.conftest import SPRING, Scene
from tests.capability.ruled import Ruled, begin


@pytest.fixture
def ruled(scene: Scene) -> Ruled:
    return begin(scene)


def test_a_rule_asks_whoever_fits_with_its_reason_a_notice_and_one_event_each(ruled: Ruled) -> None:
    rule_id = ruled.begin()
    found = ruled.standing(ruled.matron)
    assert (found.need, found.due, found.source) == (Need.REQUIRED, SPRING, NeedSource.RULE)
    assert ruled.standing(ruled.scene.anna).need is None, "band 6"
    assert ruled.actions() == ["begin need rule", "set need"]
    with ruled.scene.world.db.read() as session:
        rows = session.execute(sa.select(table(Requirement))).all()
        lines = session.scalars(sa.select(table(Notice).c.line)).all()
    assert [(r.rule_id, r.reason) for r in rows] == [(rule_id, "Leaders coach others")]
    assert len(lines) == 1
    assert lines[0].startswith("The rule “Band 8a and above” of Medicine asks you to complete Pocket QI by 31 March")


def test_the_persons_page_says_which_rule_asked_since_when(ruled: Ruled) -> None:
    ruled.begin()
    with ruled.scene.world.db.read() as session:
        _, levels = levels_of(session, ruled.scene.actor(), ruled.matron.id, ruled.scene.world.now)
    decided = next(m.decided for m in levels if m.tier.slug == "pocket-qi")
    assert decided is not None
    assert decided.by == "the rule “Band 8a and above” of Medicine"
    mine = ruled.scene.world.client(ruled.matron).get("/my-skills")
    said = "Asked for by the rule “Band 8a and above” of Medicine, since 23 November 2026: “Leaders coach others”"
    assert said in mine.text
    theirs = ruled.scene.world.client(ruled.scene.lead).get(f"/teams/people/{ruled.matron.id}")
    assert "Asked for by the rule “Band 8a and above” of Medicine, since 23 November 2026" in theirs.text


def test_the_preview_tells_apart_whom_it_asks_and_whom_it_leaves_alone_and_why(ruled: Ruled) -> None:
    holder, owner, waived, away = (ruled.hire(name) for name in ("Holder", "Owner", "Waived", "Away"))
    ruled.hire("Elsewhere", "Theatre", "Surgery")
    ruled.hire("Doctor", band="Consultant")
    ruled.scene.complete(holder, "pocket-qi", date(2026, 5, 1))
    ruled.scene.decide(owner, need=Need.NOT_REQUIRED, due=None)
    ruled.scene.decide(waived, need=Need.WAIVED, due=SPRING, reason="Leads a project already")
    with ruled.scene.world.db.write() as session:
        leave = RecordLeave(person_id=away.id, kind=LeaveKind.SICK, starts_on=date(2026, 11, 1))
        record_leave(session, SYSTEM, leave, ruled.scene.world.now)
    assert ruled.kinds() == {
        "Matron": Kind.NEW,
        "Holder": Kind.HELD,
        "Owner": Kind.OWN,
        "Waived": Kind.WAIVED,
        "Away": Kind.NEW,
    }
    with ruled.scene.world.db.read() as session:
        _, shown = previewed(session, ruled.scene.actor(), ruled.command(), ruled.scene.world.now)
    assert [t.list_name for t in shown.people if t.away] == ["Away, New"]
    assert shown.off_ladder == 1, "the consultant fits no band: it is said, and not guessed"
    ruled.begin()
    assert ruled.standing(holder).need is None
    assert ruled.standing(owner).need is Need.NOT_REQUIRED


def test_what_is_saved_is_what_the_preview_showed(ruled: Ruled) -> None:
    actor, now, command = ruled.scene.actor(), ruled.scene.world.now, ruled.command()
    with ruled.scene.world.db.read() as session:
        _, shown = previewed(session, actor, command, now)
    ruled.hire("Later")
    with ruled.scene.world.db.write() as session, pytest.raises(StaleError):
        begin_rule(session, actor, replace(command, mark=shown.mark), now)
    assert ruled.actions() == []


def test_a_leads_decision_overrides_a_rule_even_with_the_same_words_and_undo_brings_the_rule_back(
    ruled: Ruled,
) -> None:
    ruled.begin()
    ruled.scene.world.later(minutes=1)
    decision = ruled.scene.decide(ruled.matron, due=SPRING, reason="Leaders coach others")
    assert decision is not None, "the same date and reason, and yet another decision"
    assert ruled.standing(ruled.matron).source is NeedSource.LEAD
    assert ruled.keep() == 0
    ruled.scene.world.later(minutes=1)
    with ruled.scene.world.db.write() as session:
        undo_decision(session, ruled.scene.actor(), UndoDecision(decision.id), ruled.scene.world.now)
    assert ruled.standing(ruled.matron).source is NeedSource.RULE
    assert ruled.keep() == 0


def test_undoing_a_decision_over_a_rule_that_has_ended_leaves_nothing(ruled: Ruled) -> None:
    rule_id = ruled.begin()
    ruled.scene.world.later(minutes=1)
    decision = ruled.scene.decide(ruled.matron, need=Need.NOT_REQUIRED, due=None)
    assert decision is not None
    ruled.end(rule_id)
    ruled.scene.world.later(minutes=1)
    with ruled.scene.world.db.write() as session:
        undo_decision(session, ruled.scene.actor(), UndoDecision(decision.id), ruled.scene.world.now)
    assert ruled.standing(ruled.matron).need is None


def test_of_two_rules_the_sooner_date_counts_and_the_other_takes_over_when_it_ends(ruled: Ruled) -> None:
    ruled.begin()
    sooner = ruled.begin(name="Sooner", by=By(DueFrom.DATE, date(2027, 1, 31)))
    assert ruled.standing(ruled.matron).due == date(2027, 1, 31)
    ruled.scene.world.later(minutes=1)
    ruled.end(sooner)
    assert ruled.standing(ruled.matron).due == SPRING
    assert ruled.keep() == 0


def test_ending_a_rule_withdraws_what_is_not_completed_and_nothing_else(ruled: Ruled) -> None:
    other = ruled.hire("Other")
    rule_id = ruled.begin()
    ruled.scene.complete(other, "pocket-qi", ruled.scene.world.today)
    ruled.end(rule_id)
    assert ruled.standing(ruled.matron).need is None
    assert ruled.standing(other).need is Need.REQUIRED, "completed: it stays as it was"
    with pytest.raises(RuleBrokenError):
        ruled.end(rule_id)


def test_a_change_is_another_rule_in_its_place_and_time_goes_on_counting(ruled: Ruled) -> None:
    first = ruled.begin(by=By(DueFrom.REACHED, many=3))
    ruled.scene.world.later(days=30)
    assert ruled.keep() == 0
    second = ruled.begin(by=By(DueFrom.REACHED, many=4), follows_id=first)
    assert second != first
    assert ruled.standing(ruled.matron).due == date(2027, 3, 23), "four months from the day it first reached her"
    assert [n.rule_id for n in ruled.open_needs(ruled.matron)] == [second]


def test_only_the_qi_team_rules_the_trust_and_nobody_another_directorate(ruled: Ruled) -> None:
    for elsewhere in ({"directorate_id": None}, {"directorate_id": ruled.scene.world.directorate("Surgery").id}):
        with pytest.raises(NotFoundError):
            ruled.begin(**elsewhere)
    admin = ruled.scene.world.with_role(Role.QI_ADMIN, band="5")
    rule_id = ruled.begin(admin, directorate_id=None)
    assert ruled.standing(ruled.matron).need is Need.REQUIRED
    with pytest.raises(NotFoundError):
        ruled.end(rule_id)


def waiting(ruled: Ruled) -> list[str]:
    n = table(Notice)
    with ruled.scene.world.db.read() as session:
        wanted = sa.select(n.c.line).where(n.c.withdrawn_at.is_(None), n.c.mail_id.is_(None)).order_by(n.c.key)
        return list(session.scalars(wanted))


def test_nobody_is_told_again_of_a_date_that_stays(ruled: Ruled) -> None:
    rule_id = ruled.begin()
    ruled.scene.world.later(minutes=1)
    ruled.begin(name="Seniors", follows_id=rule_id)
    assert len(waiting(ruled)) == 1, "told once: of the rule that asks"
    assert waiting(ruled)[0].startswith("The rule “Seniors” of Medicine")


def test_whom_a_mail_has_told_hears_nothing_of_a_rule_that_keeps_their_date(ruled: Ruled) -> None:
    rule_id = ruled.begin()
    ruled.scene.world.later(days=8)
    with ruled.scene.world.db.write() as session:
        weekly.gather(session, ruled.scene.world.settings, ruled.scene.world.now)
    assert waiting(ruled) == []
    ruled.begin(name="Seniors", follows_id=rule_id)
    assert waiting(ruled) == []
