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


def merge_programmes(journal: Journal, kept: int, gone: int) -> None:
    """Of two records of one programme from one day on, the staying one's counts. A sponsor's word goes with them.

    Whoever answers for the other's programme is another person, and never merged with them.
    """
    own = rows_where(journal.session, "advisor_record", person_id=kept)
    known = {(row["programme"], row["starts_on"]) for row in own}
    for row in rows_where(journal.session, "advisor_record", person_id=gone):
        if (row["programme"], row["starts_on"]) in known:
            journal.leave("advisor_record", row)
        else:
            journal.change("advisor_record", row, person_id=kept)
    for row in rows_where(journal.session, "advisor_record", sponsor_id=gone):
        journal.change("advisor_record", row, sponsor_id=kept)
        _sign_off(journal, row["id"], kept, gone)


def _sign_off(journal: Journal, record_id: int, kept: int, gone: int) -> None:
    """Signed under both records, it is signed once."""
    signed = rows_where(journal.session, "sponsor_sign_off", record_id=record_id)
    if any(row["sponsor_id"] == kept for row in signed):
        return
    for row in signed:
        if row["sponsor_id"] == gone:
            journal.change("sponsor_sign_off", row, sponsor_id=kept)
