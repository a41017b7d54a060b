"""Background work: what is done outside of requests, and the worker that does it.

A task is a function of ids. It may be run twice, or be killed at any point and run again, so it looks before it
acts and leaves every write to a verb. Audiences ask for it inside the transaction of the act that needs it:

    with transaction.atomic():
        intake = workflow.start_intake(...)
        enqueue(fetch_intake, intake.pk)

Every module that declares tasks or jobs is named here, so that a worker knows them all.
"""

from claims.tasks import (
    announcing,
    counting,
    datafeed,
    exporting,
    following,
    housekeeping,
    imports,
    intakes,
    mailing,
    readers,
    sources,
    watching,
    webhooks,
)
from claims.tasks.declaring import background, enqueue
from claims.tasks.periodic import periodic

__all__ = [
    "announcing",
    "background",
    "counting",
    "datafeed",
    "enqueue",
    "exporting",
    "following",
    "housekeeping",
    "imports",
    "intakes",
    "mailing",
    "periodic",
    "readers",
    "sources",
    "watching",
    "webhooks",
]
