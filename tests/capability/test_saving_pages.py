"""Choosing cells, previewing, saving, undoing, and somebody else being first: all without JavaScript."""

import re
import threading
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.capability.commands import Cell, SetNeeds, set_needs
from app.capability.rules import Need, State
from app.curriculum.queries import all_courses
from app.curriculum.rules import Audience
from app.kernel.errors import StaleError
from app.learning.commands import Enrol, RecordOutcome, enrol, record_outcome
from app.learning.models import Enrolment
from app.learning.rules import OutcomeSource
from tests.capability.conftest import SPRING, Scene
from tests.client import HouseClient, document, form_of
from tests.document import words

BAR: dict[str, Any] = {"need": "required", "due": "31 March 2027", "reason": "Falls work starts"}


def chosen(*cells: Cell) -> list[str]:
    return [f"{c.person_id}.{c.tier}.{c.seen}" for c in cells]


def fresh(scene: Scene, *tiers: str) -> list[str]:
    return chosen(*(Cell(p.id, t, 0) for p in (scene.anna, scene.ben) for t in tiers or ("pocket-qi",)))


def client_of(scene: Scene) -> HouseClient:
    return scene.world.client(scene.lead)


def test_a_lead_chooses_previews_saves_and_undoes(scene: Scene) -> None:
    client = client_of(scene)
    grid = client.get("/teams?team=all")
    preview = client.submit(grid, "/teams/preview", c=fresh(scene), **BAR)
    said = document(preview).text
    assert "Teresa Hollis asks you to complete Pocket QI by 31 March 2027." in said
    assert "Why: Falls work starts" in said
    assert "This asks Larch to release 7 hours in all" in said
    assert "No place is offered yet in Pocket QI" in said
    form = form_of(preview, "/teams/preview")
    saved = client.post("/teams/save", data=form.fields)
    page = client.follow(saved)
    assert scene.standing(scene.ben).due == SPRING
    assert "Saved: 2 needs" in page.text
    assert "Pocket QI for 2 people: required by 31 March 2027" in page.text
    undone = client.follow(
        client.submit(page, f"/teams/undo/{saved.headers['location'].partition('saved=')[2].partition('&')[0]}")
    )
    assert "Undone: 2 needs" in undone.text
    assert scene.standing(scene.ben).need is None


def test_what_a_save_in_two_levels_set_can_be_read_where_it_is_undone(scene: Scene) -> None:
    client = client_of(scene)
    cells = chosen(Cell(scene.anna.id, "pocket-qi", 0), Cell(scene.ben.id, "induction", 0))
    preview = client.submit(client.get("/teams?team=all"), "/teams/preview", c=cells, **BAR)
    page = client.follow(client.post("/teams/save", data=form_of(preview, "/teams/preview").fields))
    assert "2 cells in 2 levels: required by 31 March 2027. Saved at" in document(page).text


def test_the_same_save_sent_twice_is_one_save(scene: Scene) -> None:
    client = client_of(scene)
    preview = client.submit(client.get("/teams?team=all"), "/teams/preview", c=fresh(scene), **BAR)
    fields = form_of(preview, "/teams/preview").fields
    first, second = (client.post("/teams/save", data=fields) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]


def test_all_undecided_of_a_level_are_chosen_by_its_heading(scene: Scene) -> None:
    scene.decide(scene.anna, need=Need.NOT_REQUIRED, due=None)
    client = client_of(scene)
    preview = client.submit(client.get("/teams?team=all"), "/teams/preview", all="pocket-qi", **BAR)
    cells = form_of(preview, "/teams/preview").fields["c"]
    assert f"{scene.ben.id}.pocket-qi.0" in cells
    assert not any(cell.startswith(f"{scene.anna.id}.") for cell in cells)
    assert len(cells) == 3, "Ben and the two leads themselves"


def test_what_is_wrong_is_named_and_nothing_chosen_is_lost(scene: Scene) -> None:
    client = client_of(scene)
    grid = client.get("/teams?team=all")
    wrong = client.submit(grid, "/teams/preview", c=fresh(scene), need="paused", due="soon", reason="x" * 301)
    assert wrong.status_code == 422
    kept = form_of(wrong, "/teams/preview").fields
    assert sorted(kept["c"]) == sorted(fresh(scene))
    assert kept["due"] == ["soon"]
    none = client.submit(grid, "/teams/preview", need="", due="", reason="")
    assert none.status_code == 422
    assert "Choose at least one cell" in none.text
    assert (
        client.post("/teams/save", data={"c": fresh(scene), "need": "required", "due": "2020-01-01"}).status_code == 422
    )


