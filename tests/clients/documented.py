"""What the examples of the description ask of a register with the seed stories, and how its answers are compared."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import requests

from tests.clients.conftest import Served

BASE = "https://register.example"
Answer = Any
Way = tuple[str | Callable[[Answer], str], ...]
# The first address, and how to go on from each answer: as a client finds its way.
CLAIM: Way = ("claims/?q=Planck+constant+defined&limit=1", lambda page: page["results"][0]["url"])
SENTENCE = "Seven bridges of the county were closed in October."


def of_claim(more: str) -> Way:
    """Return the way to an address below the claim's."""
    return (CLAIM[0], lambda page: f"{page['results'][0]['url']}{more}")


def about_claim(path: str) -> Way:
    """Return the way to a list of all claims, of which that one's is wanted."""
    return (CLAIM[0], lambda page: f"{path}?claim={page['results'][0]['id']}&limit=1")


def itself(page: Answer) -> str:
    """Return the address of the one thing that a list holds."""
    return str(page["results"][0]["self_url"])


def institution(page: Answer) -> str:
    """Return the address of a publisher that every such register knows."""
    return next(str(one["url"]) for one in page["results"] if one["domain"] == "bipm.org")


READS: dict[str, Way] = {
    "listAddresses": ("",),
    "listClaims": CLAIM[:1],
    "readClaim": CLAIM,
    "readClaimHistory": of_claim("history/?limit=2"),
    "compareClaim": of_claim("history/diff/?from=1"),
    "readClaimBundle": of_claim("bundle/"),
    "listClaimEvidence": of_claim("evidence/?limit=1"),
    "listClaimAppearances": of_claim("appearances/?limit=1"),
    "listClaimVerdicts": of_claim("verdicts/?limit=1"),
    "listEvidence": about_claim("evidence/"),
    "readEvidence": (*about_claim("evidence/"), itself),
    "listAppearances": about_claim("appearances/"),
    "readAppearance": (*about_claim("appearances/"), itself),
    "listVerdicts": about_claim("verdicts/"),
    "readVerdict": (*about_claim("verdicts/"), itself),
    "listArticles": ("articles/?limit=1",),
    "readArticle": (
        *about_claim("appearances/"),
        lambda page: f"articles/{page['results'][0]['article']['id']}/",
    ),
    "listClaimants": ("claimants/?kind=unnamed",),
    "readClaimant": (*CLAIM, lambda claim: str(claim["claimant"]["url"])),
    "listPublishers": ("publishers/?kind=institution",),
    "readPublisher": ("publishers/?kind=institution", institution),
    "listTopics": ("topics/",),
    "readTopic": ("topics/units-and-measuring/",),
    "listCorrections": ("corrections/?limit=1",),
    "listMethods": ("method/",),
    "readMethod": ("method/1/",),
    "listChanges": ("changes/?limit=1",),
    "readLog": ("log/",),
    "listExports": ("exports/",),
    "listStatuses": ("statuses/",),
    "listProblems": ("problems/",),
    "readProblem": ("problems/bad-parameters/",),
}
WRITES: dict[str, tuple[str, dict[str, Any]]] = {
    "matchText": (
        "match/",
        {"text": "The kilogram is defined by a fixed value of the Planck constant.", "limit": 1},
    ),
    "recordArticle": (
        "articles/",
        {"title": "Bridges of the county", "text": SENTENCE, "publisher": "The Gazette"},
    ),
    "recordClaim": (
        "claims/",
        {"wording": "Seven bridges of the county were closed.", "said_on": "2025-10-30"},
    ),
    "addAppearance": ("claims/{claim}/appearances/", {"article": "{article}", "exact": SENTENCE}),
    "addEvidence": (
        "claims/{claim}/evidence/",
        {"stance": "supports", "kind": "document", "url": "https://county.example/minutes/7"},
    ),
    "fileReport": (
        "reports/",
        {"kind": "claim", "text": "Is it true that the ferry no longer sails?"},
    ),
}
OF_THE_KEY: dict[str, Way] = {
    "listWritings": ("writings/?limit=1",),
    "readWriting": ("writings/?limit=1", lambda page: str(page["results"][0]["url"])),
}
# The description of the API would have to hold itself.
WITHOUT = {"describe"}
# What is another in each register that is set up: moments, cursors, digests, salts, tokens and ids.
CHANGING = re.compile(
    r'[0-9-]{10}T[0-9:.]+(?:Z|\+00:00)|(?<=cursor=)[^&"]+|(?<=since=)[^&"]+|\b[0-9a-f]{32,64}\b|'
    r"(?<![\w-])[\w-]{43}=?(?![\w-])|(?<![\w-])Wy[IJ][\w-]{29}|(?<=/)[\w-]{60,}(?=/)|\b[0-9a-z]{10}\b"
)
COUNTED = ("size", "log_index")


class Asker:
    """Asks a register for every example, as a client would come by it."""

    def __init__(self, served: Served) -> None:
        self.api, self.base = f"{served.url}/api/v1/", served.url
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {served.key}"
        self.found: dict[str, dict[str, Any]] = {}

    def ask_all(self) -> dict[str, dict[str, Any]]:
        """Return each example: what was asked, the status and the answer, and the body that was sent."""
        for name, way in READS.items():
            self._read(name, way)
        self._write_all()
        for name, way in OF_THE_KEY.items():
            self._read(name, way)
        return self.found

    def _read(self, name: str, way: Way) -> None:
        answer: Any = None
        for step in way:
            address = step if isinstance(step, str) else step(answer)
            sent = self.session.get(self._whole(address), timeout=20)
            answer = sent.json()
        self._keep(name, sent)

    def _write_all(self) -> None:
        known: dict[str, str] = {}
        for name, (path, body) in WRITES.items():
            said = {
                key: value.format(**known) if isinstance(value, str) else value
                for key, value in body.items()
            }
            headers = {"Idempotency-Key": str(uuid.uuid4()), "If-Match": "*"}
            address = self._whole(path.format(**known))
            sent = self.session.post(address, json=said, headers=headers, timeout=60)
            self._keep(name, sent, body=said)
            known |= {
                kind: thing["id"]
                for kind, thing in sent.json().items()
                if kind in ("claim", "article") and thing
            }

    def _whole(self, address: str) -> str:
        return address if address.startswith("http") else self.api + address

    def _keep(self, name: str, sent: requests.Response, **more: Any) -> None:
        asked = f"{sent.request.method} {str(sent.request.url).removeprefix(self.base)}"
        answer = json.loads(sent.text.replace(self.base, BASE))
        self.found[name] = {"asked": asked, "status": sent.status_code, "answer": answer, **more}


def comparable(part: Any) -> Any:
    """Return what two registers with the same stories answer alike: values, but for what is another in each."""
    if isinstance(part, list):
        named = all(isinstance(item, dict) and "name" in item for item in part)
        items = [comparable(item) for item in part]
        return sorted(items, key=by_name) if named else items
    if isinstance(part, dict):
        return {
            name: type(value).__name__ if name in COUNTED else comparable(value)
            for name, value in part.items()
        }
    return CHANGING.sub("*", part) if isinstance(part, str) else part


def by_name(item: Any) -> str:
    """Return what lists are put in order by that come in the order of ids."""
    return str(item["name"])
