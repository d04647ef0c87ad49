"""What people see in Slack: reviews, tips, Home and modals as Block Kit. Pure: values in, Slack's dicts out."""
