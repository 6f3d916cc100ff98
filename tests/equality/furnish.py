"""A kept year and one that waits, with hostile names of groups: for the house tests."""

from app.equality.commands import ReadYear, draft_year, keep_year
from app.equality.rules.characteristics import Characteristic, last_of
from app.equality.rules.counts import Count, Label, PartKind
from tests.house.stage import HOSTILE, Cast
from tests.world import World


def furnish(world: World, cast: Cast) -> None:
    hr = world.actor(cast.people["hr"])
    with world.db.write() as session:
        cast.put("year_id", draft_year(session, hr, _read(2024), world.now), route="equality:take_back")
        keep_year(session, hr, int(str(cast.example("year_id", "-", "equality:take_back"))), world.now)
        draft = draft_year(session, hr, _read(2025), world.now)
    for route in ("draft", "keep", "aside"):
        cast.put("year_id", draft, route=f"equality:{route}")


def _read(year: int) -> ReadYear:
    parts = [
        (Label(PartKind.GROUP, f"Sometimes {HOSTILE}"), 200, 50),
        (Label(PartKind.GROUP, f"Never {HOSTILE}"), 100, None),
        (Label(PartKind.TOGETHER), 20, None),
        (Label(PartKind.REST), 120, 15),
        (Label(PartKind.ALL), 320, 65),
    ]
    return ReadYear(
        year=year,
        as_at=last_of(year),
        counts=tuple(Count(Characteristic.AGE, "induction", *part) for part in parts),
        said={
            "rows": 330, "known": 320, "people": 320, "in_post": 320,
            "columns": {"age": f"Age {HOSTILE}"}, "unread": [f"Name {HOSTILE}"], "groups": {"age": [4, 2, True]},
            "refused": [[f"Age {HOSTILE}", "No group", [7], 1]],
            "rare": {f"Age {HOSTILE}": [4, 5]}, "remarks": [f"A hidden row {HOSTILE}"],
        },
    )  # fmt: skip
