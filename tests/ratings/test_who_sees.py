"""Who sees what: a person everything, a lead what is theirs or was shared with them, and nobody else anything."""

import pytest
import sqlalchemy as sa

from app.access.permissions import Role
from app.kernel.audit import AuditEvent, AuditValue
from app.kernel.db import table
from app.kernel.errors import NotFoundError
from app.ratings.rules import Said, Voice
from tests.ratings.scene import Scene


def test_a_lead_sees_a_persons_own_view_once_it_is_shared_and_never_what_they_think_of_it(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS, "I am proud of it", aim=Said.LEVEL_3)
    assert scene.seen_by(scene.lead, scene.ann).rows == []
    scene.shares(scene.ann)
    seen = scene.seen_by(scene.lead, scene.ann)
    own = seen.newest(Voice.OWN)
    assert own
    assert own.said is Said.LEADS
    assert {row.about for row in seen.rows} == {"", "aim"}
    assert all(row.reflection == "" for row in seen.rows)
    mine = scene.mine(scene.ann).newest(Voice.OWN)
    assert mine
    assert mine.reflection == "I am proud of it"


def test_sharing_taken_back_hides_what_is_said_later(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS)
    scene.shares(scene.ann)
    scene.world.later(hours=1)
    scene.stops(scene.ann)
    scene.world.later(hours=1)
    scene.says(scene.ann, Said.NEW)
    assert [row.said for row in scene.seen_by(scene.lead, scene.ann).rows] == [Said.LEADS]
    assert [row.said for row in scene.mine(scene.ann).rows] == [Said.NEW, Said.LEADS]


def test_a_rating_anew_keeps_the_earlier_one_with_its_author_and_dates(scene: Scene) -> None:
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    later = scene.world.later(days=3)
    scene.judges(scene.lead, {scene.ann.id: Said.TAKES_PART})
    newest, before = scene.mine(scene.ann).rows
    assert (newest.said, newest.author, newest.superseded_at) == (Said.TAKES_PART, "Teresa Hollis", None)
    assert (before.said, before.superseded_at) == (Said.NEW, later)
    assert scene.judges(scene.lead, {scene.ann.id: Said.TAKES_PART}) == 0, "said again, nothing changes"


def test_a_new_lead_inherits_neither_ratings_nor_notes_nor_what_was_shared(scene: Scene) -> None:
    scene.says(scene.ann, Said.LEADS)
    scene.shares(scene.ann)
    scene.judges(scene.lead, {scene.ann.id: Said.TAKES_PART})
    scene.writes(scene.ann, scene.lead, "I led the falls work")
    scene.answers(scene.lead, scene.ann, "Let us look at it together")
    new = scene.another_lead()
    scene.world.leave(scene.lead)
    assert scene.seen_by(new, scene.ann).rows == []
    page = scene.world.client(new).get(f"/ratings/people/{scene.ann.id}")
    assert page.status_code == 200
    for words in ("falls work", "look at it together", "Teresa Hollis"):
        assert words not in page.text
    own = scene.world.client(scene.ann).get("/ratings/mine")
    assert "falls work" in own.text
    assert "They no longer lead you." in own.text


def test_whoever_a_lead_asked_sees_that_team_and_what_they_said_themselves(scene: Scene) -> None:
    elsewhere = scene.world.hire("Dee", "Far", team=scene.world.team("Ash ward"))
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    scene.asks(scene.manager)
    scene.judges(scene.manager, {scene.ann.id: Said.TAKES_PART, scene.ben.id: Said.LEADS})
    assert [row.said for row in scene.seen_by(scene.manager, scene.ann).rows] == [Said.TAKES_PART]
    by_lead = scene.seen_by(scene.lead, scene.ann).rows
    assert {(row.said, row.author) for row in by_lead} == {
        (Said.TAKES_PART, "Maya Osei"),
        (Said.NEW, "Teresa Hollis"),
    }
    with pytest.raises(NotFoundError):
        scene.seen_by(scene.manager, elsewhere)
    with pytest.raises(NotFoundError):
        scene.judges(scene.manager, {elsewhere.id: Said.NEW}, scene.world.team("Ash ward"))


