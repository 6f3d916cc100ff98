"""Rules of need, waivers, and requests on the plan"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

import app.kernel.db

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# What a column may hold below, what it may hold besides from here on, and what a step down calls it.
COLUMNS = (
    ("requirement", "need", "need", ("required", "not_required", "paused"), "waived", "paused"),
    ("requirement", "source", "needsource", ("lead", "starter"), "rule", "lead"),
    ("level_request", "state", "requeststate", ("waiting", "agreed", "declined"), "planned", "waiting"),
)  # fmt: skip


def upgrade() -> None:
    op.create_table('need_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('tier', sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
    sa.Column('directorate_id', sa.Integer(), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('staff_groups', sa.JSON(), nullable=False),
    sa.Column('job_roles', sa.JSON(), nullable=False),
    sa.Column('bands', sa.JSON(), nullable=False),
    sa.Column('band_from', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('manages', sa.Boolean(), nullable=False),
    sa.Column('joined_within', sa.Integer(), nullable=True),
    sa.Column('counted', sa.Enum('date', 'reached', 'joined', name='duefrom', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('many', sa.Integer(), nullable=False),
    sa.Column('unit', sa.Enum('weeks', 'months', name='unit', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('follows_id', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', app.kernel.db.UtcDateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(counted = 'date') = (due IS NOT NULL)", name=op.f('ck_need_rule_by_when')),
    sa.CheckConstraint('(ended_at IS NULL) = (ended_by_id IS NULL)', name=op.f('ck_need_rule_ended_by_somebody')),
    sa.CheckConstraint('directorate_id IS NULL OR team_id IS NULL', name=op.f('ck_need_rule_one_place')),
    sa.CheckConstraint('ends_on IS NULL OR ends_on > starts_on', name=op.f('ck_need_rule_ends_after_start')),
    sa.ForeignKeyConstraint(['directorate_id'], ['directorate.id'], name=op.f('fk_need_rule_directorate_id_directorate')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['person.id'], name=op.f('fk_need_rule_ended_by_id_person')),
    sa.ForeignKeyConstraint(['follows_id'], ['need_rule.id'], name=op.f('fk_need_rule_follows_id_need_rule')),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_need_rule_made_by_id_person')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_need_rule_team_id_team')),
    sa.ForeignKeyConstraint(['tier'], ['tier.slug'], name=op.f('fk_need_rule_tier_tier')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_need_rule'))
    )
    with op.batch_alter_table('need_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_rule_directorate_id'), ['directorate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_rule_follows_id'), ['follows_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_need_rule_team_id'), ['team_id'], unique=False)

    op.create_table('rule_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ran_at', app.kernel.db.UtcDateTime(timezone=True), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('up_to', sa.Integer(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('effects', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_run'))
    )
    for name, column, check, old, new, _ in COLUMNS:
        allow(name, column, check, (*old, new))
    with op.batch_alter_table('requirement', schema=None) as batch_op:
        batch_op.add_column(sa.Column('rule_id', sa.Integer(), nullable=True))
        batch_op.create_index('ix_requirement_rule_id', ['rule_id', 'person_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_requirement_rule_id_need_rule'), 'need_rule', ['rule_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_requirement_waived_until'), "need <> 'waived' OR due IS NOT NULL")
        batch_op.create_check_constraint(batch_op.f('ck_requirement_by_a_rule'), "(source = 'rule') = (rule_id IS NOT NULL)")


def downgrade() -> None:
    named = sa.table('requirement', sa.column('need'), sa.column('pause_reason'))
    op.execute(named.update().where(named.c.need == 'waived').values(pause_reason='other'))
    with op.batch_alter_table('requirement', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_requirement_by_a_rule'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_requirement_waived_until'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_requirement_rule_id_need_rule'), type_='foreignkey')
        batch_op.drop_index('ix_requirement_rule_id')
        batch_op.drop_column('rule_id')
    for name, column, check, old, new, below in COLUMNS:
        changed = sa.table(name, sa.column(column, sa.String))
        op.execute(changed.update().where(changed.c[column] == new).values({column: below}))
        allow(name, column, check, old)
    op.drop_table('rule_run')
    with op.batch_alter_table('need_rule', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_need_rule_team_id'))
        batch_op.drop_index(batch_op.f('ix_need_rule_follows_id'))
        batch_op.drop_index(batch_op.f('ix_need_rule_directorate_id'))

    op.drop_table('need_rule')


def allow(name: str, column: str, check: str, allowed: tuple[str, ...]) -> None:
    full = op.f(f"ck_{name}_{check}")
    with op.batch_alter_table(name) as table:
        table.drop_constraint(full, type_="check")
        table.create_check_constraint(full, f"{column} IN ({', '.join(repr(value) for value in allowed)})")
