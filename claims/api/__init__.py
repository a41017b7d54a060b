"""The API: JSON for clients."""
