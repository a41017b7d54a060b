"""Tests of how a text becomes claims."""
