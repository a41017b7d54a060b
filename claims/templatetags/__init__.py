"""What templates say in Python."""
