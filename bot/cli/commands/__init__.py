"""The subcommands of `boundary`, one per file."""
