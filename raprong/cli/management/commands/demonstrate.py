"""`raprong demonstrate`: fill an empty installation with the sample agencies and their years; leave others as is."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from raprong.cli.rehearsal.stage import Stage
from raprong.cli.rehearsal.year import play
from raprong.cli.sample.organisation import SampleAgency, sample_codes, settle
from raprong.core.databases.preparing import bring_up_to_date
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.lib.workbooks.sample import sample_workbook
from raprong.organisation.models import Agency, User
from raprong.processes.library import sop

PASSWORD = "raprong-demo"  # printed at the start and shown on the sign-in page of a demonstration


class Command(BaseCommand):
    help = "Fill an empty installation with the demonstration; one that is in use is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        bring_up_to_date()
        if not Agency.objects.exists():
            self.fill()
        if is_demonstration():
            self.tell_accounts()
        else:
            raise CommandError("This installation is in use; the demonstration fills empty ones only.")

    def fill(self) -> None:
        """The first agency has lived through last year and is in this one; the second is about to start."""
        this_year = FiscalYear.of(timezone.localdate())
        agencies = list(settle(password=PASSWORD).values())
        self.play(agencies, FiscalYear(this_year.be - 1))
        self.play(agencies, this_year)

    def play(self, agencies: list[SampleAgency], year: FiscalYear) -> None:
        """Play a year up to today; where it is over, to its end."""
        stage = Stage.set(agencies, sop(agencies[0].sop), sample_workbook(), year, PASSWORD)
        stage.until = timezone.now()
        self.stdout.write(f"   {year.label_en}: {stage.office.name_en}")
        for step in play(stage):
            self.stdout.write(f"     {step.number}. {step.title_en}")

    def tell_accounts(self) -> None:
        self.stdout.write(f"   Accounts, all with the password {PASSWORD}:")
        for user in User.objects.select_related("person").exclude(person=None).order_by("pk"):
            self.stdout.write(f"     {user.username:20} {user.person.name}")


def is_demonstration() -> bool:
    """Whether the agencies here are those of the sample, and no others."""
    return set(Agency.objects.values_list("code", flat=True)) == sample_codes()