def test_htmx_gets_the_preview_alone(scene: Scene) -> None:
    client = client_of(scene)
    part = client.post(
        "/teams/preview", data={"c": fresh(scene), **BAR}, headers={"HX-Request": "true", "HX-Target": "div#preview"}
    )
    assert part.text.startswith('<div id="preview"')
    assert "<html" not in part.text
    assert 'formaction="/teams/save"' in part.text


@pytest.mark.parametrize(
    ("mine", "others", "anna", "ben"),
    [
        (True, "save", Need.REQUIRED, Need.REQUIRED),
        (True, "leave", Need.REQUIRED, None),
        (False, "save", Need.NOT_REQUIRED, Need.REQUIRED),
        (False, "leave", Need.NOT_REQUIRED, None),
    ],
)
def test_when_somebody_else_saved_first_both_values_are_shown_and_each_choice_is_kept(
    scene: Scene, mine: bool, others: str, anna: Need, ben: Need | None
) -> None:
    client = client_of(scene)
    scene.decide(scene.anna, need=Need.NOT_REQUIRED, due=None, by=scene.other_lead, reason="Works nights")
    scene.world.later(minutes=5)
    page = client.post("/teams/save", data={"c": fresh(scene), **BAR})
    assert page.status_code == 409
    said = document(page).text
    for expected in ("Keep theirs: Not required for this role", "Sam Okoro, 23 November 2026, 09:00", "Works nights"):
        assert expected in said
    assert "Use mine: Required by 31 March 2027" in said
    assert scene.standing(scene.ben).need is None, "nothing is saved before the choice"
    [field] = [i.attrib for i in document(page).all("input") if i.attrib.get("id") == "mine-1"]
    choice: dict[str, Any] = {field["name"]: field["value"] if mine else "", "others": others}
    answer = client.submit(page, "/teams/save", **choice)
    assert answer.status_code == 303
    assert (scene.standing(scene.anna).need, scene.standing(scene.ben).need) == (anna, ben)


