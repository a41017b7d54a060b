"""The record: the one writer, the exact bytes, the replay, the triggers and the verification."""
