"""External programmes of improvement advisors"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('advisor_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('programme', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('provider', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('cohort', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('mentor', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('self_rating', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('project', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('sponsor_id', sa.Integer(), nullable=True),
    sa.Column('result', sa.Enum('passed', 'not-passed', 'left', name='advisorresult', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('assessed_on', sa.Date(), nullable=True),
    sa.Column('review_on', sa.Date(), nullable=False),
    sa.Column('half_days', sa.Integer(), nullable=False),
    sa.Column('coaches', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('made_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('award_event_id', sa.Integer(), nullable=True),
    sa.Column('granted_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('granted_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(result IS NULL) = (assessed_on IS NULL)', name=op.f('ck_advisor_record_dated_result')),
    sa.CheckConstraint('ends_on > starts_on', name=op.f('ck_advisor_record_ends_after_start')),
    sa.CheckConstraint('sponsor_id IS NULL OR sponsor_id <> person_id', name=op.f('ck_advisor_record_sponsored_by_another')),
    sa.ForeignKeyConstraint(['award_event_id'], ['award_event.id'], name=op.f('fk_advisor_record_award_event_id_award_event')),
    sa.ForeignKeyConstraint(['granted_by_id'], ['person.id'], name=op.f('fk_advisor_record_granted_by_id_person')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_advisor_record_made_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_advisor_record_person_id_person')),
    sa.ForeignKeyConstraint(['sponsor_id'], ['person.id'], name=op.f('fk_advisor_record_sponsor_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advisor_record')),
    sa.UniqueConstraint('person_id', 'programme', 'starts_on', name=op.f('uq_advisor_record_person_id_programme_starts_on'))
    )
    with op.batch_alter_table('advisor_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_advisor_record_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_advisor_record_sponsor_id'), ['sponsor_id'], unique=False)

    op.create_table('advisor_certificate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
    sa.Column('media_type', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('added_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=False),
    sa.Column('verified_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('verified_by_id', sa.Integer(), nullable=True),
    sa.Column('verified_how', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['person.id'], name=op.f('fk_advisor_certificate_added_by_id_person')),
    sa.ForeignKeyConstraint(['record_id'], ['advisor_record.id'], name=op.f('fk_advisor_certificate_record_id_advisor_record')),
    sa.ForeignKeyConstraint(['verified_by_id'], ['person.id'], name=op.f('fk_advisor_certificate_verified_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advisor_certificate'))
    )
    with op.batch_alter_table('advisor_certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_advisor_certificate_record_id'), ['record_id'], unique=False)

    op.create_table('advisor_score',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('halves', sa.Integer(), nullable=False),
    sa.Column('scored_on', sa.Date(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('set_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('set_by_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('halves BETWEEN 1 AND 10', name=op.f('ck_advisor_score_on_the_scale')),
    sa.ForeignKeyConstraint(['record_id'], ['advisor_record.id'], name=op.f('fk_advisor_score_record_id_advisor_record')),
    sa.ForeignKeyConstraint(['set_by_id'], ['person.id'], name=op.f('fk_advisor_score_set_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advisor_score'))
    )
    with op.batch_alter_table('advisor_score', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_advisor_score_record_id'), ['record_id'], unique=False)

    op.create_table('advisor_workshop',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('attended', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['record_id'], ['advisor_record.id'], name=op.f('fk_advisor_workshop_record_id_advisor_record')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_advisor_workshop')),
    sa.UniqueConstraint('record_id', 'held_on', 'name', name=op.f('uq_advisor_workshop_record_id_held_on_name'))
    )
    op.create_table('sponsor_sign_off',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('sponsor_id', sa.Integer(), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('signed_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['record_id'], ['advisor_record.id'], name=op.f('fk_sponsor_sign_off_record_id_advisor_record')),
    sa.ForeignKeyConstraint(['sponsor_id'], ['person.id'], name=op.f('fk_sponsor_sign_off_sponsor_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sponsor_sign_off')),
    sa.UniqueConstraint('record_id', 'sponsor_id', name=op.f('uq_sponsor_sign_off_record_id_sponsor_id'))
    )


def downgrade() -> None:
    op.drop_table('sponsor_sign_off')
    op.drop_table('advisor_workshop')
    with op.batch_alter_table('advisor_score', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_advisor_score_record_id'))

    op.drop_table('advisor_score')
    with op.batch_alter_table('advisor_certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_advisor_certificate_record_id'))

    op.drop_table('advisor_certificate')
    with op.batch_alter_table('advisor_record', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_advisor_record_sponsor_id'))
        batch_op.drop_index(batch_op.f('ix_advisor_record_person_id'))

    op.drop_table('advisor_record')
