"""Two records of one person: their ratings become one history, and undoing the merge parts them again."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.kernel.errors import RuleBrokenError
from app.ratings.rules import Said
from tests.intake.two_records import TwoRecords, two_records
from tests.ratings.scene import Scene
from tests.world import World

THEN = datetime(2024, 6, 3, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def both(world: World) -> tuple[TwoRecords, Scene]:
    """Sam was here under one record until 2025, and is here under another; both were rated by the same lead."""
    world.load_courses()
    world.clock.at = THEN
    scene = Scene.of(world)
    place = {"team": scene.team}
    sam = two_records(
        world,
        kept={"starts_on": date(2025, 1, 1), **place},
        gone={"starts_on": date(2024, 2, 5), "ends_on": date(2025, 1, 1), **place},
    )
    scene.says(sam.gone, Said.NEW, "then", aim=Said.LEVEL_1)
    scene.shares(sam.gone)
    scene.judges(scene.lead, {sam.gone.id: Said.NEW})
    scene.writes(sam.gone, scene.lead, "as it was then")
    world.clock.at = NOW
    scene.says(sam.kept, Said.LEADS, aim=Said.LEVEL_3)
    scene.judges(scene.lead, {sam.kept.id: Said.TAKES_PART})
    return sam, scene


def test_both_histories_are_kept_and_the_later_supersedes_the_earlier(both: tuple[TwoRecords, Scene]) -> None:
    sam, scene = both
    client = scene.world.client(sam.kept)
    before = sam.everything()
    merge = sam.merge()
    rows = scene.mine(sam.kept).rows
    assert {(r.voice, r.about, r.said, r.holds) for r in rows} == {
        ("own", "", Said.NEW, False),
        ("own", "", Said.LEADS, True),
        ("own", "aim", Said.LEVEL_1, False),
        ("own", "aim", Said.LEVEL_3, True),
        ("lead", "", Said.NEW, False),
        ("lead", "", Said.TAKES_PART, True),
    }
    assert "as it was then" in client.get("/ratings/mine").text
    assert [r.said for r in scene.seen_by(scene.lead, sam.kept).rows if r.voice == "own"] != []
    sam.undo(merge)
    assert sam.everything() == before


def test_what_was_said_since_the_merge_stays_when_it_is_undone(both: tuple[TwoRecords, Scene]) -> None:
    sam, scene = both
    merge = sam.merge()
    scene.world.clock.at += timedelta(days=1)
    scene.says(sam.kept, Said.COACHES, aim=Said.LEVEL_4)
    scene.judges(scene.lead, {sam.kept.id: Said.LEADS})
    sam.undo(merge)
    held = {(r.voice, r.about): r.said for r in scene.mine(sam.kept).rows if r.holds}
    assert held == {("own", ""): Said.COACHES, ("own", "aim"): Said.LEVEL_4, ("lead", ""): Said.LEADS}


def test_a_lead_whose_two_records_are_merged_goes_on_seeing_what_they_said(world: World) -> None:
    world.load_courses()
    world.clock.at = THEN
    scene = Scene.of(world)
    old = world.lead("Medicine", given_name="Nora", family_name="Quist")
    scene.judges(old, {scene.ann.id: Said.NEW})
    world.leave(old, date(2025, 1, 1))
    world.clock.at = NOW
    new = scene.another_lead()
    scene.judges(new, {scene.ann.id: Said.LEADS})
    sam = two_records(world)
    sam.merge(new, old)
    assert [(r.said, r.holds) for r in scene.seen_by(new, scene.ann).rows] == [(Said.LEADS, True), (Said.NEW, False)]


def test_two_of_whom_one_rated_the_other_are_two_people(world: World) -> None:
    world.load_courses()
    scene = Scene.of(world)
    scene.judges(scene.lead, {scene.ann.id: Said.NEW})
    sam = two_records(world)
    with pytest.raises(RuleBrokenError, match="two people"):
        sam.merge(scene.ann, scene.lead)
