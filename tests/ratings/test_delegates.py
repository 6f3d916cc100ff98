"""Whoever a lead asked to judge a team: of whom, as whose view, and what they see."""

import pytest
import sqlalchemy as sa

from app.kernel.db import table
from app.kernel.errors import BadInputError, NotFoundError
from app.organisation.models import Person
from app.ratings import queries
from app.ratings.models import Rating
from app.ratings.rules import Said, Voice
from tests.client import document
from tests.document import words
from tests.ratings.scene import Scene


def _lead_of_the_ward(scene: Scene) -> Person:
    """Somebody who works on the ward and leads it."""
    lead = scene.world.hire("Lena", "Ward", team=scene.team)
    scene.world.grant(lead, "lead", "team", scene.team.id)
    return lead


def test_whoever_is_asked_does_not_judge_the_lead_who_asked_them(scene: Scene) -> None:
    lead = _lead_of_the_ward(scene)
    scene.asks(scene.manager, lead)
    client = scene.world.client(scene.manager)
    page = client.get(f"/ratings/teams/{scene.team.id}")
    assert "Bell, Ann" in page.text
    assert "Ward, Lena" not in page.text
    assert "0 of 2" in document(client.get("/ratings/teams")).text
    assert client.get(f"/ratings/people/{lead.id}").status_code == 404
    with pytest.raises(NotFoundError):
        scene.rates(scene.manager, lead, **{"": Said.NEW})
    assert scene.mine(lead).rows == []
    with scene.world.db.read() as session:
        raters = {r.person_id for r in queries.raters_of(session, lead.id, scene.world.today)}
    assert raters == {scene.lead.id}


def test_nobody_is_asked_but_whoever_manages_somebody_there(scene: Scene) -> None:
    with pytest.raises(BadInputError, match="manages somebody in this team"):
        scene.asks(scene.ben)
    matron = scene.matron()
    page = scene.world.client(scene.lead).get(f"/ratings/teams/{scene.team.id}")
    offered = [words(e).partition(",")[0] for e in document(page).all("option")]
    assert offered == ["Choose a person", "Osei", "Reed"]
    scene.asks(matron)
    assert scene.judges(matron, {scene.ann.id: Said.LEADS}) == 1


def test_where_nobody_manages_anybody_the_page_says_so_and_offers_nobody(scene: Scene) -> None:
    team = scene.world.team("Ash ward", "Medicine")
    scene.world.hire("Dee", "Far", team=team)
    page = scene.world.client(scene.lead).get(f"/ratings/teams/{team.id}")
    assert "There is nobody to ask" in page.text
    assert 'name="manager"' not in page.text


def test_whoever_leads_a_team_is_not_asked_to_judge_it_for_another(scene: Scene) -> None:
    lead = _lead_of_the_ward(scene)
    scene.manages(lead, scene.ann)
    with pytest.raises(BadInputError, match="manages somebody in this team"):
        scene.asks(lead)
    page = document(scene.world.client(scene.lead).get(f"/ratings/teams/{scene.team.id}"))
    assert not any("Ward, Lena" in words(e) for e in page.all("option"))


def test_whoever_was_asked_and_comes_to_lead_the_team_judges_it_in_their_own_right(scene: Scene) -> None:
    scene.asks(scene.manager)
    scene.judges(scene.manager, {scene.ann.id: Said.NEW})
    scene.world.grant(scene.manager, "lead", "team", scene.team.id)
    scene.judges(scene.manager, {scene.ann.id: Said.LEADS})
    newest = scene.mine(scene.ann).newest(Voice.LEAD)
    assert newest
    assert (newest.said, newest.whose_id) == (Said.LEADS, scene.manager.id)
    assert [r.said for r in scene.seen_by(scene.lead, scene.ann).rows] == [Said.NEW]
    page = scene.world.client(scene.lead).get(f"/ratings/teams/{scene.team.id}")
    assert "You asked" not in page.text


@pytest.mark.parametrize("who", ["their own manager", "another lead of the team"])
def test_whoever_is_asked_judges_neither_themselves_nor_who_stands_above_them(scene: Scene, who: str) -> None:
    if who == "their own manager":
        above = scene.world.hire("Bea", "Boss", team=scene.team)
        scene.manages(above, scene.manager)
    else:
        above = _lead_of_the_ward(scene)
    scene.asks(scene.manager)
    client = scene.world.client(scene.manager)
    said = {above.id: Said.NEW, scene.manager.id: Said.NEW, scene.ann.id: Said.NEW}
    assert scene.judges(scene.manager, said) == 1
    for spared in (above, scene.manager):
        assert client.get(f"/ratings/people/{spared.id}").status_code == 404
        assert spared.list_name not in document(client.get(f"/ratings/teams/{scene.team.id}")).text
        assert scene.mine(spared).rows == []
        with scene.world.db.read() as session:
            raters = {r.person_id for r in queries.raters_of(session, spared.id, scene.world.today)}
        assert scene.manager.id not in raters
    assert "1 of 2" in document(client.get("/ratings/teams")).text


