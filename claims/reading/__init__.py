"""How a text becomes claims: pure functions from characters to articles, statements and anchors."""
