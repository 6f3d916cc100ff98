"""The staff file: what each import did, and what the trust decided about columns and words"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('staff_columns',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('kept_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_columns')),
    sa.UniqueConstraint('fingerprint', name=op.f('uq_staff_columns_fingerprint'))
    )
    op.create_table('staff_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('about', sa.Enum('directorate', 'team', 'staff group', 'job role', 'band', 'person', name='unknown', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(length=250), nullable=False),
    sa.Column('verdict', sa.Enum('map', 'create', 'leave out', name='verdict', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('target', sqlmodel.sql.sqltypes.AutoString(length=250), nullable=False),
    sa.Column('decided_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_decision')),
    sa.UniqueConstraint('about', 'words', name=op.f('uq_staff_decision_about_words'))
    )
    op.create_table('staff_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('applied_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('applied_by_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('file_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('plan', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('whole', sa.Enum('trust', 'directorate', 'changes', name='wholekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('directorate_id', sa.Integer(), nullable=True),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('remarks', sa.JSON(), nullable=False),
    sa.Column('told', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['applied_by_id'], ['person.id'], name=op.f('fk_staff_import_applied_by_id_person')),
    sa.ForeignKeyConstraint(['directorate_id'], ['directorate.id'], name=op.f('fk_staff_import_directorate_id_directorate')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_import'))
    )
    with op.batch_alter_table('staff_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_import_applied_at'), ['applied_at'], unique=False)

    op.create_table('staff_import_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('joiner', 'rejoiner', 'mover', 'change', 'second post', 'ended post', 'leaver', name='linekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('row', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('employee_number', sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=210), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(length=250), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('changed', sa.JSON(), nullable=False),
    sa.Column('waits', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['staff_import.id'], name=op.f('fk_staff_import_line_import_id_staff_import')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_import_line_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_import_line'))
    )
    with op.batch_alter_table('staff_import_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_import_line_import_id'), ['import_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_import_line_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_staff_import_line_waits', ['id'], unique=False, sqlite_where=sa.text('waits'), postgresql_where=sa.text('waits'))

    op.create_table('staff_import_problem',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('field', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=600), nullable=False),
    sa.Column('employee_number', sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['staff_import.id'], name=op.f('fk_staff_import_problem_import_id_staff_import')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_import_problem'))
    )
    with op.batch_alter_table('staff_import_problem', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_import_problem_import_id'), ['import_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('staff_import_problem', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_import_problem_import_id'))

    op.drop_table('staff_import_problem')
    with op.batch_alter_table('staff_import_line', schema=None) as batch_op:
        batch_op.drop_index('ix_staff_import_line_waits', sqlite_where=sa.text('waits'), postgresql_where=sa.text('waits'))
        batch_op.drop_index(batch_op.f('ix_staff_import_line_person_id'))
        batch_op.drop_index(batch_op.f('ix_staff_import_line_import_id'))

    op.drop_table('staff_import_line')
    with op.batch_alter_table('staff_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_import_applied_at'))

    op.drop_table('staff_import')
    op.drop_table('staff_decision')
    op.drop_table('staff_columns')
