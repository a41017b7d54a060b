"""Tests of the translators between the register's document and foreign shapes."""
