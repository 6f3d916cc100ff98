"""A staff file in the browser: what it says, until it is applied or set aside"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('staff_upload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', app.kernel.db.UtcDateTime(), nullable=False),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('file_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('whole', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('sheet', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('state', sa.Enum('reading', 'refused', 'working', 'shown', 'applying', 'applied', name='uploadstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('open_as', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=True),
    sa.Column('phase', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('beat_at', app.kernel.db.UtcDateTime(), nullable=False),
    sa.Column('said', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('header', sa.JSON(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('chosen', sa.JSON(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('sheets', sa.JSON(), nullable=False),
    sa.Column('remarks', sa.JSON(), nullable=False),
    sa.Column('corrections', sa.JSON(), nullable=False),
    sa.Column('decided', sa.JSON(), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('plan', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('undecided', sa.JSON(), nullable=False),
    sa.Column('kept_words', sa.JSON(), nullable=False),
    sa.Column('plan_remarks', sa.JSON(), nullable=False),
    sa.Column('proposals', sa.JSON(), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('good_rows', sa.Boolean(), nullable=False),
    sa.Column('leavers_expected', sa.Boolean(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_staff_upload_asked_by_id_person')),
    sa.ForeignKeyConstraint(['import_id'], ['staff_import.id'], name=op.f('fk_staff_upload_import_id_staff_import')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_staff_upload_made_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_upload')),
    sa.UniqueConstraint('open_as', name=op.f('uq_staff_upload_open_as'))
    )
    op.create_table('staff_upload_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('upload_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('joiner', 'rejoiner', 'mover', 'change', 'second post', 'ended post', 'leaver', name='linekind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('row', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('employee_number', sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=210), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(length=250), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('changed', sa.JSON(), nullable=False),
    sa.Column('found_by', sqlmodel.sql.sqltypes.AutoString(length=600), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_upload_line_person_id_person')),
    sa.ForeignKeyConstraint(['upload_id'], ['staff_upload.id'], name=op.f('fk_staff_upload_line_upload_id_staff_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_upload_line'))
    )
    with op.batch_alter_table('staff_upload_line', schema=None) as batch_op:
        batch_op.create_index('ix_staff_upload_line_upload_kind', ['upload_id', 'kind'], unique=False)

    op.create_table('staff_upload_problem',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('upload_id', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('field', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=600), nullable=False),
    sa.Column('employee_number', sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
    sa.Column('cells', sa.JSON(), nullable=False),
    sa.Column('found_by', sqlmodel.sql.sqltypes.AutoString(length=600), nullable=False),
    sa.Column('by_decision', sa.Boolean(), nullable=False),
    sa.Column('put_right', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['upload_id'], ['staff_upload.id'], name=op.f('fk_staff_upload_problem_upload_id_staff_upload')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_upload_problem'))
    )
    with op.batch_alter_table('staff_upload_problem', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_upload_problem_upload_id'), ['upload_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('staff_upload_problem', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_staff_upload_problem_upload_id'))

    op.drop_table('staff_upload_problem')
    with op.batch_alter_table('staff_upload_line', schema=None) as batch_op:
        batch_op.drop_index('ix_staff_upload_line_upload_kind')

    op.drop_table('staff_upload_line')
    op.drop_table('staff_upload')
