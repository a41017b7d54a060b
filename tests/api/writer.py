"""A program that writes with a key, and holds every answer it is given against the published schema."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

from claims.desk_vocabulary import Scope
from claims.models import Claim, User
from tests.api.conftest import Api, closed, content_of, template_of
from tests.workflow.observing import everything
from tests.workflow.scene_keys import issued

EVIDENCE = {"stance": "refutes", "kind": "document", "url": "https://source.example/a"}


class Writer:
    """A program with a key that is good for everything a key can be good for."""

    def __init__(self, api: Api, owner: User) -> None:
        self.api, self.owner, self.count = api, owner, 0
        self.key = issued(owner, scopes=list(Scope), rate=3000)

    def post(self, path: str, body: Any, *, name: str | None = None, **headers: str) -> Any:
        """Send a body, under a name of its own unless one is given."""
        self.count += 1
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent = {
            "authorization": f"Bearer {self.key.text}",
            "idempotency-key": f"n{self.count}" if name is None else name,
            "content-type": "application/json",
            **{key.replace("_", "-"): value for key, value in headers.items()},
        }
        kind = sent.pop("content-type")
        given = {key: value for key, value in sent.items() if value}
        return self.api.client.post(f"/api/v1/{path}", data, content_type=kind, headers=given)

    def written(self, path: str, body: Any, code: int = 201, **headers: str) -> Any:
        """Send what is taken, hold the answer against the schema, and return it."""
        answer = self.post(path, body, **headers)
        assert answer.status_code == code, answer.content
        self.check(answer, path)
        return answer.json()

    def refused(self, path: str, body: Any, code: int, slug: str, **headers: str) -> Any:
        """Send what is not taken; nothing is written and the problem is as the schema says."""
        before = everything()
        answer = self.post(path, body, **headers)
        assert answer.status_code == code, answer.content
        after = everything()
        for kept in ("claims.ApiKey",):  # when the key was used
            before.pop(kept), after.pop(kept)
        assert after == before
        self.check(answer, path)
        problem = answer.json()
        assert problem["type"] == f"http://testserver/api/v1/problems/{slug}/"
        return problem

    def check(self, answer: Any, path: str) -> None:
        """Hold an answer against the schema of the operation."""
        operation = self.api.paths[template_of(answer.resolver_match.route)]["post"]
        content = content_of(operation, answer.status_code)
        schema = {**content[answer["Content-Type"]]["schema"], **closed(self.api.components)}
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(answer.json())

    def seen(self, claim: Claim) -> str:
        """Return the tag of a public claim, as a reader is given it."""
        tag: str = self.api.fetch(f"claims/{claim.public_id}/")["ETag"]
        return tag
