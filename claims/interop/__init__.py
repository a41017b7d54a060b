"""Translators between the register's document and shapes that others read. Pure functions."""
