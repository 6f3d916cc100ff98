"""Work that people judge: tasks and sign-offs, markers, adjustments, time limits"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
import app.kernel.db

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# What a column may hold below, what it may hold from here on, and what a step down calls what has no word there. A
# role given is called `staff` then, which comes with being one and lets nobody do more.
COLUMNS = (
    ("activity", "kind", "activitykind",
     ("read", "practice", "assessment", "note", "steps", "confidence"), ("task", "sign-off"), "steps"),
    ("outcome", "source", "outcomesource",
     ("read", "practice", "assessment", "note", "steps", "confidence"), ("marked", "signed-off"), "assessment"),
    ("role_grant", "role", "role",
     ("staff", "partner", "lead", "hr", "involvement", "qi_admin"), ("marker",), "staff"),
)  # fmt: skip
SOURCES = {"task": "marked", "sign-off": "signed-off"}


def upgrade() -> None:
    for name, column, check, old, new, _ in COLUMNS:
        allow(name, column, check, (*old, *new))
    name_again()
    op.create_table('adjustment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('extra_time_percent', sa.Integer(), nullable=False),
    sa.Column('no_time_limit', sa.Boolean(), nullable=False),
    sa.Column('extra_tries', sa.Integer(), nullable=False),
    sa.Column('arrangement', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('granted_by_id', sa.Integer(), nullable=False),
    sa.Column('granted_at', app.kernel.db.UtcDateTime(), nullable=False),
    sa.Column('ended_at', app.kernel.db.UtcDateTime(), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('ends_on IS NULL OR ends_on > starts_on', name=op.f('ck_adjustment_ends_after_start')),
    sa.CheckConstraint('extra_time_percent BETWEEN 0 AND 300', name=op.f('ck_adjustment_extra_time')),
    sa.CheckConstraint('extra_tries BETWEEN 0 AND 20', name=op.f('ck_adjustment_extra_tries')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_adjustment_ended_by_id_person')),
    sa.ForeignKeyConstraint(['granted_by_id'], ['person.id'], name=op.f('fk_adjustment_granted_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_adjustment_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adjustment'))
    )
    with op.batch_alter_table('adjustment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_adjustment_person_id'), ['person_id'], unique=False)

    op.create_table('calibration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('marker_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('sample', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('marks', sa.JSON(), nullable=False),
    sa.Column('agreed', sa.Integer(), nullable=False),
    sa.Column('out_of', sa.Integer(), nullable=False),
    sa.Column('marked_at', app.kernel.db.UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_calibration_activity_id_activity')),
    sa.ForeignKeyConstraint(['marker_id'], ['person.id'], name=op.f('fk_calibration_marker_id_person')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_calibration_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calibration')),
    sa.UniqueConstraint('marker_id', 'activity_id', 'sample', 'number', name=op.f('uq_calibration_marker_id_activity_id_sample_number'))
    )
    with op.batch_alter_table('calibration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_calibration_marker_id'), ['marker_id'], unique=False)

    op.create_table('marking_guide',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('guide', sa.JSON(), nullable=False),
    sa.Column('samples', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_marking_guide_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_marking_guide')),
    sa.UniqueConstraint('revision_id', 'key', name=op.f('uq_marking_guide_revision_id_key'))
    )
    op.create_table('piece_of_work',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('began_at', app.kernel.db.UtcDateTime(), nullable=False),
    sa.Column('saved_at', app.kernel.db.UtcDateTime(), nullable=False),
    sa.Column('handed_in_at', app.kernel.db.UtcDateTime(), nullable=True),
    sa.Column('markers', sa.Integer(), nullable=False),
    sa.Column('decided_at', app.kernel.db.UtcDateTime(), nullable=True),
    sa.Column('released_at', app.kernel.db.UtcDateTime(), nullable=True),
    sa.Column('points', sa.Integer(), nullable=True),
    sa.Column('out_of', sa.Integer(), nullable=False),
    sa.Column('pass_mark', sa.Integer(), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=True),
    sa.CheckConstraint('decided_at IS NULL OR handed_in_at IS NOT NULL', name=op.f('ck_piece_of_work_handed_in_before_decision')),
    sa.CheckConstraint('released_at IS NULL OR decided_at IS NOT NULL', name=op.f('ck_piece_of_work_decided_before_release')),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_piece_of_work_activity_id_activity')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_piece_of_work_enrolment_id_enrolment')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_piece_of_work_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_piece_of_work')),
    sa.UniqueConstraint('enrolment_id', 'activity_id', 'number', name=op.f('uq_piece_of_work_enrolment_id_activity_id_number'))
    )
    with op.batch_alter_table('piece_of_work', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_piece_of_work_activity_id'), ['activity_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_piece_of_work_enrolment_id'), ['enrolment_id'], unique=False)
        batch_op.create_index('ix_piece_of_work_waiting', ['decided_at', 'handed_in_at'], unique=False)
        batch_op.create_index('uq_piece_of_work_open', ['enrolment_id', 'activity_id'], unique=True, sqlite_where=sa.text('handed_in_at IS NULL'), postgresql_where=sa.text('handed_in_at IS NULL'))

    op.create_table('sign_off',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('enrolment_id', sa.Integer(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('account', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('state', sa.Enum('requested', 'confirmed', 'rejected', 'withdrawn', 'superseded', name='signoffstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('asked_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', app.kernel.db.UtcDateTime(), nullable=False),
    sa.Column('decided_at', app.kernel.db.UtcDateTime(), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('comment', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activity.id'], name=op.f('fk_sign_off_activity_id_activity')),
    sa.ForeignKeyConstraint(['asked_id'], ['person.id'], name=op.f('fk_sign_off_asked_id_person')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_sign_off_decided_by_id_person')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_sign_off_enrolment_id_enrolment')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_sign_off_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_off')),
    sa.UniqueConstraint('enrolment_id', 'activity_id', 'number', name=op.f('uq_sign_off_enrolment_id_activity_id_number'))
    )
    with op.batch_alter_table('sign_off', schema=None) as batch_op:
        batch_op.create_index('ix_sign_off_asked', ['asked_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_off_enrolment_id'), ['enrolment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_off_state'), ['state'], unique=False)
        batch_op.create_index('uq_sign_off_open', ['enrolment_id', 'activity_id'], unique=True, sqlite_where=sa.text("state IN ('requested', 'confirmed')"), postgresql_where=sa.text("state IN ('requested', 'confirmed')"))

    op.create_table('mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('work_id', sa.Integer(), nullable=False),
    sa.Column('marker_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Enum('first', 'second', 'moderation', name='markplace', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('taken_at', app.kernel.db.UtcDateTime(), nullable=False),
    sa.Column('marks', sa.JSON(), nullable=False),
    sa.Column('comments', sa.JSON(), nullable=False),
    sa.Column('comment', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('saved_at', app.kernel.db.UtcDateTime(), nullable=True),
    sa.Column('finished_at', app.kernel.db.UtcDateTime(), nullable=True),
    sa.Column('given_back_at', app.kernel.db.UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['marker_id'], ['person.id'], name=op.f('fk_mark_marker_id_person')),
    sa.ForeignKeyConstraint(['work_id'], ['piece_of_work.id'], name=op.f('fk_mark_work_id_piece_of_work')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark'))
    )
    with op.batch_alter_table('mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mark_marker_id'), ['marker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_mark_work_id'), ['work_id'], unique=False)
        batch_op.create_index('uq_mark_marker', ['work_id', 'marker_id'], unique=True, sqlite_where=sa.text('given_back_at IS NULL'), postgresql_where=sa.text('given_back_at IS NULL'))
        batch_op.create_index('uq_mark_place', ['work_id', 'place'], unique=True, sqlite_where=sa.text('given_back_at IS NULL'), postgresql_where=sa.text('given_back_at IS NULL'))

    op.create_table('sign_off_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sign_off_id', sa.Integer(), nullable=False),
    sa.Column('deed', sa.Enum('requested', 'moved', 'confirmed', 'rejected', 'withdrawn', 'superseded', name='signoffdeed', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('at', app.kernel.db.UtcDateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('asked_id', sa.Integer(), nullable=False),
    sa.Column('comment', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['asked_id'], ['person.id'], name=op.f('fk_sign_off_event_asked_id_person')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_sign_off_event_by_id_person')),
    sa.ForeignKeyConstraint(['sign_off_id'], ['sign_off.id'], name=op.f('fk_sign_off_event_sign_off_id_sign_off')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_off_event'))
    )
    with op.batch_alter_table('sign_off_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_off_event_sign_off_id'), ['sign_off_id'], unique=False)

    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('due_at', app.kernel.db.UtcDateTime(), nullable=True))



def downgrade() -> None:
    for name, column, check, old, new, below in COLUMNS:
        named = sa.table(name, sa.column(column, sa.String))
        op.execute(named.update().where(named.c[column].in_(new)).values({column: below}))
        allow(name, column, check, old)
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_column('due_at')

    with op.batch_alter_table('sign_off_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_off_event_sign_off_id'))

    op.drop_table('sign_off_event')
    with op.batch_alter_table('mark', schema=None) as batch_op:
        batch_op.drop_index('uq_mark_place', sqlite_where=sa.text('given_back_at IS NULL'), postgresql_where=sa.text('given_back_at IS NULL'))
        batch_op.drop_index('uq_mark_marker', sqlite_where=sa.text('given_back_at IS NULL'), postgresql_where=sa.text('given_back_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_mark_work_id'))
        batch_op.drop_index(batch_op.f('ix_mark_marker_id'))

    op.drop_table('mark')
    with op.batch_alter_table('sign_off', schema=None) as batch_op:
        batch_op.drop_index('uq_sign_off_open', sqlite_where=sa.text("state IN ('requested', 'confirmed')"), postgresql_where=sa.text("state IN ('requested', 'confirmed')"))
        batch_op.drop_index(batch_op.f('ix_sign_off_state'))
        batch_op.drop_index(batch_op.f('ix_sign_off_enrolment_id'))
        batch_op.drop_index('ix_sign_off_asked')

    op.drop_table('sign_off')
    with op.batch_alter_table('piece_of_work', schema=None) as batch_op:
        batch_op.drop_index('uq_piece_of_work_open', sqlite_where=sa.text('handed_in_at IS NULL'), postgresql_where=sa.text('handed_in_at IS NULL'))
        batch_op.drop_index('ix_piece_of_work_waiting')
        batch_op.drop_index(batch_op.f('ix_piece_of_work_enrolment_id'))
        batch_op.drop_index(batch_op.f('ix_piece_of_work_activity_id'))

    op.drop_table('piece_of_work')
    op.drop_table('marking_guide')
    with op.batch_alter_table('calibration', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_calibration_marker_id'))

    op.drop_table('calibration')
    with op.batch_alter_table('adjustment', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_adjustment_person_id'))

    op.drop_table('adjustment')


def allow(name: str, column: str, check: str, allowed: tuple[str, ...]) -> None:
    full = op.f(f"ck_{name}_{check}")
    with op.batch_alter_table(name) as table:
        table.drop_constraint(full, type_="check")
        table.create_check_constraint(full, f"{column} IN ({', '.join(repr(value) for value in allowed)})")


def name_again() -> None:
    """What an earlier step down had to call something else gets its own name again, from the courses as stored."""
    text, number = sa.String, sa.Integer
    role = sa.table("role_grant", sa.column("role", text))
    op.execute(role.update().where(role.c.role == "staff").values(role="marker"))
    activity = sa.table("activity", *(sa.column(c, number) for c in ("id", "course_id")), sa.column("key", text),
                        sa.column("kind", text))  # fmt: skip
    outcome = sa.table("outcome", sa.column("activity_id", number), sa.column("source", text))
    edition = sa.table("edition", sa.column("id", number), sa.column("course_id", number))
    revision = sa.table("revision", sa.column("edition_id", number), sa.column("course", sa.JSON))
    stored = sa.select(edition.c.course_id, revision.c.course).join(edition, edition.c.id == revision.c.edition_id)
    for course_id, course in op.get_bind().execute(stored).all():
        for found in (a for module in course["modules"] for a in module["activities"] if a["kind"] in SOURCES):
            same = sa.and_(activity.c.course_id == course_id, activity.c.key == found["id"])
            op.execute(activity.update().where(same).values(kind=found["kind"]))
            theirs = outcome.c.activity_id.in_(sa.select(activity.c.id).where(same))
            op.execute(outcome.update().where(theirs).values(source=SOURCES[found["kind"]]))
