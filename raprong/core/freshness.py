"""Two people with the same form open: the later one is told, and nothing is lost."""

from raprong.core.models import VersionedModel


class Stale(Exception):
    """Somebody saved this thing after the person asking had opened it."""

    def __init__(self, thing: VersionedModel) -> None:
        super().__init__(str(thing))
        self.thing = thing


def check_fresh(thing: VersionedModel, seen: int | None) -> None:
    """Refuse to overwrite a version of `thing` that the person has not seen. None asks for no check."""
    if seen is not None and seen != thing.version:
        raise Stale(thing)
