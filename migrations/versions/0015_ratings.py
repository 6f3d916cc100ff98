"""Ratings: what people can do in three voices, agreed with staff side, and what each judgement means"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('judgement',
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('meaning', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('ward', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('community', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_judgement'))
    )
    op.create_table('rating',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('voice', sa.Enum('own', 'lead', name='voice', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('whose_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('competency', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
    sa.Column('said', sa.Enum('new', 'takes-part', 'with-support', 'leads', 'coaches', 'unknown', '0', '1', '2', '3', '4', '5', name='said', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reflection', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('rated_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(voice = 'own') = (person_id = whose_id) AND (voice = 'lead' OR author_id = person_id)", name=op.f('ck_rating_own_is_own')),
    sa.CheckConstraint("voice = 'own' OR reflection = ''", name=op.f('ck_rating_reflects_on_oneself')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_rating_author_id_person')),
    sa.ForeignKeyConstraint(['competency'], ['competency.key'], name=op.f('fk_rating_competency_competency')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_rating_person_id_person')),
    sa.ForeignKeyConstraint(['whose_id'], ['person.id'], name=op.f('fk_rating_whose_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating'))
    )
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rating_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rating_whose_id'), ['whose_id'], unique=False)
        batch_op.create_index('uq_rating_competency', ['person_id', 'author_id', 'competency'], unique=True, sqlite_where=sa.text('superseded_at IS NULL AND competency IS NOT NULL'), postgresql_where=sa.text('superseded_at IS NULL AND competency IS NOT NULL'))
        batch_op.create_index('uq_rating_judgement', ['person_id', 'author_id'], unique=True, sqlite_where=sa.text('superseded_at IS NULL AND competency IS NULL'), postgresql_where=sa.text('superseded_at IS NULL AND competency IS NULL'))

    op.create_table('rating_agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agreed_on', sa.Date(), nullable=False),
    sa.Column('agreed_with', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('recorded_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(ended_at IS NULL) = (ended_by_id IS NULL)', name=op.f('ck_rating_agreement_ended_by_somebody')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_rating_agreement_ended_by_id_person')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['person.id'], name=op.f('fk_rating_agreement_recorded_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_agreement'))
    )
    op.create_table('rating_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('with_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('words', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('written_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_rating_note_author_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_rating_note_person_id_person')),
    sa.ForeignKeyConstraint(['with_id'], ['person.id'], name=op.f('fk_rating_note_with_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_note'))
    )
    with op.batch_alter_table('rating_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rating_note_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rating_note_with_id'), ['with_id'], unique=False)

    op.create_table('rating_share',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('with_id', sa.Integer(), nullable=False),
    sa.Column('shared_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_rating_share_person_id_person')),
    sa.ForeignKeyConstraint(['with_id'], ['person.id'], name=op.f('fk_rating_share_with_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_share'))
    )
    with op.batch_alter_table('rating_share', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rating_share_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rating_share_with_id'), ['with_id'], unique=False)
        batch_op.create_index('uq_rating_share_open', ['person_id', 'with_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('rating_delegation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('lead_id', sa.Integer(), nullable=False),
    sa.Column('manager_id', sa.Integer(), nullable=False),
    sa.Column('given_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['lead_id'], ['person.id'], name=op.f('fk_rating_delegation_lead_id_person')),
    sa.ForeignKeyConstraint(['manager_id'], ['person.id'], name=op.f('fk_rating_delegation_manager_id_person')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_rating_delegation_team_id_team')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating_delegation'))
    )
    with op.batch_alter_table('rating_delegation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rating_delegation_lead_id'), ['lead_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rating_delegation_manager_id'), ['manager_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_rating_delegation_team_id'), ['team_id'], unique=False)
        batch_op.create_index('uq_rating_delegation_open', ['team_id', 'lead_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))


def downgrade() -> None:
    with op.batch_alter_table('rating_delegation', schema=None) as batch_op:
        batch_op.drop_index('uq_rating_delegation_open', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_rating_delegation_team_id'))
        batch_op.drop_index(batch_op.f('ix_rating_delegation_manager_id'))
        batch_op.drop_index(batch_op.f('ix_rating_delegation_lead_id'))

    op.drop_table('rating_delegation')
    with op.batch_alter_table('rating_share', schema=None) as batch_op:
        batch_op.drop_index('uq_rating_share_open', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_rating_share_with_id'))
        batch_op.drop_index(batch_op.f('ix_rating_share_person_id'))

    op.drop_table('rating_share')
    with op.batch_alter_table('rating_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rating_note_with_id'))
        batch_op.drop_index(batch_op.f('ix_rating_note_person_id'))

    op.drop_table('rating_note')
    op.drop_table('rating_agreement')
    with op.batch_alter_table('rating', schema=None) as batch_op:
        batch_op.drop_index('uq_rating_judgement', sqlite_where=sa.text('superseded_at IS NULL AND competency IS NULL'), postgresql_where=sa.text('superseded_at IS NULL AND competency IS NULL'))
        batch_op.drop_index('uq_rating_competency', sqlite_where=sa.text('superseded_at IS NULL AND competency IS NOT NULL'), postgresql_where=sa.text('superseded_at IS NULL AND competency IS NOT NULL'))
        batch_op.drop_index(batch_op.f('ix_rating_whose_id'))
        batch_op.drop_index(batch_op.f('ix_rating_person_id'))

    op.drop_table('rating')
    op.drop_table('judgement')
