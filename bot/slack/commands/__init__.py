"""The subcommands of `/boundary`: each file holds USAGE, ABOUT and run."""
