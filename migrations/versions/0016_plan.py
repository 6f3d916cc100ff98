"""Planned cohorts, targets by directorate, tier and year, and time to learn"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('cohort',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('tier', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('state', sa.Enum('planned', 'dropped', name='cohortstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('planned_by_id', sa.Integer(), nullable=False),
    sa.Column('planned_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('dropped_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('why_dropped', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.CheckConstraint("(state = 'dropped') = (dropped_at IS NOT NULL)", name=op.f('ck_cohort_dropped_at')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_cohort_ends_after_start')),
    sa.CheckConstraint('places > 0', name=op.f('ck_cohort_places')),
    sa.ForeignKeyConstraint(['planned_by_id'], ['person.id'], name=op.f('fk_cohort_planned_by_id_person')),
    sa.ForeignKeyConstraint(['tier'], ['tier.slug'], name=op.f('fk_cohort_tier_tier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort'))
    )
    with op.batch_alter_table('cohort', schema=None) as batch_op:
        batch_op.create_index('ix_cohort_starts_on', ['starts_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_cohort_tier'), ['tier'], unique=False)

    op.create_table('cohort_directorate',
    sa.Column('cohort_id', sa.Integer(), nullable=False),
    sa.Column('directorate_id', sa.Integer(), nullable=False),
    sa.Column('places', sa.Integer(), nullable=True),
    sa.CheckConstraint('places IS NULL OR places > 0', name=op.f('ck_cohort_directorate_places')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_cohort_directorate_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['directorate_id'], ['directorate.id'], name=op.f('fk_cohort_directorate_directorate_id_directorate')),
    sa.PrimaryKeyConstraint('cohort_id', 'directorate_id', name=op.f('pk_cohort_directorate'))
    )
    op.create_table('target',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('directorate_id', sa.Integer(), nullable=False),
    sa.Column('tier', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('absolute', 'per_cent', name='targetkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('staff_group', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('set_by_id', sa.Integer(), nullable=False),
    sa.Column('set_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("value >= 0 AND (kind <> 'per_cent' OR value <= 100)", name=op.f('ck_target_value')),
    sa.ForeignKeyConstraint(['directorate_id'], ['directorate.id'], name=op.f('fk_target_directorate_id_directorate')),
    sa.ForeignKeyConstraint(['set_by_id'], ['person.id'], name=op.f('fk_target_set_by_id_person')),
    sa.ForeignKeyConstraint(['tier'], ['tier.slug'], name=op.f('fk_target_tier_tier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target'))
    )
    with op.batch_alter_table('target', schema=None) as batch_op:
        batch_op.create_index('uq_target_open', ['directorate_id', 'tier', 'year', 'staff_group'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))

    op.create_table('release',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('tier', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('needed_month', sa.Date(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('asked_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('state', sa.Enum('asked', 'confirmed', 'other_date', 'cannot', name='releasestate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('other_month', sa.Date(), nullable=True),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('superseded_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name=op.f('ck_release_answered')),
    sa.CheckConstraint("(state = 'other_date') = (other_month IS NOT NULL)", name=op.f('ck_release_other_month')),
    sa.CheckConstraint('minutes > 0 AND people > 0', name=op.f('ck_release_asked')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_release_answered_by_id_person')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_release_team_id_team')),
    sa.ForeignKeyConstraint(['tier'], ['tier.slug'], name=op.f('fk_release_tier_tier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release'))
    )
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_release_month'), ['month'], unique=False)
        batch_op.create_index(batch_op.f('ix_release_superseded_at'), ['superseded_at'], unique=False)
        batch_op.create_index('uq_release_open', ['team_id', 'tier', 'needed_month'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))


def downgrade() -> None:
    with op.batch_alter_table('release', schema=None) as batch_op:
        batch_op.drop_index('uq_release_open', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_release_superseded_at'))
        batch_op.drop_index(batch_op.f('ix_release_month'))

    op.drop_table('release')
    with op.batch_alter_table('target', schema=None) as batch_op:
        batch_op.drop_index('uq_target_open', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))

    op.drop_table('target')
    op.drop_table('cohort_directorate')
    with op.batch_alter_table('cohort', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_cohort_tier'))
        batch_op.drop_index('ix_cohort_starts_on')

    op.drop_table('cohort')
