"""The app over HTTP: Slack's requests, and what an operator's machine asks."""
