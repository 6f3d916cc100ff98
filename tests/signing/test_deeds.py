"""Every deed that may be done to a request for a sign-off, and every one that may not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import BadInputError, NotFoundError, RuleBrokenError, StaleError
from app.learning.models import Outcome
from app.learning.rules import OutcomeSource
from app.signing.models import SignOff
from app.signing.rules import SignOffDeed, SignOffState, follows
from tests.signing.course import ACCOUNT, KEY, OTHER, SLUG, Scene

ENDS = (SignOffState.REJECTED, SignOffState.WITHDRAWN, SignOffState.SUPERSEDED)
ALLOWED = {
    (None, SignOffDeed.REQUESTED): SignOffState.REQUESTED,
    (SignOffState.REQUESTED, SignOffDeed.MOVED): SignOffState.REQUESTED,
    (SignOffState.REQUESTED, SignOffDeed.CONFIRMED): SignOffState.CONFIRMED,
    (SignOffState.REQUESTED, SignOffDeed.REJECTED): SignOffState.REJECTED,
    (SignOffState.REQUESTED, SignOffDeed.WITHDRAWN): SignOffState.WITHDRAWN,
    (SignOffState.REQUESTED, SignOffDeed.SUPERSEDED): SignOffState.SUPERSEDED,
    (SignOffState.CONFIRMED, SignOffDeed.SUPERSEDED): SignOffState.SUPERSEDED,
}


@pytest.mark.parametrize("deed", SignOffDeed)
@pytest.mark.parametrize("state", [None, *SignOffState])
def test_a_deed_leads_where_the_table_says_and_nowhere_else(state: SignOffState | None, deed: SignOffDeed) -> None:
    assert follows(state, deed) == ALLOWED.get((state, deed))


def outcomes(scene: Scene) -> list[Outcome]:
    with scene.world.db.read() as session:
        wanted = sa.select(Outcome).where(table(Outcome).c.source == OutcomeSource.SIGNED_OFF)
        return list(session.scalars(wanted))


def actions(scene: Scene) -> list[str]:
    event = table(AuditEvent)
    wanted = event.c.entity.in_(["sign_off", "outcome", "enrolment"])
    with scene.world.db.read() as session:
        return list(session.scalars(sa.select(event.c.action).where(wanted).order_by(event.c.id)))


def test_what_is_asked_waits_and_is_written_down_once(scene: Scene) -> None:
    scene.ask()
    [row] = scene.requests().rows
    assert (row.state, row.account, row.asked_id) == (SignOffState.REQUESTED, ACCOUNT, scene.manager.id)
    assert [e.deed for e in scene.requests().events] == [SignOffDeed.REQUESTED]
    assert actions(scene) == ["enrol", "start course", "ask for sign-off"]
    assert outcomes(scene) == []


def test_asking_twice_with_the_same_words_is_asking_once(scene: Scene) -> None:
    first = scene.ask(seen=0)
    assert scene.ask(seen=0) == first
    assert len(scene.requests().rows) == 1


def test_confirming_records_the_outcome_with_its_minutes_on_that_day_and_completes_the_course(scene: Scene) -> None:
    scene.read_it()
    request = scene.ask()
    scene.world.later(days=2)
    scene.decide(request, comment="I saw the board")
    [outcome] = outcomes(scene)
    assert (outcome.occurred_on, outcome.minutes, outcome.participatory_minutes) == (scene.world.today, 10, 5)
    assert outcome.recorded_by_id == scene.manager.id
    assert scene.course().is_completed
    assert actions(scene)[-3:] == ["confirm sign-off", "record outcome", "complete course"]


def test_a_rejection_needs_words_and_records_nothing(scene: Scene) -> None:
    scene.read_it()
    request = scene.ask()
    with pytest.raises(BadInputError) as wrong:
        scene.decide(request, confirm=False)
    assert wrong.value.errors.keys() == {"comment"}
    scene.decide(request, confirm=False, comment="Which ward was it?")
    [row] = scene.requests().rows
    assert (row.state, row.comment, row.decided_by) == (SignOffState.REJECTED, "Which ward was it?", "Maya Osei")
    assert outcomes(scene) == []
    assert not scene.course().is_completed
    assert KEY not in scene.course().finished


def test_after_a_rejection_or_a_withdrawal_one_may_ask_again(scene: Scene) -> None:
    scene.decide(scene.ask(), confirm=False, comment="Say more")
    scene.ask(account="More, then.")
    scene.withdraw()
    scene.ask(scene.lead, account="More still.")
    assert scene.states() == [SignOffState.REJECTED, SignOffState.WITHDRAWN, SignOffState.REQUESTED]


def test_changing_what_waits_supersedes_it_and_nobody_can_confirm_the_old_words(scene: Scene) -> None:
    old = scene.ask()
    new = scene.ask(account="It was four people, not three.")
    assert scene.states() == [SignOffState.SUPERSEDED, SignOffState.REQUESTED]
    assert scene.waits_for(scene.manager) == [new]
    for confirm in (True, False):
        with pytest.raises(StaleError):
            scene.decide(old, confirm=confirm, comment="As I read it")
    assert outcomes(scene) == []


def test_changing_what_was_confirmed_takes_its_outcome_back(scene: Scene) -> None:
    scene.decide(scene.ask())
    assert len(outcomes(scene)) == 1
    scene.ask(account="It was four people, not three.")
    assert scene.states() == [SignOffState.SUPERSEDED, SignOffState.REQUESTED]
    assert outcomes(scene) == []
    assert actions(scene)[-3:] == ["take back outcome", "supersede sign-off", "ask for sign-off"]


def test_once_the_course_is_completed_nothing_that_was_said_can_be_changed(scene: Scene) -> None:
    scene.read_it()
    scene.decide(scene.ask())
    for deed in (lambda: scene.ask(account="Other words"), scene.withdraw):
        with pytest.raises((RuleBrokenError, StaleError)):
            deed()
    assert scene.states() == [SignOffState.CONFIRMED]
    assert len(outcomes(scene)) == 1


def test_a_course_completed_without_an_optional_sign_off_asks_nobody_about_it_any_more(scene: Scene) -> None:
    optional = scene.ask(activity=OTHER)
    scene.read_it()
    scene.decide(scene.ask())
    assert scene.course().is_completed
    assert scene.waits_for(scene.manager) == []
    with pytest.raises(NotFoundError):
        scene.decide(optional)
    scene.withdraw(activity=OTHER)
    assert scene.states(OTHER) == [SignOffState.WITHDRAWN]


def test_a_later_episode_begins_with_no_sign_off_and_leaves_the_earlier_one_alone(scene: Scene) -> None:
    scene.read_it()
    scene.decide(scene.ask())
    scene.world.later(days=1)
    scene.join(scene.ben, again=True)
    assert scene.requests().rows == []
    scene.decide(scene.ask())
    scene.ask(account="Not quite so")
    assert len(outcomes(scene)) == 1, "the earlier episode's outcome stays, the later one's was taken back"


def test_withdrawing_twice_is_withdrawing_once_and_what_was_decided_first_is_shown(scene: Scene) -> None:
    seen = scene.requests().seen
    scene.ask()
    seen = scene.requests().seen
    scene.withdraw(seen)
    scene.withdraw(seen)
    request = scene.ask(account="Once more")
    seen = scene.requests().seen
    scene.decide(request)
    with pytest.raises(StaleError):
        scene.withdraw(seen)
    assert scene.states() == [SignOffState.WITHDRAWN, SignOffState.CONFIRMED]


def test_a_stale_window_changes_nothing(scene: Scene) -> None:
    scene.ask()
    with pytest.raises(StaleError):
        scene.ask(account="From the other window", seen=0)
    seen = scene.requests().seen
    scene.decide(scene.waits_for(scene.manager)[0])
    with pytest.raises(StaleError):
        scene.ask(account="Nobody had confirmed when I opened this", seen=seen)
    assert scene.states() == [SignOffState.CONFIRMED]


def test_the_same_decision_twice_is_one_and_the_other_decision_comes_too_late(scene: Scene) -> None:
    request = scene.ask()
    scene.decide(request)
    scene.decide(request)
    with pytest.raises(StaleError):
        scene.decide(request, confirm=False, comment="No, after all")
    assert [e.deed for e in scene.requests().events] == [SignOffDeed.REQUESTED, SignOffDeed.CONFIRMED]
    assert len(outcomes(scene)) == 1


@pytest.mark.parametrize("wrong", ["nobody", "self", "coach", "colleague", "empty"])
def test_only_somebody_who_may_confirm_today_can_be_asked_and_only_with_words(scene: Scene, wrong: str) -> None:
    whom: dict[str, Callable[[], int]] = {
        "nobody": lambda: 999_999,
        "self": lambda: scene.ben.id,
        "coach": lambda: scene.coach.id,
        "colleague": lambda: scene.world.hire(team=scene.world.team("Larch", "Medicine")).id,
        "empty": lambda: scene.manager.id,
    }
    from app.signing.commands import RequestSignOff, request_sign_off

    asked_id, account = whom[wrong](), "" if wrong == "empty" else ACCOUNT
    command = RequestSignOff(course=SLUG, activity=KEY, account=account, asked_id=asked_id, seen=0)
    world = scene.world
    with world.db.write() as session, pytest.raises(BadInputError) as refused:
        request_sign_off(session, world.settings, scene.actor(scene.ben), command, world.now)
    assert refused.value.errors.keys() == {"account" if wrong == "empty" else "asked"}


def test_several_are_confirmed_at_once_and_what_changed_meanwhile_is_left_out_by_name(scene: Scene) -> None:
    world, ids = scene.world, [scene.ask()]
    for name in ("Amina", "Cho", "Dee"):
        person = world.hire(name, "Kim", team=world.team("Larch", "Medicine"), manager_id=scene.manager.id)
        scene.join(person)
        ids.append(scene.ask(who=person))
        if name == "Cho":
            scene.ask(account="Other words", who=person)
        if name == "Dee":
            world.leave(person)
    done = scene.confirm_several(*ids, 999_999)
    assert (done.done, done.left_out) == (2, ("Cho Kim",))
    assert [scene.requests(who=scene.ben).rows[0].state] == [SignOffState.CONFIRMED]
    assert len(outcomes(scene)) == 2
    with pytest.raises(NotFoundError):
        scene.confirm_several(*ids, by=scene.lead)
    assert len(outcomes(scene)) == 2


def test_counts_and_lists_leave_out_what_was_superseded(scene: Scene) -> None:
    from app.signing.queries import decided_by, duty_of

    scene.decide(scene.ask())
    scene.ask(account="Other words")
    with scene.world.db.read() as session:
        actor = scene.actor(scene.manager)
        assert decided_by(session, actor, scene.world.now) == []
        assert duty_of(session, actor, scene.world.now).waiting == scene.waiting().total == 1
        count = sa.select(sa.func.count()).where(table(SignOff).c.state == SignOffState.SUPERSEDED)
        assert session.scalar(count) == 1
    scene.world.later(days=100)
    scene.decide(scene.waits_for(scene.manager)[0])
    with scene.world.db.read() as session:
        assert len(decided_by(session, actor, scene.world.now)) == 1
        assert decided_by(session, actor, scene.world.now + timedelta(days=91)) == []
