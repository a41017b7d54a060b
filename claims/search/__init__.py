"""Full-text search over the claims, and "has this been claimed before?", behind two doors.

The desk must see duplicates before they are published, so the index holds every standing claim. Who may see what is
decided by the door: `desk` finds all of them, `public` returns published ones alone and reads no internal names;
import-linter keeps the public audiences from the desk's door. `index` is the writers' side, called where acts end.
`engine` alone knows FTS5 and tsvector.
"""
