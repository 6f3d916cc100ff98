"""What there is to learn: the way to each level, the competencies, and who was moved to a newer edition"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tier", sa.Column("path", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "competency",
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_competency")),
    )
    op.create_table(
        "competency_level",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
        sa.Column("meaning", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("level", name=op.f("pk_competency_level")),
    )
    op.create_table(
        "edition_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("from_edition_id", sa.Integer(), nullable=False),
        sa.Column("to_edition_id", sa.Integer(), nullable=False),
        sa.Column("moved_at", app.kernel.db.UtcDateTime(), nullable=False),
        sa.Column("moved_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_edition_move_enrolment_id_enrolment")),
        sa.ForeignKeyConstraint(["from_edition_id"], ["edition.id"], name=op.f("fk_edition_move_from_edition_id_edition")),
        sa.ForeignKeyConstraint(["to_edition_id"], ["edition.id"], name=op.f("fk_edition_move_to_edition_id_edition")),
        sa.ForeignKeyConstraint(["moved_by_id"], ["person.id"], name=op.f("fk_edition_move_moved_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_move")),
    )
    with op.batch_alter_table("edition_move") as table:
        table.create_index(table.f("ix_edition_move_enrolment_id"), ["enrolment_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("edition_move") as table:
        table.drop_index(table.f("ix_edition_move_enrolment_id"))
    op.drop_table("edition_move")
    op.drop_table("competency_level")
    op.drop_table("competency")
    with op.batch_alter_table("tier") as table:
        table.drop_column("path")
