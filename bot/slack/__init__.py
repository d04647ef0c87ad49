"""The app in Slack: listeners that turn Slack's payloads into values, ask the desk, and show what the blocks make of it."""
