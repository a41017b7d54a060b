"""The Fact Check Tools API, asked by hand and by its own clients."""
