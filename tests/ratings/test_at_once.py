"""Two people, or one in two windows, who say something at the same moment: each view holds once, and none is lost."""

import threading
from collections.abc import Callable

import sqlalchemy as sa

from app.kernel.db import table
from app.ratings.models import Rating, RatingAgreement, RatingDelegation
from app.ratings.rules import Said
from tests.ratings.scene import Scene
from tests.world import World


def _at_once(*deeds: Callable[[], object]) -> list[Exception]:
    failed: list[Exception] = []
    gate = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            deed()
        except Exception as error:  # noqa: BLE001  what a thread raises is looked at by the test
            failed.append(error)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def test_one_lead_in_two_windows_says_two_things_and_both_are_kept(scene: Scene) -> None:
    said = (Said.NEW, Said.TAKES_PART, Said.LEADS, Said.COACHES)
    deeds = [lambda one=one: scene.judges(scene.lead, {scene.ann.id: one, scene.ben.id: one}) for one in said]
    assert _at_once(*deeds) == []
    for person in (scene.ann, scene.ben):
        rows = scene.mine(person).rows
        assert {row.said for row in rows} == set(said)
        assert sum(row.holds for row in rows) == 1


def test_a_lead_and_whom_they_asked_never_overwrite_each_other(scene: Scene) -> None:
    scene.asks(scene.manager)
    failed = _at_once(
        lambda: scene.judges(scene.lead, {scene.ann.id: Said.NEW}),
        lambda: scene.judges(scene.manager, {scene.ann.id: Said.LEADS}),
    )
    assert failed == []
    rating = table(Rating)
    with scene.world.db.read() as session:
        held = session.execute(sa.select(rating.c.author_id, rating.c.said).where(rating.c.superseded_at.is_(None)))
        assert {tuple(row) for row in held} == {(scene.lead.id, Said.NEW), (scene.manager.id, Said.LEADS)}


def test_of_two_agreements_recorded_at_once_one_stands(world: World) -> None:
    scene = Scene.of(world, agreed=False)
    failed = _at_once(scene.agree, scene.agree)
    assert [str(error) for error in failed] == ["Somebody has recorded an agreement already. Ratings are on."]
    with world.db.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(table(RatingAgreement))) == 1


def test_of_two_people_asked_at_once_one_judges_the_team(scene: Scene) -> None:
    matron = scene.matron()
    assert _at_once(lambda: scene.asks(scene.manager), lambda: scene.asks(matron)) == []
    delegation = table(RatingDelegation)
    with scene.world.db.read() as session:
        ends = session.scalars(sa.select(delegation.c.ended_at)).all()
    assert len(ends) == 2
    assert sum(end is None for end in ends) == 1
