import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from raprong.web.shell.current import answering
from raprong.web.shell.pages import show
from raprong.web.shell.views import WhereaboutsForm


@pytest.mark.django_db
@pytest.mark.parametrize(("by_htmx", "whole"), [(False, True), (True, False)])
def test_htmx_gets_the_part_it_asked_for_and_others_the_page(rf: RequestFactory, by_htmx: bool, whole: bool) -> None:
    request = rf.get("/where/")
    request.user, request.htmx = AnonymousUser(), by_htmx
    context = {"title": "Where", "form": WhereaboutsForm()}

    with answering(request):
        response = show(request, "shell/switch.html", context, fragment="content")

    assert ("<html" in response.text) is whole
    assert 'name="unit"' in response.text
