"""Who is suspended, and whom somebody manages, are found by indexes of the few rows that say so"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

MANAGED = sa.text("manager_id IS NOT NULL")
SUSPENDED, SUSPENDED_ON_SQLITE = sa.text("suspended"), sa.text("suspended = 1")


def upgrade() -> None:
    op.drop_index("ix_employment_manager_id", "employment")
    op.create_index(
        "ix_employment_manager", "employment", ["manager_id"], sqlite_where=MANAGED, postgresql_where=MANAGED
    )
    op.create_index(
        "ix_credential_suspended",
        "credential",
        ["person_id"],
        sqlite_where=SUSPENDED_ON_SQLITE,
        postgresql_where=SUSPENDED,
    )


def downgrade() -> None:
    op.drop_index("ix_credential_suspended", "credential")
    op.drop_index("ix_employment_manager", "employment")
    op.create_index("ix_employment_manager_id", "employment", ["manager_id"])
