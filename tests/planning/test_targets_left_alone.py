"""Whoever saves targets changes those that they touched, whatever others did meanwhile."""

from app.planning.commands import NewTarget
from tests.client import document
from tests.planning.conftest import Planning
from tests.planning.test_targets import line

NURSES = "Nursing and Midwifery Registered"


def test_a_page_that_is_old_does_not_take_back_what_was_not_touched(planning: Planning) -> None:
    planning.target(NewTarget(tier="pocket-qi", value=20))
    first = line(planning).target
    assert first is not None
    planning.target(NewTarget(tier="pocket-qi", value=30, seen=first.id))
    old = NewTarget(tier="pocket-qi", value=20, seen=first.id)
    assert planning.target(old) == 0
    assert planning.target(old, NewTarget(tier="pocket-qi", staff_group=NURSES, value=10)) == 1
    now = line(planning).target
    assert now is not None
    assert now.value == 30


def test_saving_over_one_that_was_changed_leaves_the_others_as_they_are(planning: Planning) -> None:
    scene = planning.scene
    place = {"directorate": scene.directorate_id, "year": "2026", "reason": "Agreed"}
    planning.target(NewTarget(tier="pocket-qi", value=20), NewTarget(tier="pocket-qi", staff_group=NURSES, value=10))
    whole, nurses = line(planning).target, line(planning, group=NURSES).target
    assert whole is not None
    assert nurses is not None
    planning.target(
        NewTarget(tier="pocket-qi", value=30, seen=whole.id),
        NewTarget(tier="pocket-qi", staff_group=NURSES, value=15, seen=nurses.id),
    )
    form = place | {
        "line": ["a", "b", "c"],
        "tier-a": "pocket-qi", "group-a": "", "kind-a": "per_cent", "value-a": "20", "seen-a": str(whole.id),
        "tier-b": "pocket-qi", "group-b": NURSES, "kind-b": "per_cent", "value-b": "40", "seen-b": str(nurses.id),
        "tier-c": "pocket-qi", "group-c": "Medical and Dental", "kind-c": "per_cent", "value-c": "", "seen-c": "0",
    }  # fmt: skip
    client = scene.world.client(planning.admin)
    planning.target(NewTarget(tier="pocket-qi", staff_group="Medical and Dental", value=5))
    answer = client.post("/teams/plan/targets", data=form)
    assert (answer.status_code, answer.text.count("40 per cent")) == (409, 1)
    assert "20 per cent" not in answer.text
    form_again = next(one for one in document(answer).forms if "seen-a" in one.fields)
    typed = {name: form_again.fields[name][-1] for name in ("seen-a", "seen-b", "seen-c")}
    client.post("/teams/plan/targets", data=form | typed)
    found = [line(planning, group=group).target for group in ("", NURSES, "Medical and Dental")]
    assert [one.value for one in found if one] == [30, 40, 5]
