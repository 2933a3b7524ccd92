"""The tool that keeps the translations says what is wrong with them, each fault by its file and string."""

from pathlib import Path

import pytest

from scripts import messages

PYTHON = 'from django.utils.translation import gettext_lazy as _\nGREETING = _("Good morning, %(name)s")\n'
PAGE = "{% trans %}\n  Good\n  evening\n{% endtrans %}{{ ngettext('%(num)s day', '%(num)s days', days) }}\n"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> messages.Source:
    (tmp_path / "words.py").write_text(PYTHON)
    (tmp_path / "page.html").write_text(PAGE)
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    return messages.Source("room", tmp_path, (tmp_path / "words.py", tmp_path / "page.html"))


THAI = {
    "Good morning, %(name)s": "สวัสดี %(name)s",
    "Good evening": "สวัสดีตอนเย็น",
    "%(num)s day": ("%(num)s วัน",),
}


def translate(room: messages.Source, changes: dict[str, str] | None = None) -> None:
    """Bring the file up to date and write Thai behind every string, with some of it changed."""
    messages.extract([room])
    catalog = messages.read_translations(room)
    for (_, text), message in messages.messages(catalog).items():
        message.string = (THAI | (changes or {}))[text]
    messages.write_translations(room, catalog)


def test_strings_of_python_and_pages_are_found(room: messages.Source) -> None:
    found = messages.messages(messages.read_sources(room))

    assert {text for _, text in found} == {"Good morning, %(name)s", "Good evening", "%(num)s day"}


def test_whole_translation_has_no_fault(room: messages.Source) -> None:
    translate(room)

    assert list(messages.faults_of(room)) == []


def test_missing_thai_is_named(room: messages.Source) -> None:
    messages.extract([room])

    assert "locale/th/LC_MESSAGES/django.po: not translated: 'Good evening'" in list(messages.faults_of(room))


def test_fuzzy_thai_is_named(room: messages.Source) -> None:
    translate(room)
    room.po.write_text(room.po.read_text().replace("#: page.html\nmsgid", "#: page.html\n#, fuzzy\nmsgid", 1))

    (fault,) = messages.faults_of(room)

    assert "fuzzy" in fault


def test_lost_placeholder_is_named(room: messages.Source) -> None:
    translate(room, {"Good morning, %(name)s": "สวัสดี"})

    (fault,) = messages.faults_of(room)

    assert "Good morning" in fault


def test_unused_string_is_named_then_dropped(room: messages.Source) -> None:
    translate(room)
    (room.folder / "words.py").write_text("")

    (fault,) = messages.faults_of(room)
    messages.extract([room])

    assert "no longer used: 'Good morning, %(name)s'" in fault
    assert list(messages.faults_of(room)) == []


def test_extracting_again_changes_nothing(room: messages.Source) -> None:
    translate(room)
    before = room.po.read_bytes()

    messages.extract([room])

    assert room.po.read_bytes() == before


def test_two_translations_of_one_string_are_named(room: messages.Source, tmp_path: Path) -> None:
    translate(room)
    other = messages.Source("other", tmp_path / "other", room.files)
    translate(other, {"Good evening": "ราตรีสวัสดิ์"})

    (fault,) = messages.two_ways([room, other])

    assert "'Good evening'" in fault
    assert "ราตรีสวัสดิ์" in fault


def test_catalogue_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code = messages.main(["check", "attic"])

    assert code == 2
    assert "No catalogue is called attic" in capsys.readouterr().out
