"""Jobs of packages."""

from django_tasks import task

from raprong.assessments.exports import making


@task()
def make_export(export_id: int) -> None:
    """Make a package. Doing it twice makes it once."""
    making.make(export_id)
