"""A request goes to the next who may decide it, once, and whoever is concerned hears of it, once."""

import pytest
import sqlalchemy as sa

from app.accounts import weekly
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.outbox import Mail, Notice
from app.signing.queries import without_signer
from app.signing.rules import MoveReason, SignOffDeed, SignOffState
from app.worker import do_calendar
from tests.client import document
from tests.organisation.away import come_back, go_on_leave
from tests.signing.course import ACCOUNT, COACHED, OTHER, Scene


def notices(scene: Scene) -> list[tuple[int, str, bool]]:
    """Who is told what, and whether it still waits to be mailed or was mailed."""
    n = table(Notice)
    with scene.world.db.read() as session:
        rows = session.execute(sa.select(n).order_by(n.c.id))
        return [(row.person_id, row.kind, row.withdrawn_at is None) for row in rows]


def mails(scene: Scene, person_id: int) -> list[str]:
    m = table(Mail)
    with scene.world.db.read() as session:
        rows = session.execute(sa.select(m.c.subject, m.c.body).where(m.c.person_id == person_id).order_by(m.c.id))
        return [f"{row.subject}\n{row.body}" for row in rows]


def moves(scene: Scene) -> int:
    event = table(AuditEvent)
    with scene.world.db.read() as session:
        wanted = sa.select(sa.func.count()).where(event.c.action == "move sign-off")
        return session.scalars(wanted).one()


def asked(scene: Scene, activity: str = OTHER) -> int:
    latest = scene.requests(activity=activity).latest
    assert latest
    return latest.asked_id


def test_a_request_of_somebody_who_left_goes_to_the_next_once(scene: Scene) -> None:
    request = scene.ask(activity=OTHER)
    assert scene.move_requests() == 0
    scene.world.leave(scene.manager)
    scene.world.later(minutes=5)
    assert [scene.move_requests(), scene.move_requests()] == [1, 0]
    assert asked(scene) == scene.lead.id
    assert scene.waits_for(scene.lead) == [request]
    last = scene.requests(activity=OTHER).events[-1]
    assert (last.deed, last.asked, last.comment) == (SignOffDeed.MOVED, scene.lead.name, MoveReason.LEFT)
    assert moves(scene) == 1
    assert notices(scene) == [
        (scene.manager.id, "sign-off-asked", False),
        (scene.lead.id, "sign-off-asked", True),
        (scene.ben.id, "sign-off-moved", True),
    ]


def test_it_goes_from_manager_to_lead_to_coach_as_each_ends(scene: Scene) -> None:
    scene.ask(activity=OTHER)
    for next_one, leaver in ((scene.lead, scene.manager), (scene.coach, scene.lead)):
        scene.world.leave(leaver)
        assert scene.move_requests() == 1
        assert asked(scene) == next_one.id
    scene.world.leave(scene.coach)
    assert scene.move_requests() == 0
    assert asked(scene) == scene.coach.id, "with nobody left it stays where it was"


def test_a_learner_who_moves_is_the_new_managers_to_decide_and_no_longer_the_old_ones(scene: Scene) -> None:
    world, request = scene.world, scene.ask()
    theatres = world.team("Theatres", "Surgery")
    new = world.hire("Nia", "New", team=theatres)
    world.move(scene.ben, theatres, manager_id=new.id)
    assert scene.waits_for(scene.manager) == []
    assert scene.waits_for(new) == [], "until the calendar is asked"
    assert scene.move_requests() == 1
    assert scene.waits_for(new) == [request]
    scene.decide(request, new)
    last = scene.requests().events[-2]
    assert (last.deed, last.comment) == (SignOffDeed.MOVED, MoveReason.NOT_THEIRS)


def test_what_nobody_may_decide_stays_and_goes_to_a_manager_as_soon_as_there_is_one(scene: Scene) -> None:
    world, request = scene.world, scene.ask()
    admin = world.with_role("qi_admin")
    theatres = world.team("Theatres", "Surgery")
    world.move(scene.ben, theatres)
    assert scene.move_requests() == 0
    with world.db.read() as session:
        [stuck] = without_signer(session, world.actor(admin), world.now)
        assert stuck.request.id == request
        assert without_signer(session, world.actor(scene.lead), world.now) == []
    world.later(days=1)
    new = world.hire("Nia", "New", team=theatres)
    world.move(scene.ben, theatres, manager_id=new.id, job_role="Nurse")
    assert scene.move_requests() == 1
    with world.db.read() as session:
        assert without_signer(session, world.actor(admin), world.now) == []


