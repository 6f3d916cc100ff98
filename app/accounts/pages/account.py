"""The state of somebody's account, in words, and what can be done about it."""

from dataclasses import dataclass

from app.accounts.queries import AccountRow
from app.accounts.rules import CodePurpose
from app.web.words import moment

NO_ADDRESS = "None: print a letter with a code"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountBlock:
    """The state of an account, in words; what can be done about it follows from the flags."""

    state: str
    tone: str
    username: str
    email: str
    seen: str
    waiting: str
    exists: bool
    suspended: bool
    can_mail: bool
    can_print: bool

    @classmethod
    def of(cls, account: AccountRow | None, email: str | None) -> "AccountBlock":
        state, tone = account_state(account)
        return cls(
            state=state,
            tone=tone,
            username=account.username if account else "",
            email=email or NO_ADDRESS,
            seen=moment(account.last_seen_at) if account and account.last_seen_at else "",
            waiting=waiting_words(account),
            exists=account is not None,
            suspended=bool(account and account.suspended),
            can_mail=bool(email) and not (account and account.suspended),
            can_print=(account is not None or bool(email)) and not (account and account.suspended),
        )


def account_state(account: AccountRow | None) -> tuple[str, str]:
    """The state in words, and its tone."""
    if account is None:
        return "No account yet", "warn"
    if account.suspended:
        return "Suspended", "late"
    return ("Can sign in", "good") if account.has_password else ("Has not chosen a password yet", "warn")


def waiting_words(account: AccountRow | None) -> str:
    """What was sent or printed and not used yet."""
    if account is None or account.code_purpose is None:
        return ""
    what = "A printed code" if account.code_purpose is CodePurpose.PRINTED else "A link in a mail"
    return f"{what} waits to be used, until {moment(account.code_ends_at)}"
