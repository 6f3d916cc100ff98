"""Two records of one person: merged with a journal, or judged to be two people"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_person_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_person_merged_into_id_person'), 'person', ['merged_into_id'], ['id'])

    op.create_table('person_merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('gone_id', sa.Integer(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('numbers', sa.JSON(), nullable=False),
    sa.Column('merged_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('merged_by_id', sa.Integer(), nullable=False),
    sa.Column('undone_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(undone_at IS NULL) = (undone_by_id IS NULL)', name=op.f('ck_person_merge_undone_by_somebody')),
    sa.CheckConstraint('gone_id <> kept_id', name=op.f('ck_person_merge_two_records')),
    sa.ForeignKeyConstraint(['gone_id'], ['person.id'], name=op.f('fk_person_merge_gone_id_person')),
    sa.ForeignKeyConstraint(['kept_id'], ['person.id'], name=op.f('fk_person_merge_kept_id_person')),
    sa.ForeignKeyConstraint(['merged_by_id'], ['person.id'], name=op.f('fk_person_merge_merged_by_id_person')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['person.id'], name=op.f('fk_person_merge_undone_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_merge'))
    )
    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_merge_gone_id'), ['gone_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_merge_kept_id'), ['kept_id'], unique=False)
        batch_op.create_index('uq_person_merge_gone', ['gone_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.create_table('person_merge_row',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('merge_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('row_id', sa.Integer(), nullable=False),
    sa.Column('deed', sa.Enum('changed', 'removed', 'added', 'left', name='rowdeed', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('part_of', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['merge_id'], ['person_merge.id'], name=op.f('fk_person_merge_row_merge_id_person_merge')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_merge_row'))
    )
    with op.batch_alter_table('person_merge_row', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_merge_row_merge_id'), ['merge_id'], unique=False)

    op.create_table('two_people',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('judged_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('judged_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_two_people_in_order')),
    sa.ForeignKeyConstraint(['first_id'], ['person.id'], name=op.f('fk_two_people_first_id_person')),
    sa.ForeignKeyConstraint(['judged_by_id'], ['person.id'], name=op.f('fk_two_people_judged_by_id_person')),
    sa.ForeignKeyConstraint(['second_id'], ['person.id'], name=op.f('fk_two_people_second_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_two_people')),
    sa.UniqueConstraint('first_id', 'second_id', name=op.f('uq_two_people_first_id_second_id'))
    )
    with op.batch_alter_table('two_people', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_two_people_second_id'), ['second_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('two_people', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_two_people_second_id'))

    op.drop_table('two_people')
    with op.batch_alter_table('person_merge_row', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_merge_row_merge_id'))

    op.drop_table('person_merge_row')
    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.drop_index('uq_person_merge_gone', sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_person_merge_kept_id'))
        batch_op.drop_index(batch_op.f('ix_person_merge_gone_id'))

    op.drop_table('person_merge')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_person_merged_into_id_person'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_person_merged_into_id'))
        batch_op.drop_column('merged_into_id')
