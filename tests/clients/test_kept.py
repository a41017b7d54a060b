"""What a server tells from memory follows what is written at once, by whatever process."""

from __future__ import annotations

import uuid

import pytest
import requests

from tests.clients.conftest import Served

RENAME = """
from claims.models import Publisher
publisher = Publisher.objects.order_by("pk").first()
Publisher.objects.filter(pk=publisher.pk).update(name="{}")
"""


@pytest.mark.django_db
def test_a_name_that_another_process_changes_is_told_to_the_next_reader(served: Served) -> None:
    address, name = f"{served.url}/api/v1/publishers/", f"Herald {uuid.uuid4().hex}"
    before = [requests.get(address, timeout=30).json() for _ in range(4)]
    assert before == before[:1] * 4
    served.register.run("shell", "-v0", "-c", RENAME.format(name))
    after = requests.get(address, timeout=30).json()
    assert name in str(after)
    assert name not in str(before)
