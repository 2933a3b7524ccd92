"""Jobs of this room."""

from django_tasks import task


@task()
def move_many(many_id: int) -> None:
    """Move many letters on. Doing it twice moves them once."""
    from raprong.circulation.many import move  # it orders this very job

    move(many_id)
