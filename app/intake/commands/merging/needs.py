"""Needs, requests and what is to be heard of them; and the account of the record that goes."""

from collections import defaultdict
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import Credential, OneTimeCode
from app.accounts.sessions import end_all
from app.capability.commands.deciding import NOTICES, key
from app.capability.rules import NeedSource, RequestState
from app.intake.commands.merging.journal import Journal, Row, rows_where, write
from app.intake.rules.fates import FATES, Fate
from app.intake.rules.merging import Decided, one_after_the_other
from app.kernel.db import WriteSession, table

_code = table(OneTimeCode)
OWN_WAY = frozenset({
    "award.person_id", "calibration.marker_id", "employment.manager_id", "employment.person_id",
    "employment.sponsor_id", "enrolment.person_id", "level_request.person_id", "note.person_id", "notice.person_id",
    "outcome.person_id", "requirement.person_id", "long_leave.person_id", "evidence_item.person_id",
    "advisor_record.person_id", "advisor_record.sponsor_id", "rating.person_id", "rating.whose_id", "rating.author_id",
    "rating_share.person_id", "rating_share.with_id", "rating_delegation.lead_id", "rating_delegation.manager_id",
    "rating_note.person_id", "rating_note.with_id", "rating_note.author_id",
})  # fmt: skip
"""What is merged by a rule of its own; everything else that moves just changes hands."""


def merge_needs(journal: Journal, kept: int, gone: int, now: datetime) -> None:
    """Of two decisions about one level the later supersedes the earlier, as if they had been about one person.

    A rule supersedes nobody's own decision here either.
    """
    by_tier: dict[str, list[Row]] = defaultdict(list)
    for person_id in (kept, gone):
        for row in rows_where(journal.session, "requirement", person_id=person_id):
            by_tier[row["tier"]].append(row)
    for rows in by_tier.values():
        if not any(row["person_id"] == gone for row in rows):
            continue
        ends = _ends(rows)
        for row in sorted(rows, key=lambda row: ends[row["id"]] is None):
            if row["superseded_at"] is None and ends[row["id"]] is not None:
                _silence(journal, row["id"], now)
            journal.change("requirement", row, superseded_at=ends[row["id"]], person_id=kept)
    _merge_requests(journal, kept, gone)


def _ends(rows: list[Row]) -> dict[int, datetime | None]:
    """When each ends. What a rule asks gives way to a decision that holds, however late it asked: it never held."""
    aside = {r["id"]: r["decided_at"] for r in rows if r["superseded_at"] is None and r["source"] is NeedSource.RULE}
    rest = one_after_the_other(_decided(r) for r in rows if r["id"] not in aside)
    holds = [r["decided_at"] for r in rows if r["id"] in rest and rest[r["id"]] is None]
    if any(at <= asked for at in holds for asked in aside.values()):
        return rest | aside
    return one_after_the_other(map(_decided, rows))


def _decided(row: Row) -> Decided:
    return Decided(row["id"], row["decided_at"], row["superseded_at"])


def _silence(journal: Journal, requirement_id: int, now: datetime) -> None:
    for kind in NOTICES:
        for notice in rows_where(journal.session, "notice", key=key(kind, requirement_id)):
            if notice["mail_id"] is None and notice["withdrawn_at"] is None:
                journal.change("notice", notice, withdrawn_at=now)


def _merge_requests(journal: Journal, kept: int, gone: int) -> None:
    waiting = {
        row["tier"]
        for row in rows_where(journal.session, "level_request", person_id=kept)
        if row["state"] in {RequestState.WAITING, RequestState.PLANNED}
    }
    for row in rows_where(journal.session, "level_request", person_id=gone):
        if row["state"] in {RequestState.WAITING, RequestState.PLANNED} and row["tier"] in waiting:
            journal.leave("level_request", row)
        else:
            journal.change("level_request", row, person_id=kept)


def merge_the_rest(journal: Journal, kept: int, gone: int) -> None:
    """Tries at samples go on counting; what nobody has heard yet reaches them; all else changes hands."""
    tries: dict[tuple[int, str], int] = defaultdict(int)
    for row in rows_where(journal.session, "calibration", marker_id=kept):
        tries[row["activity_id"], row["sample"]] = max(tries[row["activity_id"], row["sample"]], row["number"])
    for row in rows_where(journal.session, "calibration", marker_id=gone):
        number = row["number"] + tries[row["activity_id"], row["sample"]]
        journal.change("calibration", row, marker_id=kept, number=number)
    for row in rows_where(journal.session, "notice", person_id=gone):
        if row["mail_id"] is None and row["withdrawn_at"] is None:
            journal.change("notice", row, person_id=kept)
    for place, fate in FATES.items():
        if fate is Fate.MOVES and place not in OWN_WAY:
            name, _, column = place.partition(".")
            for row in rows_where(journal.session, name, **{column: gone}):
                journal.change(name, row, **{column: kept})


def close_account(journal: Journal, kept: int, gone: int, now: datetime) -> None:
    """Nobody signs in to the record that goes, by any name, link or open browser. Its address becomes free.

    The staying record takes the address when it has none.
    """
    session = journal.session
    person, stays = (rows_where(session, "person", id=person_id)[0] for person_id in (gone, kept))
    address = {"email": person["email"], "email_key": person["email_key"]}
    journal.change("person", person, email=None, email_key=None, merged_into_id=kept)
    if stays["email"] is None and person["email"] is not None:
        journal.change("person", stays, **address)
    for account in rows_where(session, "credential", person_id=gone):
        name = f"merged-{gone}"
        journal.change("credential", account, username=name, username_key=name, suspended=True)
    end_all(session, gone, now)
    live = (_code.c.person_id == gone) & _code.c.used_at.is_(None) & (_code.c.ends_at > now)
    session.execute(sa.update(_code).where(live).values(ends_at=now))


def may_have(session: WriteSession, name: str, column: str, value: str, row_id: int) -> bool:
    """Whether an address or sign-in name is still nobody else's."""
    return all(row[_ID[name]] == row_id for row in rows_where(session, name, **{column: value}))


_ID = {"person": "id", "credential": "person_id"}


def give_account_back(session: WriteSession, person_id: int, before: Row) -> bool:
    """The account under its old name. False, and still closed, where somebody else has the name by now."""
    if not may_have(session, "credential", "username_key", before["username_key"], person_id):
        return False
    write(session, table(Credential).name, person_id, before)
    return True
