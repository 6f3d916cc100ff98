"""Long leave and learning from elsewhere: what the staying record has already for the same days stays where it was."""

from app.intake.commands.merging.journal import Journal, rows_where
from app.organisation.rules import overlap


def merge_leave(journal: Journal, kept: int, gone: int) -> None:
    """Spells of one person share no day: of two that would, the staying record's counts."""
    theirs = [(row["starts_on"], row["ends_on"]) for row in rows_where(journal.session, "long_leave", person_id=kept)]
    for row in rows_where(journal.session, "long_leave", person_id=gone):
        if any(overlap(spell, (row["starts_on"], row["ends_on"])) for spell in theirs):
            journal.leave("long_leave", row)
        else:
            journal.change("long_leave", row, person_id=kept)


def merge_elsewhere(journal: Journal, kept: int, gone: int) -> None:
    """What was imported for both from one source is there once; with it its files, offers and decisions."""
    known = {row["source_key"] for row in rows_where(journal.session, "evidence_item", person_id=kept)} - {None}
    for row in rows_where(journal.session, "evidence_item", person_id=gone):
        if row["source_key"] in known:
            journal.leave("evidence_item", row)
        else:
            journal.change("evidence_item", row, person_id=kept)
