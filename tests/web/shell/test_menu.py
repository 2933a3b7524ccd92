from django.http import HttpRequest

from raprong.web.shell import menu
from raprong.web.shell.menu import Entry


def test_an_entry_whose_page_is_not_there_is_left_out(monkeypatch: object, rf: object) -> None:
    nowhere = menu.Place("", "Nowhere", "nowhere:at-all")
    monkeypatch.setattr(menu, "PLACES", [nowhere])  # type: ignore[attr-defined]

    assert menu.menu_for(HttpRequest()) == []


def test_the_longest_address_lights_its_entry() -> None:
    home = Entry("home:work", "Work", "/", 0)
    library = Entry("kpis:library", "Library", "/kpis/", 0)
    framework = Entry("kpis:framework", "Framework", "/kpis/framework/", 0)
    groups = [("", [home]), ("KPIs", [library, framework])]

    assert menu.current_name(groups, "/kpis/framework/2570/") == "kpis:framework"
    assert menu.current_name(groups, "/kpis/abc/") == "kpis:library"
    assert menu.current_name(groups, "/") == "home:work"
    assert menu.current_name(groups, "/account/password/") == ""
