"""Packs for taught sessions, and the role of those who teach"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

BEFORE = ("staff", "partner", "lead", "hr", "involvement", "qi_admin", "marker")
# A step down calls a facilitator `staff`, which comes with being one and lets nobody do more, and ends the grant: 0004
# takes what is called `staff` for a marker, and a facilitator must not become one.
ROLE = "facilitator"


def upgrade() -> None:
    allow((*BEFORE, ROLE))
    op.create_table('pack_page',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.Enum('plan', 'slide', 'handout', 'notes', name='packpart', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('session_key', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
    sa.Column('html', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('notes', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_pack_page_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pack_page')),
    sa.UniqueConstraint('revision_id', 'part', 'session_key', 'key', name=op.f('uq_pack_page_revision_id_part_session_key_key'))
    )


def downgrade() -> None:
    op.drop_table('pack_page')
    grant = sa.table("role_grant", *(sa.column(name) for name in ("role", "starts_on", "ends_on")))
    op.execute(grant.update().where(grant.c.role == ROLE).values(role="staff", ends_on=grant.c.starts_on))
    allow(BEFORE)


def allow(allowed: tuple[str, ...]) -> None:
    full = op.f("ck_role_grant_role")
    with op.batch_alter_table("role_grant") as table:
        table.drop_constraint(full, type_="check")
        table.create_check_constraint(full, f"role IN ({', '.join(repr(value) for value in allowed)})")
