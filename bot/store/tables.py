"""The tables, and nothing else: who prefers what, what they muted, what was told, which events were seen. Times are Unix seconds, UTC."""

from sqlalchemy import BigInteger, Column, Index, MetaData, SmallInteger, String, Table

METADATA = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s"},
)

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

PERSONAL = (people, mutes, told)
