"""What happened to a level last, and what somebody saved lately, are found by an index"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_award_event_in_time", "award_event", ["award_id", "occurred_on", "id", "kind", "valid_until"])
    op.drop_index("ix_award_event_award_id", "award_event")
    op.create_index("ix_decision_made_by_at", "decision", ["made_by_id", "made_at"])
    op.drop_index("ix_decision_made_by_id", "decision")


def downgrade() -> None:
    op.create_index("ix_decision_made_by_id", "decision", ["made_by_id"])
    op.drop_index("ix_decision_made_by_at", "decision")
    op.create_index("ix_award_event_award_id", "award_event", ["award_id"])
    op.drop_index("ix_award_event_in_time", "award_event")
