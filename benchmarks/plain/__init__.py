"""The register as an average Django team would build it: DRF's viewsets, nested serializers, django-simple-history.

Written for comparison and kept honest: nothing is slowed on purpose, and what such a team would do well is done well.

It holds what the public documents of the register hold: claims with claimant and topics, their appearances in articles
of publishers, evidence, and every verdict in full. `Claim`, `Evidence` and `Verdict` are tracked by
django-simple-history: each act is a row of the table that changed and of its history, with person and reason, and a
verdict one of the claim as well, whose status it changes.

A claim's JSON shows its members, the appearances, the verdict in force with what it rests on, all verdicts in short,
the evidence, each piece with its history, and the history of the claim: seven queries, since all is fetched along
(`select_related`, `prefetch_related`). `as_of` is the package's own `history.as_of`; of a list it makes the rows of a
page, found by a subquery for the last verdict, since the package's own looks at all claims many times over. Lists have
page numbers with a count, searches are DRF's SearchFilter (LIKE), indexes stand where filters and orders need them,
connections stay open, templates are cached, only JSON is rendered. Evidence and verdicts are posted through
serializers, in one transaction each, and nobody approves what they proposed.

What it leaves out is in its favour: it keeps no digests, log or tombstones, refuses no change, proves nothing, and
shows neither addresses of other things nor members that are empty in every generated claim (contacts, mergers,
erasures).
"""
