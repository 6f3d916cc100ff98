"""Courses that only authors see"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("tier", "course")
GALLERY = "gallery"


def upgrade() -> None:
    allow("'staff', 'partner', 'author'")
    # What an earlier step down had to call a course for staff is one for authors again.
    for name in TABLES:
        own = sa.table(name, sa.column("slug", sa.String), sa.column("audience", sa.String))
        op.execute(own.update().where(own.c.slug == GALLERY).values(audience="author"))


def downgrade() -> None:
    for name in TABLES:
        own = sa.table(name, sa.column("slug", sa.String), sa.column("audience", sa.String))
        op.execute(own.update().where(own.c.audience == "author").values(audience="staff"))
    allow("'staff', 'partner'")


def allow(audiences: str) -> None:
    for name in TABLES:
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f"ck_{name}_audience"), type_="check")
            table.create_check_constraint(op.f(f"ck_{name}_audience"), f"audience IN ({audiences})")
