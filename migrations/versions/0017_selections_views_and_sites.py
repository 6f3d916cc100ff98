"""People somebody chose to look at together, views they come back to, and the site of a team"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('team', sa.Column('site', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False, server_default=''))
    op.create_table('saved_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('query', sa.JSON(), nullable=False),
    sa.Column('saved_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_saved_view_owner_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
    sa.UniqueConstraint('owner_id', 'name', name=op.f('uq_saved_view_owner_id_name'))
    )
    op.create_table('selection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('made_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['owner_id'], ['person.id'], name=op.f('fk_selection_owner_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_selection')),
    sa.UniqueConstraint('owner_id', 'name', name=op.f('uq_selection_owner_id_name'))
    )
    op.create_table('selection_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('selection_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_selection_person_person_id_person')),
    sa.ForeignKeyConstraint(['selection_id'], ['selection.id'], name=op.f('fk_selection_person_selection_id_selection')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_selection_person'))
    )
    with op.batch_alter_table('selection_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_selection_person_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_selection_person_selection_id'), ['selection_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('selection_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_selection_person_selection_id'))
        batch_op.drop_index(batch_op.f('ix_selection_person_person_id'))

    op.drop_table('selection_person')
    op.drop_table('selection')
    op.drop_table('saved_view')
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_column('site')