def test_what_is_somebodys_own_view_they_wrote_themselves(scene: Scene) -> None:
    scene.says(scene.ann)
    rating = table(Rating)
    wrong = sa.update(rating).where(rating.c.person_id == scene.ann.id).values(author_id=scene.manager.id)
    with pytest.raises(sa.exc.IntegrityError), scene.world.db.write() as session:
        session.execute(wrong)


def test_what_was_said_for_a_former_lead_is_asked_anew_for_the_next(scene: Scene) -> None:
    scene.asks(scene.manager)
    scene.judges(scene.manager, {scene.ann.id: Said.LEADS})
    new = scene.another_lead()
    scene.world.leave(scene.lead)
    scene.asks(scene.manager, new)
    client = scene.world.client(scene.manager)
    path = f"/ratings/teams/{scene.team.id}"
    assert "0 of 2" in document(client.get("/ratings/teams")).text
    page = client.get(path)
    assert "0 of 2 judged" in document(page).text
    one = client.get(f"/ratings/people/{scene.ann.id}")
    assert 'name="was." value=""' in one.text
    client.follow(client.submit(page, "save", **{f"said.{scene.ann.id}": "leads"}))
    assert [(r.said, r.whose_id, r.holds) for r in scene.mine(scene.ann).rows] == [
        (Said.LEADS, new.id, True),
        (Said.LEADS, scene.lead.id, False),
    ]
    assert [r.said for r in scene.seen_by(new, scene.ann).rows] == [Said.LEADS]
    assert scene.judges(scene.manager, {scene.ann.id: Said.LEADS}) == 0


def test_all_competencies_too_are_asked_anew_for_the_next_lead(scene: Scene) -> None:
    scene.asks(scene.manager)
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3)
    scene.shares(scene.ann, scene.manager)
    scene.rates(scene.manager, scene.ann, aim=Said.LEVEL_2)
    new = scene.another_lead()
    scene.world.leave(scene.lead)
    scene.asks(scene.manager, new)
    page = scene.world.client(scene.manager).get(f"/ratings/people/{scene.ann.id}/all")
    assert 'name="was.aim" value=""' in page.text
    assert scene.rates(scene.manager, scene.ann, aim=Said.LEVEL_2) == 1


def test_two_leads_do_not_ask_the_same_person_and_the_second_reads_who_did(scene: Scene) -> None:
    scene.asks(scene.manager)
    other = scene.another_lead()
    with pytest.raises(BadInputError, match="Teresa Hollis has asked this person already"):
        scene.asks(scene.manager, other)
    scene.asks(scene.matron(), other)
    scene.takes_back()
    scene.asks(scene.manager, other)


def test_whoever_is_asked_sees_nothing_of_the_record(scene: Scene) -> None:
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    scene.asks(scene.manager)
    path = f"/ratings/people/{scene.ann.id}"
    theirs = document(scene.world.client(scene.manager).get(path)).text
    assert "Not shown to you" in theirs
    assert "Nothing yet" not in theirs
    assert "Not shown to you" not in scene.world.client(scene.lead).get(path).text


def test_a_view_that_no_longer_holds_is_shown_so_and_differs_from_nothing(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS)
    scene.shares(scene.ann)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    lead = scene.world.client(scene.lead)
    path = f"/ratings/people/{scene.ann.id}"
    assert "Seen differently" in lead.get(path).text
    scene.world.later(days=1)
    scene.stops(scene.ann)
    scene.world.later(days=1)
    scene.says(scene.ann, Said.NEW)
    page = scene.world.client(scene.lead).get(path)
    assert "Ann Bell, 23 November 2026, until 25 November 2026" in page.text
    assert "Seen differently" not in page.text
    assert "We see this differently" not in page.text


def test_a_difference_opens_the_note_for_the_lead_in_whose_place_it_was_said_and_for_who_said_it(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS)
    scene.asks(scene.manager)
    scene.judges(scene.manager, {scene.ann.id: Said.NEW})
    page = scene.world.client(scene.ann).get("/ratings/mine").text
    for rater in (scene.lead, scene.manager):
        scene.shares(scene.ann, rater)
        assert f'id="note-{rater.id}"' in page
        assert "We see this differently" in scene.world.client(rater).get(f"/ratings/people/{scene.ann.id}").text
    newest = scene.mine(scene.ann).newest(Voice.LEAD)
    assert newest
    assert newest.whose_id == scene.lead.id
