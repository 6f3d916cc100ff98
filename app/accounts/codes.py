"""One-time links and printed codes: random, used once, superseded by a newer one, stored as a hash."""

import hashlib
import secrets
from datetime import datetime

import sqlalchemy as sa

from app.accounts.models import OneTimeCode
from app.accounts.rules import CODE_LASTS, CodePurpose
from app.kernel.audit import Deed
from app.kernel.db import ReadSession, WriteSession, table

_code = table(OneTimeCode)

# No letter that looks like another letter or a figure: 24 signs, twelve of them, 55 bits.
SIGNS = "ACDEFGHJKMNPQRTVWXY34679"
LENGTH, GROUP = 12, 4


def make(
    session: WriteSession, actor: Deed, person_id: int, purpose: CodePurpose, now: datetime
) -> tuple[OneTimeCode, str]:
    """A new code and the text that only its reader gets. Every earlier unused one of this person ends."""
    session.execute(
        sa.update(_code)
        .where(_code.c.person_id == person_id, _code.c.used_at.is_(None), _code.c.ends_at > now)
        .values(ends_at=now)
    )
    text = _printed() if purpose is CodePurpose.PRINTED else secrets.token_urlsafe(24)
    row = OneTimeCode(
        person_id=person_id,
        purpose=purpose,
        code_hash=hashed(text, person_id if purpose is CodePurpose.PRINTED else None),
        made_at=now,
        ends_at=now + CODE_LASTS[purpose],
        made_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    return row, text


def hashed(text: str, person_id: int | None) -> str:
    """A printed code counts only together with whose it is; a link stands for itself."""
    if person_id is not None:
        text = f"{person_id}:{''.join(c for c in text.upper() if c.isalnum())}"
    return hashlib.sha256(text.encode()).hexdigest()


def holder(session: ReadSession, code_hash: str, now: datetime) -> int | None:
    """Whose unused, unexpired code this is."""
    return session.scalar(sa.select(_code.c.person_id).where(_live(code_hash, now)))


def redeem(session: WriteSession, code_hash: str, now: datetime) -> int | None:
    """Use the code up; whose it was. None when it was used, superseded or has expired, or never was."""
    used = sa.update(_code).where(_live(code_hash, now)).values(used_at=now).returning(_code.c.person_id)
    whose: int | None = session.scalar(used)
    return whose


def _live(code_hash: str, now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(_code.c.code_hash == code_hash, _code.c.used_at.is_(None), _code.c.ends_at > now)


def _printed() -> str:
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return "-".join(signs[i : i + GROUP] for i in range(0, LENGTH, GROUP))
