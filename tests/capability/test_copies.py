"""Copies of where people stand are read in the place of working it out, and never say anything else."""

import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from app.capability.board import Which
from app.capability.commands.copying import copy_again
from app.capability.copies import FORM, Told, packed, unpacked
from app.capability.copying import copy_standings
from app.capability.models import LevelRequest, StandingChange, StandingCopy
from app.capability.queries import copied
from app.capability.rules import NOT_STARTED, Need, NeedSource, PauseReason, Progress, Standing, State
from app.kernel.alone import alone
from app.kernel.db import table
from app.learning.rules import Holding
from tests.capability.conftest import Count, Scene
from tests.invariants import BrokenInvariantError, check_invariants
from tests.organisation.away import go_on_leave

_copy, _change = table(StandingCopy), table(StandingChange)
days = st.dates(date(2015, 1, 1), date(2040, 1, 1))
numbers = st.integers(0, 2**40)
maybe_days = st.none() | days
holdings = st.builds(
    Holding, numbers, days, maybe_days, st.none() | numbers, st.text(max_size=9), days, maybe_days, maybe_days, numbers
)
progress = st.just(NOT_STARTED) | st.builds(
    Progress,
    st.sampled_from([s for s in State if s is not State.NOT_STARTED]),
    maybe_days,
    numbers,
    numbers,
    numbers,
    st.none() | holdings,
)


@st.composite
def people(draw: st.DrawFn) -> tuple[bool, dict[str, Standing]]:
    away = draw(st.booleans())
    one = st.builds(
        Standing,
        progress,
        numbers,
        st.none() | st.sampled_from(Need),
        maybe_days,
        st.none() | st.sampled_from(NeedSource),
        st.none() | st.sampled_from(PauseReason),
        st.booleans(),
        st.booleans(),
        numbers,
        st.just(away),
        st.booleans(),
    )
    return away, draw(st.dictionaries(st.text(min_size=1, max_size=9), one, max_size=5))


@given(people())
def test_what_is_packed_is_unpacked_as_the_same(person: tuple[bool, dict[str, Standing]]) -> None:
    away, told = person
    found = unpacked(packed(Told(away, told)))
    assert found == (away, told)
    assert all(type(one) is Standing and type(one.progress) is Progress for one in found.standings.values())
    assert all(type(one.progress.holding) in {Holding, type(None)} for one in found.standings.values())
    assert all(type(one.need) in {Need, type(None)} for one in found.standings.values())


def _copied(scene: Scene) -> dict[int, StandingCopy]:
    with scene.world.db.read() as session:
        return {one.person_id: one for one in session.scalars(sa.select(StandingCopy))}


def _noted(scene: Scene) -> set[int | None]:
    with scene.world.db.read() as session:
        return set(session.scalars(sa.select(_change.c.person_id)))


def _copy_now(scene: Scene) -> int:
    return copy_standings(scene.world.db, scene.world.now)


def test_everybody_with_a_post_has_a_copy_and_a_second_round_makes_none(scene: Scene) -> None:
    staff = {scene.anna.id, scene.ben.id, scene.stranger.id, scene.lead.id, scene.other_lead.id, scene.neighbour.id}
    assert _copy_now(scene) == len(staff)
    assert _copied(scene).keys() == staff
    assert not _noted(scene)
    assert _copy_now(scene) == 0


def test_a_grid_read_from_copies_is_the_one_that_is_worked_out(scene: Scene, statements: Count) -> None:
    scene.decide(scene.anna, scene.ben)
    scene.complete(scene.ben, "pocket-qi", scene.world.today)
    scene.decide(scene.lead, need=Need.PAUSED, pause_reason=PauseReason.SICK)
    go_on_leave(scene.world, scene.anna)
    before, asked_before = scene.board(), _asked(scene, statements)
    _copy_now(scene)
    assert scene.board() == before
    assert _asked(scene, statements) < asked_before, "the copies were read"


def _asked(scene: Scene, statements: Count) -> int:
    client = scene.world.client(scene.lead)
    return statements(lambda: client.get("/teams?team=all"))


