"""Jobs of this room."""

from django_tasks import task

from raprong.records import batch_making


@task()
def make_batch(batch_id: int) -> None:
    """Print a batch. Doing it twice prints it once."""
    batch_making.make(batch_id)
