"""The worker that does jobs beside the server: `python -m raprong.cli.worker LIFELINE`."""

import logging
import os
import sys
import time

import django
from django.db import DatabaseError, connections

from raprong.cli.lifeline import when_cut

SECONDS_BETWEEN_LOOKS = 1
SECONDS_BEFORE_TRYING_AGAIN = 5

log = logging.getLogger(__name__)


def main(lifeline: int) -> None:
    """Do jobs until the server lets the lifeline go; a job that is being done is done to its end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raprong.config.settings")
    django.setup()
    from django_tasks_db.management.commands.db_worker import Worker  # its models need Django set up

    from raprong.core.tasks import wake

    worker = Worker(
        queue_names=["default"],
        interval=SECONDS_BETWEEN_LOOKS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"serve-{os.getpid()}",
        excluded_queue_names=[],
    )

    def stop() -> None:
        worker.running = False

    when_cut(lifeline, stop)
    wake()
    while worker.running:
        try:
            worker.run()
        except DatabaseError:
            log.exception("The database did not answer; trying again in %s seconds", SECONDS_BEFORE_TRYING_AGAIN)
            connections.close_all()
            time.sleep(SECONDS_BEFORE_TRYING_AGAIN)


if __name__ == "__main__":
    main(int(sys.argv[1]))
