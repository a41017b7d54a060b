"""Tests of the copies of sources."""
