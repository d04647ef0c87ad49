"""A Slack on this machine, to try the app in and to test it against: a server and a browser page that we did not write."""
