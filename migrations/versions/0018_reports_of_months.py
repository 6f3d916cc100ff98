"""Reports of months that are kept, and the role of those who read them"""

import sqlalchemy as sa
from alembic import op

import app.kernel.db

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BEFORE = ("staff", "partner", "lead", "hr", "involvement", "qi_admin", "marker", "facilitator")
# A step down calls a board member `staff`, which comes with being one and lets nobody do more, and ends the grant.
ROLE = "board"


def upgrade() -> None:
    allow((*BEFORE, ROLE))
    op.create_table('kept_report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_report')),
    sa.UniqueConstraint('month', name=op.f('uq_kept_report_month'))
    )


def downgrade() -> None:
    op.drop_table('kept_report')
    grant = sa.table("role_grant", *(sa.column(name) for name in ("role", "starts_on", "ends_on")))
    op.execute(grant.update().where(grant.c.role == ROLE).values(role="staff", ends_on=grant.c.starts_on))
    allow(BEFORE)


def allow(allowed: tuple[str, ...]) -> None:
    full = op.f("ck_role_grant_role")
    with op.batch_alter_table("role_grant") as table:
        table.drop_constraint(full, type_="check")
        table.create_check_constraint(full, f"role IN ({', '.join(repr(value) for value in allowed)})")
