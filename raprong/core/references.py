"""A reference instead of a key: points at a thing of any room, upstairs too, and outlives it."""

from django.db import models

from raprong.core.models import PublicIdModel


def reference(thing: PublicIdModel) -> str:
    """`"agreements.agreement:<public id>"`: stable, readable, and no foreign key climbs the stairs."""
    return f"{thing._meta.label_lower}:{thing.public_id}"


def title_of(thing: models.Model) -> str:
    """The thing's name as it is today; kept beside the reference because names change."""
    return str(thing)[:300]
