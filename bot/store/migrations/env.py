"""Runs the migrations on the connection that the database hands over."""

from alembic import context

from bot.store.tables import METADATA


def run() -> None:
    """Run the steps inside the caller's transaction."""
    context.configure(
        connection=context.config.attributes["connection"], target_metadata=METADATA, render_as_batch=True
    )
    with context.begin_transaction():
        context.run_migrations()


run()
