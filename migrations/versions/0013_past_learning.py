"""Past learning: completions from other systems, and what the trust decided about their courses and columns"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# What a column may hold below, what it may hold from here on, and what a step down calls it: nobody rates how sure
# they are of anything that a course elsewhere was made of, so that no row meets another.
COLUMNS = (
    ("enrolment", "source", "enrolmentsource", ("self", "starter", "assigned", "invited"), "self"),
    ("outcome", "source", "outcomesource",
     ("read", "practice", "assessment", "note", "steps", "confidence", "marked", "signed-off"), "confidence"),
)  # fmt: skip
NEW = "imported"


def upgrade() -> None:
    for name, column, check, old, _ in COLUMNS:
        allow(name, column, check, (*old, NEW))
    op.create_table('past_columns',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('kept_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_past_columns')),
    sa.UniqueConstraint('fingerprint', name=op.f('uq_past_columns_fingerprint'))
    )
    op.create_table('past_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(length=250), nullable=False),
    sa.Column('meaning', sa.Enum('course', 'evidence', 'leave out', name='meaning', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('course', sqlmodel.sql.sqltypes.AutoString(length=250), nullable=False),
    sa.Column('decided_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_past_decision_decided_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_past_decision')),
    sa.UniqueConstraint('words', name=op.f('uq_past_decision_words'))
    )
    op.create_table('past_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('applied_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('applied_by_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('file_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('plan', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('remarks', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['applied_by_id'], ['person.id'], name=op.f('fk_past_import_applied_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_past_import'))
    )
    with op.batch_alter_table('past_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_past_import_applied_at'), ['applied_at'], unique=False)

    op.create_table('past_upload',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('made_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('file_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('remarks', sa.JSON(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_past_upload_made_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_past_upload'))
    )
    with op.batch_alter_table('past_upload', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_past_upload_made_at'), ['made_at'], unique=False)

    op.create_table('past_import_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('completed', 'completed again', 'evidence', name='pastkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('employee_number', sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=210), nullable=False),
    sa.Column('course', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('completed_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('says', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['past_import.id'], name=op.f('fk_past_import_line_import_id_past_import')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_past_import_line_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_past_import_line'))
    )
    with op.batch_alter_table('past_import_line', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_past_import_line_import_id'), ['import_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_past_import_line_person_id'), ['person_id'], unique=False)

    op.create_table('past_import_problem',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('import_id', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('field', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=600), nullable=False),
    sa.Column('employee_number', sqlmodel.sql.sqltypes.AutoString(length=30), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['past_import.id'], name=op.f('fk_past_import_problem_import_id_past_import')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_past_import_problem'))
    )
    with op.batch_alter_table('past_import_problem', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_past_import_problem_import_id'), ['import_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('past_import_problem', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_past_import_problem_import_id'))

    op.drop_table('past_import_problem')
    with op.batch_alter_table('past_import_line', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_past_import_line_person_id'))
        batch_op.drop_index(batch_op.f('ix_past_import_line_import_id'))

    op.drop_table('past_import_line')
    with op.batch_alter_table('past_upload', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_past_upload_made_at'))

    op.drop_table('past_upload')
    with op.batch_alter_table('past_import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_past_import_applied_at'))

    op.drop_table('past_import')
    op.drop_table('past_decision')
    op.drop_table('past_columns')
    for name, column, check, old, below in COLUMNS:
        named = sa.table(name, sa.column(column, sa.String))
        op.execute(named.update().where(named.c[column] == NEW).values({column: below}))
        allow(name, column, check, old)


def allow(name: str, column: str, check: str, allowed: tuple[str, ...]) -> None:
    full = op.f(f"ck_{name}_{check}")
    with op.batch_alter_table(name) as table:
        table.drop_constraint(full, type_="check")
        table.create_check_constraint(full, f"{column} IN ({', '.join(repr(value) for value in allowed)})")
