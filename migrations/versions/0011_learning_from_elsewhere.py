"""Learning from elsewhere: evidence on a person's record, offers, rules and decisions"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('evidence_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('provider', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('title_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('provider_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('completed_on', sa.Date(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('source_key', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
    sa.Column('made_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_evidence_item_made_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_evidence_item_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_item')),
    sa.UniqueConstraint('person_id', 'source_key', name=op.f('uq_evidence_item_person_id_source_key'))
    )
    with op.batch_alter_table('evidence_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_item_person_id'), ['person_id'], unique=False)

    op.create_table('recognition_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('provider', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('provider_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('title_key', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('tier', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('months', sa.Integer(), nullable=True),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kept_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('kept_by_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_recognition_rule_ended_by_id_person')),
    sa.ForeignKeyConstraint(['kept_by_id'], ['person.id'], name=op.f('fk_recognition_rule_kept_by_id_person')),
    sa.ForeignKeyConstraint(['tier'], ['tier.slug'], name=op.f('fk_recognition_rule_tier_tier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition_rule'))
    )
    op.create_table('evidence_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
    sa.Column('media_type', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['evidence_item.id'], name=op.f('fk_evidence_file_item_id_evidence_item')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_file'))
    )
    with op.batch_alter_table('evidence_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_file_item_id'), ['item_id'], unique=False)

    op.create_table('recognition_offer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('tier', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=True),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('link', sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'withdrawn', 'recognised', 'declined', name='offerstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('offered_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['evidence_item.id'], name=op.f('fk_recognition_offer_item_id_evidence_item')),
    sa.ForeignKeyConstraint(['tier'], ['tier.slug'], name=op.f('fk_recognition_offer_tier_tier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition_offer')),
    sa.UniqueConstraint('item_id', 'number', name=op.f('uq_recognition_offer_item_id_number'))
    )
    with op.batch_alter_table('recognition_offer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recognition_offer_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recognition_offer_state'), ['state'], unique=False)
        batch_op.create_index('uq_recognition_offer_waiting', ['item_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('recognition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=True),
    sa.Column('verdict', sa.Enum('recognised', 'declined', name='verdict', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('way', sa.Enum('rule', 'judgement', name='way', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('rule_id', sa.Integer(), nullable=True),
    sa.Column('tier', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=True),
    sa.Column('counts_from', sa.Date(), nullable=True),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('award_event_id', sa.Integer(), nullable=True),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('decided_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=False),
    sa.Column('taken_back_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('taken_back_by_id', sa.Integer(), nullable=True),
    sa.Column('taken_back_reason', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.CheckConstraint("verdict = 'declined' OR (tier IS NOT NULL AND counts_from IS NOT NULL AND award_event_id IS NOT NULL)", name=op.f('ck_recognition_of_a_level')),
    sa.ForeignKeyConstraint(['award_event_id'], ['award_event.id'], name=op.f('fk_recognition_award_event_id_award_event')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_recognition_decided_by_id_person')),
    sa.ForeignKeyConstraint(['item_id'], ['evidence_item.id'], name=op.f('fk_recognition_item_id_evidence_item')),
    sa.ForeignKeyConstraint(['offer_id'], ['recognition_offer.id'], name=op.f('fk_recognition_offer_id_recognition_offer')),
    sa.ForeignKeyConstraint(['rule_id'], ['recognition_rule.id'], name=op.f('fk_recognition_rule_id_recognition_rule')),
    sa.ForeignKeyConstraint(['taken_back_by_id'], ['person.id'], name=op.f('fk_recognition_taken_back_by_id_person')),
    sa.ForeignKeyConstraint(['tier'], ['tier.slug'], name=op.f('fk_recognition_tier_tier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recognition'))
    )
    with op.batch_alter_table('recognition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recognition_item_id'), ['item_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recognition_offer_id'), ['offer_id'], unique=False)
        batch_op.create_index('uq_recognition_standing', ['item_id'], unique=True, sqlite_where=sa.text("verdict = 'recognised' AND taken_back_at IS NULL"), postgresql_where=sa.text("verdict = 'recognised' AND taken_back_at IS NULL"))


def downgrade() -> None:
    with op.batch_alter_table('recognition', schema=None) as batch_op:
        batch_op.drop_index('uq_recognition_standing', sqlite_where=sa.text("verdict = 'recognised' AND taken_back_at IS NULL"), postgresql_where=sa.text("verdict = 'recognised' AND taken_back_at IS NULL"))
        batch_op.drop_index(batch_op.f('ix_recognition_offer_id'))
        batch_op.drop_index(batch_op.f('ix_recognition_item_id'))

    op.drop_table('recognition')
    with op.batch_alter_table('recognition_offer', schema=None) as batch_op:
        batch_op.drop_index('uq_recognition_offer_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index(batch_op.f('ix_recognition_offer_state'))
        batch_op.drop_index(batch_op.f('ix_recognition_offer_item_id'))

    op.drop_table('recognition_offer')
    with op.batch_alter_table('evidence_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_file_item_id'))

    op.drop_table('evidence_file')
    op.drop_table('recognition_rule')
    with op.batch_alter_table('evidence_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_item_person_id'))

    op.drop_table('evidence_item')
