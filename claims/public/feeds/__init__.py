"""Feeds: what they tell, and the three forms (Atom 1.0, RSS 2.0, JSON Feed 1.1) they tell it in."""
