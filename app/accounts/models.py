from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.access.actor import ScopeKind
from app.access.permissions import Role
from app.accounts.rules import CodePurpose
from app.kernel.db import UtcDateTime, one_of


class Credential(SQLModel, table=True):
    """What a person signs in with: an e-mail address or a username, and a password once they have chosen one."""

    __tablename__ = "credential"
    __table_args__ = (
        sa.Index(
            "ix_credential_suspended",
            "person_id",
            sqlite_where=sa.text("suspended = 1"),
            postgresql_where=sa.text("suspended"),
        ),
    )

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    username: str = Field(max_length=320)
    username_key: str = Field(max_length=320, unique=True)
    password_hash: str | None = Field(default=None, max_length=200)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    suspended: bool = False


class SignInSession(SQLModel, table=True):
    """A browser in which somebody is signed in. Only the hash of its token is stored."""

    __tablename__ = "sign_in_session"

    id: int = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    began_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    browser: str = Field(default="", max_length=120)
    address: str = Field(default="", max_length=64)


class RoleGrant(SQLModel, table=True):
    """A role given to a person within a scope over [starts_on, ends_on)."""

    __tablename__ = "role_grant"
    __table_args__ = (sa.CheckConstraint("(scope_id IS NULL) = (scope_kind IN ('trust', 'own'))", name="scoped"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_type=one_of(Role))
    scope_kind: ScopeKind = Field(sa_type=one_of(ScopeKind))
    scope_id: int | None = None
    starts_on: date
    ends_on: date | None = None
    granted_by_id: int = Field(foreign_key="person.id")
    granted_at: datetime = Field(sa_type=UtcDateTime)


class OneTimeCode(SQLModel, table=True):
    """A link in a mail or a code in a letter: used once, with an end, superseded by a newer one. Stored as a hash."""

    __tablename__ = "one_time_code"

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    purpose: CodePurpose = Field(sa_type=one_of(CodePurpose))
    code_hash: str = Field(max_length=64, unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    made_by_id: int = Field(foreign_key="person.id")


class Throttle(SQLModel, table=True):
    """Tries within a window, per account and per address, counted in the database so that every server sees them."""

    __tablename__ = "throttle"

    key: str = Field(max_length=100, primary_key=True)
    window_ends_at: datetime = Field(sa_type=UtcDateTime)
    tries: int = 0


class HeldDeed(SQLModel, table=True):
    """A form posted under a sign-in that had ended: applied when the same person signs in again."""

    __tablename__ = "held_deed"

    id: int = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    route: str = Field(max_length=120)
    content: str
    held_at: datetime = Field(sa_type=UtcDateTime)
    applied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AnsweredForm(SQLModel, table=True):
    """Where a rendered form led, so that posting it twice does its deed once."""

    __tablename__ = "answered_form"

    key: str = Field(max_length=64, primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    location: str = ""
    flash: str = ""
    answered_at: datetime = Field(sa_type=UtcDateTime, index=True)
