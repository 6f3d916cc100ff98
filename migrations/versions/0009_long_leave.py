"""Long leave: who is away from when to when, so that no clock runs against them meanwhile"""

import sqlalchemy as sa
from alembic import op

import app.kernel.db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('long_leave',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('parental', 'sick', 'carer', 'career break', 'other', name='leavekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_on IS NULL OR ends_on > starts_on', name=op.f('ck_long_leave_ends_after_start')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_long_leave_person_id_person')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_long_leave_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_long_leave'))
    )
    with op.batch_alter_table('long_leave', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_long_leave_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_long_leave_open', ['person_id'], unique=True, sqlite_where=sa.text('ends_on IS NULL'), postgresql_where=sa.text('ends_on IS NULL'))


def downgrade() -> None:
    with op.batch_alter_table('long_leave', schema=None) as batch_op:
        batch_op.drop_index('uq_long_leave_open', sqlite_where=sa.text('ends_on IS NULL'), postgresql_where=sa.text('ends_on IS NULL'))
        batch_op.drop_index(batch_op.f('ix_long_leave_person_id'))

    op.drop_table('long_leave')
