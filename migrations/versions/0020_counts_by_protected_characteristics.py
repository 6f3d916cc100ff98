"""Counts by protected characteristics, with no row about a person, and the working pattern of a post"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CHARACTERISTICS = (
    "age", "disability", "gender_reassignment", "marriage", "pregnancy", "race", "religion", "sex", "orientation",
)
PARTS = ("group", "no_answer", "together", "rest", "all")


def upgrade() -> None:
    op.add_column('employment', sa.Column('pattern', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False, server_default=''))
    op.create_table('equality_year',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('as_at', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'kept', name='yearstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('read_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('read_by_id', sa.Integer(), nullable=False),
    sa.Column('said', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['read_by_id'], ['person.id'], name=op.f('fk_equality_year_read_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_year')),
    sa.UniqueConstraint('year', 'state', name=op.f('uq_equality_year_year_state')),
    sqlite_autoincrement=True,
    )
    op.create_table('equality_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('year_id', sa.Integer(), nullable=False),
    sa.Column('characteristic', sa.Enum(*CHARACTERISTICS, name='characteristic', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('tier', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum(*PARTS, name='partkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('trained', sa.Integer(), nullable=True),
    sa.CheckConstraint('people >= 10 AND (trained IS NULL OR trained >= 10)', name=op.f('ck_equality_count_many')),
    sa.ForeignKeyConstraint(['tier'], ['tier.slug'], name=op.f('fk_equality_count_tier_tier')),
    sa.ForeignKeyConstraint(['year_id'], ['equality_year.id'], name=op.f('fk_equality_count_year_id_equality_year'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_equality_count')),
    sa.UniqueConstraint('year_id', 'characteristic', 'tier', 'place', name=op.f('uq_equality_count_year_id_characteristic_tier_place'))
    )


def downgrade() -> None:
    op.drop_table('equality_count')
    op.drop_table('equality_year')
    op.drop_column('employment', 'pattern')
