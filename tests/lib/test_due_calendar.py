"""The iCalendar file of due days."""

from datetime import date

from icalendar import Calendar

from raprong.lib.due_calendar import DueDay, due_calendar

TODAY = date(2026, 10, 5)
REPORT = DueDay("month x 2026-10", "รายงานผลเดือนตุลาคม, กลุ่มแผนงาน; ๒ ตัวชี้วัด", date(2026, 11, 10), "https://r.example/a")


def events(content: bytes) -> list[dict[str, str]]:
    return [
        {name: str(value.to_ical().decode()) if hasattr(value, "to_ical") else value for name, value in event.items()}
        for event in Calendar.from_ical(content).walk("VEVENT")
    ]


def test_a_due_day_is_a_whole_day_that_stays_free() -> None:
    (event,) = events(due_calendar("งาน", [REPORT], owner="me", on=TODAY))

    assert (event["DTSTART"], event["DTEND"]) == ("20261110", "20261111")
    assert (event["TRANSP"], event["CLASS"]) == ("TRANSPARENT", "PRIVATE")
    assert event["URL"] == REPORT.url


def test_thai_words_and_punctuation_come_through_whole() -> None:
    content = due_calendar("งาน", [REPORT], owner="me", on=TODAY)

    (event,) = Calendar.from_ical(content).walk("VEVENT")

    assert str(event["SUMMARY"]) == REPORT.title
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_moved_day_keeps_its_event() -> None:
    moved = DueDay(REPORT.key, REPORT.title, date(2026, 11, 12), REPORT.url)

    (before,) = events(due_calendar("งาน", [REPORT], owner="me", on=TODAY))
    (after,) = events(due_calendar("งาน", [moved], owner="me", on=TODAY))

    assert before["UID"] == after["UID"]
    assert before["DTSTART"] != after["DTSTART"]


def test_two_people_with_the_same_work_have_events_of_their_own() -> None:
    (mine,) = events(due_calendar("งาน", [REPORT], owner="me", on=TODAY))
    (yours,) = events(due_calendar("งาน", [REPORT], owner="you", on=TODAY))

    assert mine["UID"] != yours["UID"]


def test_the_same_day_gives_the_same_bytes_in_any_order() -> None:
    other = DueDay("step x 2", "ขั้นตอนที่ ๒", date(2026, 10, 20), "https://r.example/b")

    assert due_calendar("งาน", [REPORT, other], owner="me", on=TODAY) == due_calendar(
        "งาน", [other, REPORT], owner="me", on=TODAY
    )


def test_a_day_is_a_day_in_bangkok() -> None:
    content = due_calendar("งาน", [REPORT], owner="me", on=TODAY)

    assert b"X-WR-TIMEZONE:Asia/Bangkok" in content
    assert events(content)[0]["DTSTAMP"] == "20261004T170000Z"
