"""Subscriptions to the tip and reminders, the ledger of deliveries, what was shown, and which families gave trouble."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables of the weekly tip."""
    op.create_table(
        "subscriptions",
        sa.Column("id", BIG_ID, primary_key=True),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("channel_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("every", sa.String(8), nullable=False),
        sa.Column("weekday", sa.SmallInteger, nullable=False),
        sa.Column("minute", sa.SmallInteger, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("next_due_at", sa.BigInteger),
        sa.Column("last_due_at", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("snoozed_until", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("ended", sa.String(32), nullable=False, server_default=""),
        sa.Column("ignored", sa.SmallInteger, nullable=False, server_default="0"),
        sa.Column("posted_in", sa.String(32), nullable=False, server_default=""),
        sa.Column("note", sa.Text, nullable=False, server_default=""),
    )
    _index("ix_subscriptions_due", "subscriptions", ["next_due_at"], where="next_due_at IS NOT NULL")
    _index("ix_subscriptions_tip", "subscriptions", ["team_id", "channel_id"], where="kind = 'tip'", unique=True)
    op.create_index("ix_subscriptions_user", "subscriptions", ["team_id", "user_id"])
    op.create_table(
        "deliveries",
        sa.Column("subscription_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("slot", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("team_id", sa.String(32), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("state", sa.String(10), nullable=False, server_default="open"),
        sa.Column("attempt_at", sa.BigInteger),
        sa.Column("sent_at", sa.BigInteger),
        sa.Column("tries", sa.SmallInteger, nullable=False, server_default="0"),
        sa.Column("next_try_at", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("reason", sa.String(32), nullable=False, server_default=""),
        sa.Column("tip_id", sa.String(64), nullable=False, server_default=""),
        sa.Column("recalled", sa.String(64), nullable=False, server_default=""),
        sa.Column("message_channel", sa.String(32), nullable=False, server_default=""),
        sa.Column("message_ts", sa.String(32), nullable=False, server_default=""),
    )
    _index("ix_deliveries_open", "deliveries", ["team_id", "next_try_at"], where="state = 'open'")
    _index("ix_deliveries_dead", "deliveries", ["reason"], where="state = 'dead'")
    op.create_index("ix_deliveries_slot", "deliveries", ["slot"])
    op.create_index("ix_deliveries_user", "deliveries", ["team_id", "user_id"])
    op.create_table(
        "tips_shown",
        sa.Column("team_id", sa.String(32), primary_key=True),
        sa.Column("reader_id", sa.String(32), primary_key=True),
        sa.Column("week", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("tip_id", sa.String(64), primary_key=True),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("shown_at", sa.BigInteger, nullable=False),
        sa.Column("recalled", sa.String(64), nullable=False, server_default=""),
        sa.Column("reaction", sa.String(8), nullable=False, server_default=""),
    )
    op.create_index("ix_tips_shown_user", "tips_shown", ["team_id", "user_id"])
    op.create_table(
        "struggles",
        sa.Column("team_id", sa.String(32), primary_key=True),
        sa.Column("user_id", sa.String(32), primary_key=True),
        sa.Column("family", sa.String(64), primary_key=True),
        sa.Column("week", sa.Integer, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Every delivery moves a row in an index; at the default of a fifth of the table the index would swell between clean-ups.
        for table in ("subscriptions", "deliveries"):
            op.execute(f"ALTER TABLE {table} SET (autovacuum_vacuum_scale_factor = 0.02)")


def downgrade() -> None:
    """Drop them."""
    for table in ("struggles", "tips_shown", "deliveries", "subscriptions"):
        op.drop_table(table)


def _index(name: str, table: str, columns: list[str], where: str, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, postgresql_where=sa.text(where), sqlite_where=sa.text(where))
