"""One module for each public page."""
