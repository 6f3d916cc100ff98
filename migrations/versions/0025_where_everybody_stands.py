"""A copy of where each person stands in every level, and notes of whoever stands elsewhere since"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

OWN = "{row}.person_id"
THEIRS = "(SELECT award.person_id FROM award WHERE award.id = {row}.award_id)"
EVERYBODYS = "NULL"
RESTS_ON = {
    "requirement": OWN,
    "level_request": OWN,
    "award": OWN,
    "award_event": THEIRS,
    "enrolment": OWN,
    "outcome": OWN,
    "long_leave": OWN,
    "employment": OWN,
    "tier": EVERYBODYS,
    "course": EVERYBODYS,
    "edition": EVERYBODYS,
    "revision": EVERYBODYS,
    "activity": EVERYBODYS,
}
"""Every table that a copy is made of, and whose copy a row of it concerns."""
ROWS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


def upgrade() -> None:
    op.create_table('standing_copy',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('form', sa.Integer(), nullable=False),
    sa.Column('counts', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('told', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_standing_copy'))
    )
    op.create_index('ix_standing_copy_counts', 'standing_copy', ['form', 'day', 'person_id', 'counts'])
    op.create_table('standing_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standing_change'))
    )
    op.create_index(op.f('ix_standing_change_person_id'), 'standing_change', ['person_id'])
    for name, whose in RESTS_ON.items():
        for deed, rows in ROWS.items():
            _noted(name, deed, [f"INSERT INTO standing_change (person_id) VALUES ({whose.format(row=r)});" for r in rows])


def downgrade() -> None:
    for name in RESTS_ON:
        for deed in ROWS:
            on = f" ON {name}" if _on_postgres() else ""
            op.execute(f"DROP TRIGGER standing_{name}_{deed}{on}")
            if _on_postgres():
                op.execute(f"DROP FUNCTION standing_{name}_{deed}()")
    op.drop_table('standing_change')
    op.drop_table('standing_copy')


def _on_postgres() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _noted(name: str, deed: str, statements: list[str]) -> None:
    said, called = " ".join(statements), f"standing_{name}_{deed}"
    when = f"CREATE TRIGGER {called} AFTER {deed.upper()} ON {name} FOR EACH ROW"
    if _on_postgres():
        body = f"BEGIN {said} RETURN NULL; END"
        op.execute(f"CREATE FUNCTION {called}() RETURNS trigger LANGUAGE plpgsql AS '{body}'")
        op.execute(f"{when} EXECUTE FUNCTION {called}()")
    else:
        op.execute(f"{when} BEGIN {said} END")
