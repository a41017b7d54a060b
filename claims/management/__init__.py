"""The audience of operators: management commands, and what they share."""
