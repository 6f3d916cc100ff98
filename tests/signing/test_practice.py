"""A level that somebody holds is used in practice: told by them, confirmed by whoever may, or named by their lead."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.permissions import Role
from app.kernel.audit import AuditEvent
from app.kernel.db import table
from app.kernel.errors import BadInputError, NotFoundError, StaleError
from app.kernel.outbox import Notice
from app.signing import commands, queries
from app.signing.rules import SignOffState
from tests.client import document
from tests.signing import practice
from tests.signing.course import Scene
from tests.signing.practice import ACCOUNT, TIER, WHAT

PAGE = f"/used-in-practice/{TIER}"


def test_what_is_told_waits_for_whoever_is_asked_and_counts_once_they_confirm_it(holding: Scene) -> None:
    use_id = practice.tell(holding)
    assert practice.applied(holding) == []
    practice.decide(holding, use_id, comment="I saw the mats.")
    week_ago = holding.world.today - timedelta(days=7)
    assert practice.applied(holding) == [(week_ago, WHAT, holding.manager.id)]
    assert practice.held(holding).applied_on == week_ago
    assert practice.held(holding).granted_on == holding.world.today - timedelta(days=90), "using it refreshes nothing"


def test_each_deed_is_one_line_in_the_audit_log_and_the_use_of_the_award_is_another(holding: Scene) -> None:
    use_id = practice.tell(holding)
    practice.decide(holding, use_id)
    practice.decide(holding, use_id)
    with holding.world.db.read() as session:
        event = table(AuditEvent)
        said = session.scalars(sa.select(event.c.action).where(event.c.action.like("%use %")).order_by(event.c.id))
        assert list(said) == ["tell use in practice", "confirm use in practice", "confirm use of award"]


def test_what_is_sent_back_says_why_and_can_be_told_anew(holding: Scene) -> None:
    use_id = practice.tell(holding)
    with pytest.raises(BadInputError, match="why you send it back"):
        practice.decide(holding, use_id, confirm=False)
    practice.decide(holding, use_id, confirm=False, comment="Which nights?")
    assert practice.applied(holding) == []
    client = holding.world.client(holding.ben)
    page = client.get(PAGE)
    assert "Which nights?" in document(page).text
    assert ACCOUNT in page.text, "what was written is there to be changed"
    lead = document(holding.world.client(holding.lead).get(f"/teams/people/{holding.ben.id}")).text
    assert "sent back" not in lead, "that is between the two of them"
    client.follow(client.submit(page, "/tell"))
    assert [use.state for use in practice.uses_of(holding)] == [SignOffState.REQUESTED, SignOffState.REJECTED]


def test_nobody_confirms_their_own_and_nobody_is_asked_who_may_not(holding: Scene) -> None:
    stranger = holding.world.hire("Olu", "Ade", team=holding.world.team("Theatres", "Surgery"))
    for wrong in (holding.ben, stranger):
        with pytest.raises(BadInputError, match="somebody from the list"):
            practice.tell(holding, wrong)
    practice.hold(holding.world, holding.lead)
    with pytest.raises(NotFoundError):
        practice.name(holding, holding.lead, who=holding.lead)


@pytest.mark.parametrize("who", ["manager", "lead", "coach"])
def test_managers_leads_and_coaches_may_confirm_as_they_may_sign_off(holding: Scene, who: str) -> None:
    decider = getattr(holding, who)
    practice.decide(holding, practice.tell(holding, decider), decider)
    assert len(practice.applied(holding)) == 1


def test_only_whoever_is_asked_decides(holding: Scene) -> None:
    use_id = practice.tell(holding)
    for other in (holding.lead, holding.coach, holding.ben):
        with pytest.raises(NotFoundError):
            practice.decide(holding, use_id, other)


def test_a_level_that_is_not_held_cannot_be_used(scene: Scene) -> None:
    with pytest.raises(NotFoundError):
        practice.tell(scene)
    assert scene.world.client(scene.ben).get(PAGE).status_code == 404


def test_what_waits_stays_in_sight_and_can_be_taken_back_though_another_work_was_named_since(holding: Scene) -> None:
    practice.tell(holding)
    practice.name(holding, holding.lead, what="A shorter handover")
    client = holding.world.client(holding.ben)
    page = client.get(f"/used-in-practice/{TIER}")
    assert f"waits for {holding.manager.name}" in document(page).text
    with pytest.raises(StaleError):
        practice.tell(holding, holding.lead)
    client.submit(page, "/withdraw")
    assert [use.state for use in practice.uses_of(holding)] == [SignOffState.CONFIRMED, SignOffState.WITHDRAWN]


def test_what_somebody_wrote_to_a_person_is_shown_to_no_other_who_may_confirm(holding: Scene) -> None:
    practice.decide(holding, practice.tell(holding), comment="You were brave with this")
    address = f"/teams/people/{holding.ben.id}/used-in-practice/{TIER}"
    assert "You were brave" in holding.world.client(holding.ben).get(f"/used-in-practice/{TIER}").text
    page = holding.world.client(holding.lead).get(address)
    assert page.status_code == 200
    assert "You were brave" not in page.text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("what", "", "Write what it was"),
        ("what", "x" * 121, "120 characters or fewer"),
        ("place", "", "Write where it was"),
        ("worked_on", "", "Enter the day"),
        ("worked_on", "next year", "Enter a date"),
        ("worked_on", "1 January 2030", "not be in the future"),
        ("worked_on", "1 January 2020", "or later, from when the level is held"),
        ("account", "", "in a sentence or two"),
        ("account", "y" * 1001, "at most 1,000 characters"),
        ("asked", "999999", "Choose somebody from the list"),
    ],
)
def test_what_cannot_be_told_is_shown_again_with_the_field_and_the_remedy(
    holding: Scene, field: str, typed: str, said: str
) -> None:
    client = holding.world.client(holding.ben)
    good = {"what": WHAT, "place": "Larch", "worked_on": "20 November 2026", "account": ACCOUNT}
    page = client.submit(client.get(PAGE), "/tell", **(good | {field: typed}))
    assert page.status_code == 422
    assert said in document(page).text
    assert all(value in page.text for value in (good | {field: typed}).values() if value != "999999")
    assert practice.uses_of(holding) == []


def test_two_windows_tell_once_and_lose_no_words(holding: Scene) -> None:
    client = holding.world.client(holding.ben)
    old = client.get(PAGE)
    practice.tell(holding)
    filled = {"what": "Another work", "place": "Oak", "worked_on": "20 November 2026", "account": "From the second"}
    page = client.submit(old, "/tell", **filled)
    assert page.status_code == 409
    assert "From the second" in page.text
    assert len(practice.uses_of(holding)) == 1
    assert practice.tell(holding, seen=0) == practice.uses_of(holding)[0].id, "the same twice is one"


def test_what_waits_can_be_taken_back_and_not_once_it_is_decided(holding: Scene) -> None:
    client, world = holding.world.client(holding.ben), holding.world
    practice.tell(holding)
    client.follow(client.submit(client.get(PAGE), "/withdraw"))
    assert practice.uses_of(holding)[0].state is SignOffState.WITHDRAWN
    with world.db.read() as session:
        notice = table(Notice)
        asked = session.execute(sa.select(notice.c.withdrawn_at).where(notice.c.kind == "use-asked")).scalars().all()
    assert None not in asked, "nobody hears next week of what no longer waits"
    practice.decide(holding, practice.tell(holding))
    with pytest.raises(StaleError), world.db.write() as session:
        commands.withdraw_use(session, world.actor(holding.ben), TIER, world.now)


def test_a_decider_whose_page_is_old_is_told_and_keeps_their_words(holding: Scene) -> None:
    world, client = holding.world, holding.world.client(holding.manager)
    use_id = practice.tell(holding)
    page = client.get("/used-in-practice")
    with world.db.write() as session:
        commands.withdraw_use(session, world.actor(holding.ben), TIER, world.now)
    answer = client.submit(page, f"/{use_id}", comment="I was there", button=("decision", "confirm"))
    assert answer.status_code == 409
    assert "I was there" in document(answer).text


def test_a_decider_reads_how_long_it_has_waited_and_not_how_long_the_work_took(holding: Scene) -> None:
    practice.tell(holding)
    holding.world.later(days=9)
    page = document(holding.world.client(holding.manager).get("/used-in-practice"))
    assert "Larch ward, 16 November 2026. Waiting for 9 days" in page.text


def test_whoever_is_no_longer_asked_is_told_so_and_keeps_their_words(holding: Scene) -> None:
    world, client = holding.world, holding.world.client(holding.manager)
    use_id = practice.tell(holding)
    page = client.get("/used-in-practice")
    world.move(holding.ben, world.team("Theatre", "Surgery"), world.today)
    answer = client.submit(page, f"/{use_id}", comment="I was there", button=("decision", "confirm"))
    assert answer.status_code == 404
    assert "given to somebody else meanwhile. You had written: “I was there”" in document(answer).text
    missing = client.post("/used-in-practice/decide/9999", data={"comment": "I was there", "decision": "confirm"})
    assert document(missing).text == document(answer).text, "as if there were none"


def test_a_lead_names_a_piece_of_work_from_the_persons_page(holding: Scene) -> None:
    client = holding.world.client(holding.lead)
    person = client.get(f"/teams/people/{holding.ben.id}")
    assert "Not yet used in practice" in document(person).text
    page = client.get(f"/teams/people/{holding.ben.id}/used-in-practice/{TIER}")
    filled = {"what": WHAT, "place": "Larch", "worked_on": "20 November 2026", "account": ACCOUNT}
    for _ in range(2):
        answer = client.submit(page, f"/{TIER}", **filled)
    assert f"Confirmed: {WHAT}" in document(client.follow(answer)).text
    assert len(practice.applied(holding)) == 1
    assert "Used in practice 20 November 2026" in document(client.get(f"/teams/people/{holding.ben.id}")).text
    assert WHAT in document(holding.world.client(holding.ben).get(PAGE)).text


def test_whoever_may_only_see_somebody_names_no_work_of_theirs(holding: Scene) -> None:
    admin = holding.world.with_role(Role.QI_ADMIN, team=holding.world.team("Office", "Surgery"))
    client = holding.world.client(admin)
    person = client.get(f"/teams/people/{holding.ben.id}")
    assert person.status_code == 200
    assert f"/used-in-practice/{TIER}" not in person.text
    assert client.get(f"/teams/people/{holding.ben.id}/used-in-practice/{TIER}").status_code == 404


def test_what_waits_for_somebody_who_left_goes_to_the_next_who_may(holding: Scene) -> None:
    world = holding.world
    practice.tell(holding)
    world.leave(holding.manager, world.today)
    world.later(days=1)
    moved = []
    for _ in range(2):
        with world.db.write() as session:
            moved.append(commands.move_uses(session, world.settings, SYSTEM, world.now))
    assert moved == [1, 0]
    with world.db.read() as session:
        assert queries.uses_waiting(session, world.actor(holding.lead), world.now) == 1
        notice = table(Notice)
        told = sa.select(notice.c.person_id, notice.c.line).where(notice.c.kind == "use-moved")
        [(person_id, line)] = session.execute(told).all()
    assert person_id == holding.ben.id
    assert f"in place of {holding.manager.name}, who no longer can" in line


def test_my_skills_tell_the_decider_that_something_waits(holding: Scene) -> None:
    practice.tell(holding)
    page = document(holding.world.client(holding.manager).get("/my-skills")).text
    assert "1 person tells you how they used a level in practice" in page
    assert "tells you how" not in document(holding.world.client(holding.lead).get("/my-skills")).text


def test_a_partner_tells_whoever_looks_after_partners_and_they_confirm_it(scene: Scene) -> None:
    world, tier = scene.world, "patients-and-carers"
    rosie, mina = world.partner("Rosie"), world.with_role(Role.INVOLVEMENT, given_name="Mina", family_name="Shah")
    practice.hold(world, rosie, tier)
    client = world.client(rosie)
    page = client.get(f"/used-in-practice/{tier}")
    assert "Mina Shah" in document(page).text
    assert "Maya Osei" not in document(page).text, "a partner is shown nobody but those who look after them"
    filled = {"what": "A new letter", "place": "The clinic", "worked_on": "20 November 2026", "account": "We wrote it."}
    client.follow(client.submit(page, "/tell", **filled))
    theirs = world.client(mina)
    waiting = theirs.get("/used-in-practice")
    [use] = _all(scene, rosie.id, tier)
    theirs.follow(theirs.submit(waiting, f"/{use.id}", button=("decision", "confirm")))
    assert "Used in practice 20 November 2026" in document(client.get(f"/used-in-practice/{tier}")).text


def _all(scene: Scene, person_id: int, tier: str) -> list[queries.Use]:
    with scene.world.db.read() as session:
        return queries.uses_of(session, person_id, tier)
