"""The core: playbooks and the review of a draft; knows nothing of Slack, SQL, the clock or the environment."""
