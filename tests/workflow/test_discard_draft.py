"""discard_draft: one's own, of one form."""

from __future__ import annotations

from claims import workflow
from claims.models import Draft, User


def test_only_ones_own_draft_of_that_form_ends(reviewer: User, editor: User) -> None:
    for person, page in ((reviewer, "/a/"), (reviewer, "/b/"), (editor, "/a/")):
        workflow.save_draft(page, {"wording": "W"}, by=person)
    workflow.discard_draft("/a/", by=reviewer)
    left = set(Draft.objects.values_list("person", "page"))
    assert left == {(reviewer.pk, "/b/"), (editor.pk, "/a/")}
