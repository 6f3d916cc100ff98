"""The trust's one row, and the person that deeds of the command line and the worker are recorded under"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

import app.kernel.db

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

person = sa.table(
    "person",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("name", sa.String),
    sa.column("list_name", sa.String),
    sa.column("sort_key", sa.String),
    sa.column("made_at", app.kernel.db.UtcDateTime),
)
trust = sa.table(
    "trust",
    sa.column("id", sa.Integer),
    sa.column("demonstration", sa.Boolean),
    sa.column("staff_data_source", sa.String),
)


def upgrade() -> None:
    op.execute(
        person.insert().values(
            id=1,
            kind="system",
            name="The system",
            list_name="The system",
            sort_key="the system",
            made_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
    )
    op.execute(trust.insert().values(id=1, demonstration=False, staff_data_source=""))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('person', 'id'), 1)")
        op.execute("SELECT setval(pg_get_serial_sequence('trust', 'id'), 1)")


def downgrade() -> None:
    op.execute(trust.delete().where(trust.c.id == 1))
    op.execute(person.delete().where(person.c.id == 1))
