"""How a claim's document is laid out for people to read: joins, groups, words. Pure functions of the document."""
