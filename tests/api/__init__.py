"""Tests of the API: a file for each endpoint, and one for each thing that all endpoints share."""
