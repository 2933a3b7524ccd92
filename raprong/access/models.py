from django.db import models
from django.db.models import Q

from raprong.core.models import PublicIdModel
from raprong.organisation.models import Agency, DatedQuerySet, Person, Unit


class RoleGrant(PublicIdModel):
    """A person holds a role in a unit, a group or, with no unit named, the whole agency."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=40)  # a code of definitions/roles.yaml
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="role_grants")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="role_grants")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role} ({self.unit or self.agency})"
