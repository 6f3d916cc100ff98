"""A level used in practice: the piece of work, who told of it and who confirmed it"""

import sqlalchemy as sa
from alembic import op

import app.kernel.db

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

STATES = ("requested", "confirmed", "rejected", "withdrawn", "superseded")


def upgrade() -> None:
    op.create_table('practice_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('tier', sa.String(length=60), nullable=False),
    sa.Column('what', sa.String(length=120), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('worked_on', sa.Date(), nullable=False),
    sa.Column('account', sa.String(), nullable=False),
    sa.Column('state', sa.Enum(*STATES, name='signoffstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('told_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('told_by_id', sa.Integer(), nullable=False),
    sa.Column('asked_id', sa.Integer(), nullable=False),
    sa.Column('decided_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('comment', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_practice_use_person_id_person')),
    sa.ForeignKeyConstraint(['told_by_id'], ['person.id'], name=op.f('fk_practice_use_told_by_id_person')),
    sa.ForeignKeyConstraint(['asked_id'], ['person.id'], name=op.f('fk_practice_use_asked_id_person')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_practice_use_decided_by_id_person')),
    sa.ForeignKeyConstraint(['tier'], ['tier.slug'], name=op.f('fk_practice_use_tier_tier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_practice_use'))
    )
    op.create_index('ix_practice_use_asked', 'practice_use', ['asked_id', 'state'])
    op.create_index(op.f('ix_practice_use_person_id'), 'practice_use', ['person_id'])


def downgrade() -> None:
    op.drop_table('practice_use')
