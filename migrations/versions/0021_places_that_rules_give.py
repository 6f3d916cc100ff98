"""Places on courses that a rule of need gives"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BEFORE = ("self", "starter", "assigned", "invited", "imported")
# A step down says of such a place that somebody was put down for it.
NEW, BELOW = "rule", "assigned"


def upgrade() -> None:
    allow((*BEFORE, NEW))


def downgrade() -> None:
    enrolment = sa.table("enrolment", sa.column("source"))
    op.execute(enrolment.update().where(enrolment.c.source == NEW).values(source=BELOW))
    allow(BEFORE)


def allow(allowed: tuple[str, ...]) -> None:
    full = op.f("ck_enrolment_enrolmentsource")
    with op.batch_alter_table("enrolment") as table:
        table.drop_constraint(full, type_="check")
        table.create_check_constraint(full, f"source IN ({', '.join(repr(value) for value in allowed)})")
