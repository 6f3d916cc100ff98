"""Offers that wait, were declined or recognised, and an item from a list, for Sam and each of the crowd."""

from datetime import date, timedelta

from app.access.actor import SYSTEM
from app.recognition import commands
from app.recognition.queries import case_of
from tests.house.stage import HOSTILE, Cast
from tests.world import World

PDF = b"%PDF-1.7 a certificate"
TIER = "improvement-advisor"


def furnish(world: World, cast: Cast) -> None:
    rule = _rule(world, cast.people["qi-admin"])
    for person_id in (*cast.crowd, cast.sam):
        _imported(world, person_id)
        declined = _offered(world, person_id, "Lean in a day", world.today - timedelta(days=200))
        _decline(world, cast.people["qi-admin"], declined)
        recognised = _offered(world, person_id, "Advisers’ programme", world.today - timedelta(days=100))
        _recognise(world, cast.people["qi-admin"], recognised)
        waiting = _offered(world, person_id, "QSIR Practitioner", world.today - timedelta(days=40))
    with world.db.read() as session:
        cast.put("file_id", case_of(session, waiting).files[0].id, "staff")
    cast.put("item_id", waiting, "staff")
    cast.put("item_id", declined, "staff", "recognition:again")
    cast.put("item_id", recognised, "staff", "recognition:take_back")
    cast.put("rule_id", rule)
    for route in ("withdraw", "recognise", "recognise_by_rule", "decline"):
        cast.put("seen", 1, "staff", f"recognition:{route}")
    for route in ("again", "take_back"):
        cast.put("seen", 2, "staff", f"recognition:{route}")


def _rule(world: World, admin: int) -> int:
    command = commands.KeepRule(
        title=f"QSIR Practitioner {HOSTILE}", provider=f"NHS {HOSTILE}", tier=TIER, reason=f"Five days {HOSTILE}"
    )
    with world.db.write() as session:
        return commands.keep_rule(session, world.actor(admin), command, world.now)


def _imported(world: World, person_id: int) -> None:
    command = commands.RecordItem(
        person_id=person_id,
        title=f"Data Security Awareness {HOSTILE}",
        provider=f"e-learning {HOSTILE}",
        completed_on=date(2026, 5, 4),
        minutes=60,
        reference=f"000 {HOSTILE}",
        source=f"Imported from list.csv {HOSTILE}",
        source_key="000|2026-05-04",
    )
    with world.db.write() as session:
        commands.record_item(session, SYSTEM, command, world.now)


def _offered(world: World, person_id: int, title: str, completed_on: date) -> int:
    backing = commands.Backing(
        tier=TIER,
        words=f"Five days in Leeds {HOSTILE}",
        link="https://example.org/course?a='%22",
        file=commands.OfferedFile(f"certificate {HOSTILE}.pdf", PDF),
    )
    command = commands.OfferItem(
        title=f"{title} {HOSTILE}",
        provider=f"NHS England {HOSTILE}",
        completed_on=completed_on,
        minutes=300,
        backing=backing,
    )
    with world.db.write() as session:
        return commands.offer_item(session, world.actor(person_id), command, world.now)


def _decline(world: World, admin: int, item_id: int) -> None:
    command = commands.DeclineOffer(item_id=item_id, seen=1, reason=f"Nothing was assessed {HOSTILE}")
    with world.db.write() as session:
        commands.decline_offer(session, world.settings, world.actor(admin), command, world.now)


def _recognise(world: World, admin: int, item_id: int) -> None:
    command = commands.Recognise(item_id=item_id, seen=1, tier=TIER, reason=f"The same content {HOSTILE}")
    with world.db.write() as session:
        commands.recognise(session, world.settings, world.actor(admin), command, world.now)
