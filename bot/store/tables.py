"""The tables, and nothing else: preferences, mutes, what was told, seen events, tips and their deliveries. Times are Unix seconds, UTC."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, SmallInteger, String, Table, Text, text

METADATA = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s"},
)
# SQLite numbers its rows by itself only where the type is exactly INTEGER.
BIG_ID = BigInteger().with_variant(Integer, "sqlite")


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, postgresql_where=text(where), sqlite_where=text(where))


people = Table(
    "people",
    METADATA,
    Column("team_id", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("profession", String(120), nullable=False, server_default=""),
    Column("least_severity", SmallInteger, nullable=False, server_default="1"),
    Column("snoozed_until", BigInteger, nullable=False, server_default="0"),
    Column("salt", String(32), nullable=False),
)

mutes = Table(
    "mutes",
    METADATA,
    Column("team_id", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("value", String(64), primary_key=True),
)

told = Table(
    "told",
    METADATA,
    Column("team_id", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("principle", String(64), primary_key=True),
    Column("at", BigInteger, nullable=False),
)

seen_events = Table(
    "seen_events",
    METADATA,
    Column("event_id", String(64), primary_key=True),
    Column("state", String(8), nullable=False),
    Column("at", BigInteger, nullable=False),
    Index(None, "at"),
)

# One row per tip that somebody takes (one a person, one a channel) and per reminder. `next_due_at` is what the planner reads.
subscriptions = Table(
    "subscriptions",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("team_id", String(32), nullable=False),
    Column("user_id", String(32), nullable=False),
    Column("channel_id", String(32), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("every", String(8), nullable=False),
    Column("weekday", SmallInteger, nullable=False),
    Column("minute", SmallInteger, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("next_due_at", BigInteger),
    Column("last_due_at", BigInteger, nullable=False, server_default="0"),
    Column("snoozed_until", BigInteger, nullable=False, server_default="0"),
    Column("ended", String(32), nullable=False, server_default=""),
    Column("ignored", SmallInteger, nullable=False, server_default="0"),
    Column("posted_in", String(32), nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    _partial("ix_subscriptions_due", "next_due_at", where="next_due_at IS NOT NULL"),
    _partial("ix_subscriptions_tip", "team_id", "channel_id", where="kind = 'tip'", unique=True),
    Index("ix_subscriptions_user", "team_id", "user_id"),
)

# The ledger, and the only truth about what was sent: one row per subscription and slot, ever.
deliveries = Table(
    "deliveries",
    METADATA,
    Column("subscription_id", BigInteger, primary_key=True, autoincrement=False),
    Column("slot", BigInteger, primary_key=True, autoincrement=False),
    Column("team_id", String(32), nullable=False),
    Column("user_id", String(32), nullable=False),
    Column("state", String(10), nullable=False, server_default="open"),
    Column("attempt_at", BigInteger),
    Column("sent_at", BigInteger),
    Column("tries", SmallInteger, nullable=False, server_default="0"),
    Column("next_try_at", BigInteger, nullable=False, server_default="0"),
    Column("reason", String(32), nullable=False, server_default=""),
    Column("tip_id", String(64), nullable=False, server_default=""),
    Column("recalled", String(64), nullable=False, server_default=""),
    Column("message_channel", String(32), nullable=False, server_default=""),
    Column("message_ts", String(32), nullable=False, server_default=""),
    _partial("ix_deliveries_open", "team_id", "next_try_at", where="state = 'open'"),
    _partial("ix_deliveries_dead", "reason", where="state = 'dead'"),
    Index("ix_deliveries_slot", "slot"),
    Index("ix_deliveries_user", "team_id", "user_id"),
)

# What each reader saw; a reader is a person, or a channel that somebody (`user_id`) subscribed.
tips_shown = Table(
    "tips_shown",
    METADATA,
    Column("team_id", String(32), primary_key=True),
    Column("reader_id", String(32), primary_key=True),
    Column("week", Integer, primary_key=True, autoincrement=False),
    Column("tip_id", String(64), primary_key=True),
    Column("user_id", String(32), nullable=False),
    Column("shown_at", BigInteger, nullable=False),
    Column("recalled", String(64), nullable=False, server_default=""),
    Column("reaction", String(8), nullable=False, server_default=""),
    Index("ix_tips_shown_user", "team_id", "user_id"),
)

# The week in which a family of principles last gave somebody trouble; kept only of people who take the tip.
struggles = Table(
    "struggles",
    METADATA,
    Column("team_id", String(32), primary_key=True),
    Column("user_id", String(32), primary_key=True),
    Column("family", String(64), primary_key=True),
    Column("week", Integer, nullable=False),
)

# Subscriptions before their deliveries: a planner in the middle of one is waited for, and its delivery goes too.
PERSONAL = (people, mutes, told, subscriptions, deliveries, tips_shown, struggles)
