"""Who has an account, what they hold, where they are signed in, and what was done."""

from app.accounts.queries.accounts import (
    AccountRow,
    Known,
    account_of,
    as_actor,
    known_by_name,
    known_by_person,
    person_to_invite,
)
from app.accounts.queries.grants import GrantRow, ending_soon, grant_by_id, grants_of, held_today, roles_overview
from app.accounts.queries.partners import PartnerLineRow, partners_with_accounts
from app.accounts.queries.signed_in import SessionRow, sessions_of
from app.accounts.queries.trail import AuditRow, Trail, actions, trail
from app.accounts.queries.waiting import Waiting, unsent, waiting, without_account

__all__ = [
    "AccountRow",
    "AuditRow",
    "GrantRow",
    "Known",
    "PartnerLineRow",
    "SessionRow",
    "Trail",
    "Waiting",
    "account_of",
    "actions",
    "as_actor",
    "ending_soon",
    "grant_by_id",
    "grants_of",
    "held_today",
    "known_by_name",
    "known_by_person",
    "partners_with_accounts",
    "person_to_invite",
    "roles_overview",
    "sessions_of",
    "trail",
    "unsent",
    "waiting",
    "without_account",
]
