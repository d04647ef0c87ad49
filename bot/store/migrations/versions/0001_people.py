"""People's preferences, mutes, what was told, and the events that were seen."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the first tables."""
    op.create_table(
        "people",
        sa.Column("team_id", sa.String(32), primary_key=True),
        sa.Column("user_id", sa.String(32), primary_key=True),
        sa.Column("profession", sa.String(120), nullable=False, server_default=""),
        sa.Column("least_severity", sa.SmallInteger, nullable=False, server_default="1"),
        sa.Column("snoozed_until", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("salt", sa.String(32), nullable=False),
    )
    op.create_table(
        "mutes",
        sa.Column("team_id", sa.String(32), primary_key=True),
        sa.Column("user_id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("value", sa.String(64), primary_key=True),
    )
    op.create_table(
        "told",
        sa.Column("team_id", sa.String(32), primary_key=True),
        sa.Column("user_id", sa.String(32), primary_key=True),
        sa.Column("principle", sa.String(64), primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "seen_events",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_seen_events_at", "seen_events", ["at"])


def downgrade() -> None:
    """Drop them."""
    for table in ("seen_events", "told", "mutes", "people"):
        op.drop_table(table)