def test_taking_a_team_back_works_and_what_was_judged_stays(scene: Scene) -> None:
    scene.asks(scene.manager)
    scene.judges(scene.manager, {scene.ann.id: Said.TAKES_PART})
    scene.takes_back()
    with pytest.raises(NotFoundError):
        scene.seen_by(scene.manager, scene.ann)
    assert [row.said for row in scene.mine(scene.ann).rows] == [Said.TAKES_PART]


@pytest.mark.parametrize("ends", ["the lead leaves", "the manager moves"])
def test_a_team_that_was_handed_on_is_no_longer_judged_when_either_is_gone(scene: Scene, ends: str) -> None:
    scene.asks(scene.manager)
    if ends == "the lead leaves":
        scene.world.leave(scene.lead)
    else:
        scene.world.leave(scene.manager)
        scene.manager = scene.world.hire("Maya", "Osei-Two", team=scene.world.team("Ash ward"))
    with pytest.raises(NotFoundError):
        scene.judges(scene.manager, {scene.ann.id: Said.NEW})


def test_nobody_rates_themselves_as_a_lead(scene: Scene) -> None:
    home = scene.world.team("Management", "Medicine")
    assert scene.judges(scene.lead, {scene.lead.id: Said.COACHES}, home) == 0
    assert scene.mine(scene.lead).rows == []


@pytest.mark.parametrize("role", [Role.QI_ADMIN, Role.HR])
def test_neither_the_qi_team_nor_hr_sees_anybodys_rating(scene: Scene, role: Role) -> None:
    scene.says(scene.ann)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    somebody = scene.world.with_role(role)
    client = scene.world.client(somebody)
    for path in (f"/ratings/people/{scene.ann.id}", f"/ratings/teams/{scene.team.id}", "/ratings/teams"):
        assert client.get(path).status_code == 404


def test_the_audit_log_says_that_somebody_rated_and_never_what(scene: Scene) -> None:
    scene.says(scene.ann, Said.COACHES, "My secret thought", aim=Said.LEVEL_4)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    scene.writes(scene.ann, scene.lead, "Our secret note")
    event, value = table(AuditEvent), table(AuditValue)
    with scene.world.db.read() as session:
        done = session.execute(sa.select(event).where(event.c.entity.in_(["rating", "rating_note"]))).all()
        kept = session.scalars(
            sa.select(value.c.id).join(event, event.c.id == value.c.event_id).where(event.c.entity.like("rating%"))
        ).all()
    assert [row.action for row in done] == ["rate", "rate", "rate", "write rating note"]
    assert not kept
    assert all("secret" not in str(row) and "coaches" not in str(row) for row in done)


def test_all_competencies_are_for_improvement_leaders_and_above_and_for_whoever_wants_to(scene: Scene) -> None:
    with pytest.raises(NotFoundError):
        scene.rates(scene.lead, scene.ann, aim=Said.LEVEL_2)
    scene.says(scene.ann, Said.LEADS, aim=Said.LEVEL_3)
    with pytest.raises(NotFoundError):
        scene.rates(scene.lead, scene.ann, aim=Said.LEVEL_2)
    scene.shares(scene.ann)
    assert scene.rates(scene.lead, scene.ann, aim=Said.LEVEL_2) == 1


def test_all_competencies_are_rated_of_whom_such_a_level_is_asked(scene: Scene) -> None:
    from app.capability.commands import Cell, SetNeeds, set_needs
    from app.capability.rules import Need

    needed = SetNeeds(
        cells=(Cell(scene.ann.id, "qi-coach", 0),), need=Need.REQUIRED, due=scene.world.today.replace(year=2027)
    )
    with scene.world.db.write() as session:
        set_needs(session, scene.world.actor(scene.lead), needed, scene.world.now)
    assert scene.rates(scene.lead, scene.ann, aim=Said.LEVEL_2) == 1
