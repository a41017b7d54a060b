"""The tests of the register."""
