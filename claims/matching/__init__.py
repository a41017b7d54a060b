"""Which published claims occur in a text: what readers' “Check a text” and the API's `match/` have in common.

`given` makes the text out of what was sent: a text, an article's HTML, or the page behind a link. `occurrences` finds
the claims in it. Nothing that was sent is kept, logged or cached.
"""
