"""The demonstration's clock."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from raprong.core import clock as the_clock
from raprong.core.read_only import reads_on_get
from raprong.core.tasks import wake
from raprong.lib.thai.dates import BANGKOK
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.web.demonstration.forms import ClockForm
from raprong.web.shell.filters import long_date

MORNING = time(9, 0)


@reads_on_get
def clock(request: HttpRequest) -> HttpResponse:
    """Move the demonstration's clock forward to the morning of a day."""
    if not settings.DEMONSTRATION:
        raise Http404
    today = the_clock.today()
    form = ClockForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        the_clock.move_to(datetime.combine(day, MORNING, BANGKOK))
        wake()
        messages.success(request, _("The demonstration now stands at %(day)s.") % {"day": long_date(day)})
        return redirect("home:work")
    year = FiscalYear.of(today)
    month_ends = [(month + timedelta(days=31)).replace(day=1) for month in year.months()]
    context = {"form": form, "days": [day for day in month_ends if day > today]}
    return render(request, "demonstration/clock.html", context)
