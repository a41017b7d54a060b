"""The public pages: verdicts for readers."""
