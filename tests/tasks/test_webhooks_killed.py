"""A worker killed while it sends: the message is sent again by the next one, under the same id."""

from __future__ import annotations

from tests.scratch import Register, until
from tests.tasks.receiving import after, receiving

SET_UP = """
from tests import factories
factories.webhook({url!r})
factories.published_claim()
"""
ATTEMPTS = "SELECT count(*) FROM claims_deliveryattempt"
STATE = "SELECT state FROM claims_delivery"
PAST = "'2020-01-01 00:00:00'"


def test_what_a_killed_worker_was_sending_is_sent_again(scratch_register: Register) -> None:
    register = scratch_register
    register.environment["FACTCHECK_WEBHOOK_LOOPBACK"] = "true"
    with receiving() as receiver:
        receiver.answers = [after(30)]
        register.run("shell", "--verbosity", "0", "-c", SET_UP.format(url=receiver.url))
        worker = register.start("run_worker")
        until(lambda: receiver.received)
        worker.kill()
        worker.communicate()
        assert (register.ask(STATE), register.ask(ATTEMPTS)) == ("waiting", 0)

        register.run("run_job", "send_waiting_webhooks")  # too early: somebody might be at it
        assert len(receiver.received) == 1
        register.change(f"UPDATE claims_webhook SET held_until = {PAST}")
        register.run("run_job", "send_waiting_webhooks")
        assert (register.ask(STATE), register.ask(ATTEMPTS)) == ("delivered", 1)
        (_, first), (_, second) = receiver.received
        assert first == second
        assert receiver.ids[0] == receiver.ids[1]