def test_what_is_decided_withdrawn_or_of_a_leaver_is_not_moved(scene: Scene) -> None:
    scene.decide(scene.ask())
    scene.ask(activity=OTHER)
    scene.withdraw(activity=OTHER)
    scene.ask(scene.coach, activity=COACHED)
    scene.world.leave(scene.ben)
    scene.world.leave(scene.manager)
    scene.world.leave(scene.coach)
    assert scene.move_requests() == 0
    assert moves(scene) == 0


def test_the_calendar_moves_requests_and_mails_each_of_it_once(scene: Scene) -> None:
    world = scene.world
    scene.ask()
    world.leave(scene.manager)
    for _ in range(4):
        do_calendar(world.db, world.settings, world.now)
        world.later(hours=2)
    assert moves(scene) == 1
    assert mails(scene, scene.manager.id) == []
    [to_lead] = mails(scene, scene.lead.id)
    assert "Ben Nguyễn asks you to confirm something done at work: Have it signed off: tried-it" in to_lead
    assert f"{world.settings.origin}/sign-offs" in to_lead
    [to_ben] = mails(scene, scene.ben.id)
    assert "Teresa Hollis has been asked to confirm" in to_ben
    assert ACCOUNT not in to_lead + to_ben


def test_a_manager_of_many_gets_one_mail_a_week_for_all_that_is_asked(scene: Scene) -> None:
    world = scene.world
    for name in ("Amina", "Cho"):
        person = world.hire(name, "Kim", team=world.team("Larch", "Medicine"), manager_id=scene.manager.id)
        scene.join(person)
        scene.ask(who=person)
    scene.ask()
    scene.withdraw()
    world.later(hours=2)
    with world.db.write() as session:
        assert weekly.gather(session, world.settings, world.now) == 1
    [mail] = mails(scene, scene.manager.id)
    assert mail.count("asks you to confirm") == 3, "in the subject and in two lines: what was withdrawn is not told"
    assert "Ben" not in mail


@pytest.mark.parametrize("confirm", [True, False])
def test_the_learner_is_mailed_the_decision_at_once_and_once_without_the_comment(scene: Scene, confirm: bool) -> None:
    request = scene.ask()
    for _ in range(2):
        scene.decide(request, confirm=confirm, comment="Bay 4 <secret words>")
    [mail] = mails(scene, scene.ben.id)
    assert mail.startswith("Confirmed: Have" if confirm else "Not confirmed yet: Have")
    assert f"{scene.world.settings.origin}/sign-offs/induction/tried-it" in mail
    assert "secret words" not in mail
    assert notices(scene) == [(scene.manager.id, "sign-off-asked", False)]


def test_somebody_without_an_address_sees_the_decision_on_their_page_alone(scene: Scene) -> None:
    world = scene.world
    person = world.hire(
        "Olu", "Noaddress", team=world.team("Larch", "Medicine"), email=None, manager_id=scene.manager.id
    )
    scene.join(person)
    request = scene.ask(who=person)
    scene.decide(request)
    assert mails(scene, person.id) == []
    latest = scene.requests(who=person).latest
    assert latest
    assert latest.state is SignOffState.CONFIRMED


def test_what_is_asked_again_is_told_again(scene: Scene) -> None:
    scene.ask()
    scene.ask(account="Other words")
    assert notices(scene) == [
        (scene.manager.id, "sign-off-asked", False),
        (scene.manager.id, "sign-off-asked", True),
    ]
    scene.world.later(days=1)
    scene.decide(scene.waits_for(scene.manager)[0], confirm=False, comment="Why?")
    scene.world.later(hours=1)
    scene.ask(account="Because")
    assert [waits for _, _, waits in notices(scene)] == [False, False, True]


def test_a_manager_on_long_leave_is_not_asked_and_what_waits_goes_to_the_next(scene: Scene) -> None:
    request = scene.ask(activity=OTHER)
    leave = go_on_leave(scene.world, scene.manager)
    assert [scene.move_requests(), scene.move_requests()] == [1, 0]
    assert asked(scene) == scene.lead.id
    last = scene.requests(activity=OTHER).events[-1]
    assert (last.deed, last.comment) == (SignOffDeed.MOVED, MoveReason.ON_LEAVE)
    page = document(scene.world.client(scene.ben).get(f"/sign-offs/{scene.slug}/{OTHER}"))
    assert f"because {scene.manager.name} is on leave" in page.text
    scene.world.later(days=3)
    come_back(scene.world, leave)
    assert scene.move_requests() == 0, "it stays with whom it went to"
    assert scene.waits_for(scene.lead) == [request]