def test_whoever_stands_elsewhere_since_is_worked_out_and_the_others_are_not(scene: Scene) -> None:
    _copy_now(scene)
    scene.decide(scene.anna)
    assert _noted(scene) == {scene.anna.id}
    assert scene.standing(scene.anna).need is Need.REQUIRED
    with scene.world.db.write() as session:  # if the others were worked out too, they would not say this
        one = session.get_one(StandingCopy, scene.ben.id)
        one.told = packed(Told(False, {"pocket-qi": Standing(need=Need.NOT_REQUIRED)}))
    assert scene.standing(scene.ben).need is Need.NOT_REQUIRED
    with pytest.raises(BrokenInvariantError, match=f"the copy of person {scene.ben.id} on"):
        check_invariants(scene.world.db)
    assert _copy_now(scene) == 1
    assert scene.standing(scene.anna).need is Need.REQUIRED
    with scene.world.db.write() as session:  # what the invariants would find at the end
        session.execute(sa.delete(_copy).where(_copy.c.person_id == scene.ben.id))


def test_copies_of_another_day_or_another_program_are_not_read(scene: Scene) -> None:
    scene.decide(scene.anna)
    _copy_now(scene)
    wrong = packed(Told(False, {"pocket-qi": Standing(need=Need.WAIVED)}))
    yesterday = scene.world.today - timedelta(days=1)
    for values in ({"day": yesterday}, {"form": FORM - 1}):
        with scene.world.db.write() as session:
            session.execute(sa.update(_copy).values(told=wrong, **values))
        assert scene.standing(scene.anna).need is Need.REQUIRED
        with scene.world.db.write() as session:
            session.execute(sa.update(_copy).values(day=scene.world.today, form=FORM))
        assert scene.standing(scene.anna).need is Need.WAIVED, "they would have said otherwise"
        with scene.world.db.write() as session:
            session.execute(sa.update(_copy).values(**values))
        assert _copy_now(scene) == len(_copied(scene))
        assert scene.standing(scene.anna).need is Need.REQUIRED


def test_each_day_has_its_own_copies_and_a_leaver_none(scene: Scene) -> None:
    _copy_now(scene)
    scene.world.leave(scene.ben.id)
    scene.world.later(days=1)
    _copy_now(scene)
    found = _copied(scene)
    assert scene.ben.id not in found
    assert {one.day for one in found.values()} == {scene.world.today}


def test_a_copy_of_somebody_late_is_of_the_day_on_which_they_are(scene: Scene) -> None:
    scene.decide(scene.anna, due=scene.world.today)
    _copy_now(scene)
    assert Which.OVERDUE not in _kinds(scene)
    scene.world.later(days=1)
    assert Which.OVERDUE in _kinds(scene), "before the worker has looked"
    _copy_now(scene)
    assert Which.OVERDUE in _kinds(scene)


def _kinds(scene: Scene) -> frozenset[Which]:
    board = scene.board()
    place = [t.slug for t in board.tiers].index("pocket-qi")
    return next(m.kinds[place] for m in board.members if m.person_id == scene.anna.id)


def test_when_a_course_file_changes_what_all_rest_on_no_copy_is_read_until_they_are_made_anew(scene: Scene) -> None:
    _copy_now(scene)
    with scene.world.db.write() as session:
        session.execute(sa.text("UPDATE tier SET delivered = 'cohort' WHERE slug = 'pocket-qi'"))
    assert None in _noted(scene)
    assert not scene.standing(scene.anna).offered
    assert _copy_now(scene) == len(_copied(scene))
    assert not _noted(scene)
    assert not scene.standing(scene.anna).offered


def test_where_most_copies_are_out_of_date_everybody_is_worked_out(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    _copy_now(scene)
    monkeypatch.setattr(copied, "MANY", 1)
    scene.decide(scene.anna, scene.ben)
    with scene.world.db.read() as session:
        assert copied.copies(session, scene.world.today) is None
    assert scene.standing(scene.ben).need is Need.REQUIRED


def test_a_change_that_is_committed_while_its_copy_is_made_is_not_lost(scene: Scene) -> None:
    """On PostgreSQL the copy is made from what was there before; on SQLite it waits for the change."""
    _copy_now(scene)
    changing, made = threading.Event(), threading.Event()

    def change() -> None:
        with scene.world.db.write() as session:
            session.add(LevelRequest(person_id=scene.anna.id, tier="pocket-qi", asked_at=scene.world.now))
            session.flush()
            changing.set()
            made.wait(0.3 if scene.world.db.is_sqlite else 30)

    other = threading.Thread(target=change)
    other.start()
    assert changing.wait(30)
    with scene.world.db.write() as session:
        copy_again(session, [scene.anna.id], scene.world.today)
    made.set()
    other.join(30)
    assert scene.standing(scene.anna).asked
    _copy_now(scene)
    assert scene.standing(scene.anna).asked


def test_a_second_worker_leaves_them_to_the_first(scene: Scene) -> None:
    with alone(scene.world.db, "standings", "busy"):
        assert _copy_now(scene) == 0
    assert _copy_now(scene) > 0