def test_two_leads_at_once_on_one_cell_one_is_first_and_the_other_hears_of_it(scene: Scene) -> None:
    start, outcomes = threading.Barrier(2), []

    def decide(person: object, need: Need) -> None:
        command = SetNeeds(cells=(Cell(scene.anna.id, "pocket-qi", 0),), need=need, due=SPRING)
        start.wait()
        try:
            with scene.world.db.write() as session:
                set_needs(session, scene.actor(person), command, scene.world.now)  # type: ignore[arg-type]
            outcomes.append("saved")
        except StaleError:
            outcomes.append("stale")

    pairs = ((scene.lead, Need.REQUIRED), (scene.other_lead, Need.NOT_REQUIRED))
    threads = [threading.Thread(target=decide, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", "stale"]


def test_decisions_are_answered_and_wrong_answers_keep_their_words(scene: Scene) -> None:
    staff, lead = scene.world.client(scene.anna), client_of(scene)
    skills = staff.get("/my-skills")
    form = next(f for f in document(skills).forms if f.fields.get("tier") == ["qi-coach"])
    assert staff.post(form.action, data={**form.fields, "why": "I ran two projects"}).status_code == 303
    assert "You asked on 23 November 2026" in staff.get("/my-skills").text
    page = lead.get("/teams/decisions")
    assert "I ran two projects" in page.text
    answer = form_of(page, "/teams/requests/1")
    wrong = lead.post(answer.action, data={**answer.fields, "answer": "Yes, gladly", "agree": "yes", "due": "soon"})
    assert wrong.status_code == 422
    assert form_of(wrong, "/teams/requests/1").fields["answer"] == ["Yes, gladly"]
    empty = lead.post(answer.action, data={**answer.fields, "agree": "no"})
    assert empty.status_code == 422
    done = lead.post(
        answer.action, data={**answer.fields, "answer": "Yes, gladly", "agree": "yes", "due": "31 March 2027"}
    )
    assert done.status_code == 303
    mine = document(staff.get("/my-skills")).text
    assert "Required by 31 March 2027" in mine
    assert "Yes, gladly" in mine


@pytest.mark.parametrize("due", ["", "1 January 2020", "1 January 2190"])
def test_a_request_that_is_agreed_without_a_date_it_can_have_stays_with_the_words_of_the_lead(
    scene: Scene, due: str
) -> None:
    staff, lead = scene.world.client(scene.anna), client_of(scene)
    form = next(f for f in document(staff.get("/my-skills")).forms if f.fields.get("tier") == ["qi-coach"])
    staff.post(form.action, data={**form.fields, "why": "I ran two projects"})
    page = lead.get("/teams/decisions")
    answer = form_of(page, "/teams/requests/1")
    wrong = lead.post(answer.action, data={**answer.fields, "answer": "Yes, gladly", "agree": "yes", "due": due})
    assert wrong.status_code == 422
    assert form_of(wrong, "/teams/requests/1").fields["answer"] == ["Yes, gladly"]
    counted = [re.findall(r"[\w,]+ decisions? (?:is|are) waiting", document(one).text) for one in (page, wrong)]
    assert counted[0], "there is a count to compare"
    assert counted[0] == counted[1], "nothing is answered before it can be"
    assert "You asked on 23 November 2026" in staff.get("/my-skills").text


def test_staff_and_their_lead_read_that_a_date_has_passed(scene: Scene) -> None:
    scene.decide(scene.anna, due=scene.world.today + timedelta(days=3))
    readers = ((scene.anna, "/my-skills"), (scene.lead, f"/teams/people/{scene.anna.id}"))
    for reader, path in readers:
        assert "The date has passed" not in scene.world.client(reader).get(path).text
    scene.world.later(days=4)
    for reader, path in readers:
        assert "The date has passed" in scene.world.client(reader).get(path).text


def test_staff_see_who_asked_and_why_and_a_next_step(scene: Scene) -> None:
    scene.world.load_courses()
    scene.decide(scene.anna, tier="induction", due=date(2026, 12, 31), reason="You begin on the ward")
    page = document(scene.world.client(scene.anna).get("/my-skills"))
    assert "Teresa Hollis asked for Introduction to quality improvement by 31 December 2026" in page.text
    assert "You begin on the ward" in page.text
    assert [words(a) for a in page.all("a") if a.attrib.get("role") == "button"] == ["See the course"]


def test_too_many_words_are_named_beside_their_field(scene: Scene) -> None:
    staff = scene.world.client(scene.anna)
    page = staff.post("/my-skills/ask", data={"tier": "qi-coach", "why": "x" * 501})
    assert page.status_code == 422
    assert "at most 500 characters" in page.text


def test_one_persons_page_tells_the_whole_story(scene: Scene) -> None:
    scene.decide(scene.anna, reason="Falls")
    scene.world.later(minutes=3)
    scene.decide(scene.anna, need=Need.NOT_REQUIRED, due=None, by=scene.other_lead)
    page = document(client_of(scene).get(f"/teams/people/{scene.anna.id}"))
    for expected in ("Teresa Hollis, 23 November 2026, 09:00", "Sam Okoro", "23 November 2026, 09:03", "Falls"):
        assert expected in page.text


def test_whoever_has_begun_is_learning_so_many_modules_of_the_course(scene: Scene) -> None:
    world = scene.world
    world.load_courses()
    with world.db.read() as session:
        course = next(c for c in all_courses(session, Audience.STAFF) if c.tier == "induction")
    with world.db.write() as session:
        enrol(session, scene.actor(scene.anna), Enrol(course_id=course.course_id), world.now)
    assert scene.standing(scene.anna, "induction").progress.state is State.NOT_STARTED, "enrolled is not begun"
    for activity in course.modules[0].activities:
        command = RecordOutcome(
            person_id=scene.anna.id,
            activity_id=activity.id,
            occurred_on=world.today,
            minutes=1,
            participatory_minutes=0,
            source=OutcomeSource.READ,
        )
        with world.db.write() as session:
            record_outcome(session, scene.actor(scene.anna), command, world.now)
    with world.db.write() as session:
        session.execute(sa.update(Enrolment).values(started_at=world.now))
    page = document(client_of(scene).get("/teams?team=all"))
    assert f"Learning (1 of {len(course.modules)})" in page.text
    assert "Resume" in document(world.client(scene.anna).get("/my-skills")).text
