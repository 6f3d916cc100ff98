"""Offers that wait, were declined or recognised, and an item from a list, for Sam and each of the crowd."""

from datetime import date, timedelta

from app.access.actor import SYSTEM
from app.recognition import commands
from app.recognition.queries import case_of
from tests.house.stage import HOSTILE, Cast
from tests.recognition.advisors import Programmes
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
    _programmes(world, cast)
    for route in ("withdraw", "recognise", "recognise_by_rule", "decline"):
        cast.put("seen", 1, "staff", f"recognition:{route}")
    for route in ("again", "take_back"):
        cast.put("seen", 2, "staff", f"recognition:{route}")


def _programmes(world: World, cast: Cast) -> None:
    """Of each: one that the sponsor has not signed off, one that can be granted, and one that was."""
    kept, sponsor = Programmes(world, cast.people["qi-admin"]), cast.people["lead-own"]
    texts = ("provider", "cohort", "place", "mentor", "self_rating", "project")
    words = {name: f"{name} {HOSTILE}" for name in texts}
    for person_id in (*cast.crowd, cast.sam):
        records = [kept.keep(person_id, sponsor, programme=f"{n} {HOSTILE}", **words) for n in ("A", "B", "C")]
        for record in records:
            kept.workshop(record, f"Day 1 {HOSTILE}", world.today - timedelta(days=90))
            score = commands.ScoreProject(record_id=record, halves=7, scored_on=world.today, note=f"Why {HOSTILE}")
            kept.do(commands.score_project, score)
            kept.certify(record, f"certificate {HOSTILE}.pdf")
        for record in records[1:]:
            kept.verify(record, f"Its number {HOSTILE}")
            kept.sign(record, sponsor, f"Well done {HOSTILE}")
        kept.grant(records[2])
    waits, ready, granted = records
    cast.put("record_id", waits, "staff")
    cast.put("record_id", ready, "staff", "recognition:grant_advisor_level")
    cast.put("record_id", granted, "staff", "recognition:record_review")
    one = kept.of(waits)
    for route in ("mark_workshop", "remove_workshop"):
        cast.put("workshop_id", one.workshops[0].id, "staff", f"recognition:{route}")
    for route in ("take_certificate", "own_certificate", "verify_certificate"):
        cast.put("certificate_id", one.record.certificate_id, "staff", f"recognition:{route}")
    cast.put("seen", one.record.version, "staff", "recognition:change_advisor")
    cast.put("address", kept.address(cast.people["staff-other"]))


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
