"""The Django project: settings, addresses and the two server entry points."""

__version__ = "0.1.0"
