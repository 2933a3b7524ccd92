"""What people do in a year, each a few pages long: they open, fill in, press, and read what the page answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from raprong.kpis.framework_form import source_kinds
from raprong.lib.thai.digits import to_arabic_digits, to_thai_digits
from raprong.organisation.models import Unit
from raprong.processes.library import sop
from tests.cast import PASSWORD
from tests.journeys.desk import Desk
from tests.journeys.sample import (
    KPIS,
    WORDS,
    day_after,
    dimensions,
    kpis_of,
    proof_of,
    workbook_of_kpis,
    workbook_of_months,
)

# --- the year and its steps


def move_the_clock(desk: Desk, day: date) -> None:
    desk.open("demonstration:clock")
    desk.fill("Move to", day.isoformat())
    desk.press("Move the clock")


def start_the_year(desk: Desk, *, year: int, sop_code: str) -> str:
    """Answers the address of the year's run."""
    desk.open("processes:runs")
    desk.follow("Start a year")
    desk.choose("Fiscal year", to_thai_digits(str(year)))
    desk.field("SOP").select_option(value=sop_code)
    desk.press("Continue")
    desk.press("Start the year")
    desk.sees("The year is started. Its first step is open.")
    return desk.page.url.rstrip("/").rpartition("/")[2]


def go_to_work(desk: Desk, run: str, work: str) -> None:
    """From the flow chart to the page where a work of the open step is done."""
    desk.open("processes:run", run=run)
    desk.follow(work, within=desk.page.locator(".sop"))


def hand_in(desk: Desk, run: str, step: str) -> None:
    desk.open("processes:step", run=run, step=step)
    desk.press("Hand in")


def accept(desk: Desk, run: str, step: str, group: str) -> None:
    desk.open("processes:step", run=run, step=step)
    desk.press("Accept", within=desk.section(".pieces > li", group))


def return_to(desk: Desk, run: str, step: str, group: str, *, because: str) -> None:
    """Send a group's piece back with the reason."""
    desk.open("processes:step", run=run, step=step)
    piece = desk.section(".pieces > li", group)
    piece.locator("summary").click()
    desk.fill("What should the group change?", because, within=piece)
    desk.press("Send back", within=piece.locator("form.with-fields"))


def answer_and_finish(desk: Desk, run: str, step: str, *, sop_code: str) -> None:
    """Answer every control point that is left to people, then say that the step is done."""
    answer_controls(desk, run, step)
    number = sop(sop_code).step(step).number
    desk.press("Finish step %(number)s", number=number)
    desk.sees("Step %(number)s is done.", number=number)


def answer_controls(desk: Desk, run: str, step: str) -> None:
    """On the page of the step, every control point that is left to people and not answered yet."""
    desk.open("processes:step", run=run, step=step)
    open_questions = desk.page.locator("details.ask[open] form")
    while open_questions.count():
        desk.fill("Remark", WORDS["control_remark"], within=open_questions.first)
        desk.press("Yes", within=open_questions.first)


def see_the_year_done(desk: Desk, run: str, *, steps: int) -> None:
    """Every box of the flow chart is done."""
    desk.open("processes:run", run=run)
    assert desk.page.locator(".flow .box").count() == steps
    assert desk.page.locator(".flow .box-done").count() == steps
    desk.sees("Every step of this year is done.")


# --- framework, proposals, selection


def receive_policy(desk: Desk) -> None:
    """On the framework's page."""
    desk.fill("Policy and criteria", WORDS["criteria_note"])
    rows = desk.page.locator("[data-rows=sources] > [data-row]")
    for number, source in enumerate(WORDS["sources"]):
        if number == rows.count():
            desk.page.locator("[data-rows=sources] [data-add-row]").click()
        desk.fill("Kind", source_kinds()[source["kind"]].title_th, within=rows.nth(number))
        desk.fill("Title", source["title"], within=rows.nth(number))
        desk.fill("Document or place", source["reference"], within=rows.nth(number))
    desk.press("Save policy and criteria")
    desk.sees("The policy and the criteria are saved.")


def settle_the_framework(desk: Desk) -> None:
    """On the framework's page."""
    rows = desk.page.locator("[data-rows=dimensions] > [data-row]")
    for number, (title, weight) in enumerate(dimensions().items()):
        desk.fill("Dimension", title, within=rows.nth(number))
        desk.fill("Weight", weight, within=rows.nth(number))
    desk.press("Save dimensions")
    desk.press("Settle the framework")
    desk.sees("The framework is settled.")


def propose_a_kpi(desk: Desk, run: str, *, code: str, title: str, levels: Sequence[int], target: int) -> None:
    """By the form, for one's own group."""
    desk.open("kpis:library", run=run)
    desk.follow("Propose a KPI")
    desk.fill("Code", code)
    desk.fill("Name of the KPI", title)
    desk.choose("Dimension", KPIS[0].dimension)
    desk.fill("Measured in", "ร้อยละ")
    for level, at in enumerate(levels, start=1):
        desk.page.locator(f"[name=level_{level}]").fill(str(at))
    desk.fill("Target", target)
    open_every_part(desk)
    desk.page.get_by_label(WORDS["sources"][0]["title"]).check()
    desk.press("Propose")
    desk.sees("KPI %(code)s is proposed.", code=code)


def import_kpis(desk: Desk, run: str, *, year: int) -> None:
    desk.open("kpis:library", run=run)
    desk.follow("Import a workbook")
    desk.attach("File of KPIs", "kpis.xlsx", workbook_of_kpis(year))
    desk.press("Read the file")
    desk.click(desk.page.locator("a[href$='take/?rows=all']"))
    desk.press("Take in")
    desk.open("kpis:library", run=run)
    desk.reads(KPIS[-1].title)


def align(desk: Desk, run: str, title: str, source: str) -> None:
    """Say which policy source a KPI answers to."""
    desk.open("kpis:library", run=run)
    desk.follow_to(title)
    desk.page.get_by_label(source).check()
    desk.press("Save sources")


def give_reasons(desk: Desk, run: str) -> None:
    """Every warning that the check of quality finds is explained, so that the KPIs can be selected."""
    desk.open("quality:run", run=run)
    waiting = desk.page.locator(".finding-warning")
    while waiting.count():
        waiting.first.locator("summary").click()
        desk.fill("Why it stays as it is", WORDS["kept_as_it_is"], within=waiting.first)
        desk.press("Keep the reason", within=waiting.first)


def select_before_the_reason(desk: Desk, *, code: str, title: str, weight: int) -> None:
    """On the page of the selection: a KPI that a warning is found in waits for a reason, and the page says so."""
    row = desk.section("li.candidate", title)
    row.get_by_label(desk.says("Select"), exact=True).check()
    desk.fill("Weight", weight, within=row)
    desk.press("Save the selection")
    assert desk.status == 422
    desk.reads(
        desk.says("KPI %(code)s asks for a reason before it is selected. %(sentence)s", code=code, sentence="").strip()
    )


def select_kpis(desk: Desk, *, left_out: Mapping[str, str]) -> None:
    """On the page of the selection: every KPI of the sample with its weight, the others with the reason why not."""
    for row in desk.page.locator("li.candidate").all():
        title = row.locator("a").first.inner_text()
        chosen = next((kpi for kpi in KPIS if kpi.title in title), None)
        if chosen:
            row.get_by_label(desk.says("Select"), exact=True).check()
            desk.fill("Weight", chosen.weight, within=row)
        else:
            row.get_by_label(desk.says("Do not select"), exact=True).check()
            because = next(reason for name, reason in left_out.items() if name in title)
            desk.fill("Reason, if not selected", because, within=row)
    desk.press("Save the selection")
    assert "100.00" in desk.page.locator("main").inner_text()


def send_the_list(desk: Desk) -> None:
    """On the page of the list for the department."""
    desk.press("Send the list to the department")
    desk.sees("The department has this list.")


# --- the agreement


def draft_the_agreement(desk: Desk, run: str) -> None:
    desk.open("agreements:agreement", run=run)
    desk.press("Draft the agreement")


def open_signing(desk: Desk, run: str, *, day: date, venue: str = WORDS["venue"]) -> None:
    """Answer what the gate asks for, set day and place, then open the agreement for signing."""
    give_reasons(desk, run)
    answer_controls(desk, run, "signing")
    desk.open("agreements:agreement", run=run)
    desk.follow("Set day and place")
    desk.fill("Day of signing", day.isoformat())
    desk.fill("Place", venue)
    desk.press("Save")
    desk.press("Open for signing")
    desk.sees("The agreement is open for signing, and every party has been told.")


def send_the_agreement_back(desk: Desk, run: str, *, because: str) -> None:
    """Back to drafting: what was signed so far binds nobody any more."""
    desk.open("agreements:agreement", run=run)
    desk.follow("Send back to drafting")
    desk.fill("Reason", because)
    desk.press("Send back to drafting")


def sign_the_agreement(desk: Desk, run: str) -> None:
    desk.open("agreements:agreement", run=run)
    desk.follow("Read and sign")
    give_signature(desk, "Sign the agreement")


def sign_with_a_wrong_password(desk: Desk, run: str) -> None:
    """The page says so at the field, and nothing is signed."""
    desk.open("agreements:agreement", run=run)
    desk.follow("Read and sign")
    give_signature(desk, "Sign the agreement", password="not this one")
    assert desk.status == 422
    assert desk.page.locator(".error-summary a").count() == 1


def give_signature(desk: Desk, button: str, *, password: str = PASSWORD) -> None:
    desk.page.locator("main [name=intent]").check()
    desk.fill("Your password", password)
    desk.press(button)


# --- the cascade and the detail sheets


def hand_on(desk: Desk, run: str, *, group: Unit, name: str) -> None:
    """Give every KPI of a group to one of its people."""
    desk.open("cascade:board", run=run)
    for kpi in kpis_of(group):
        line = desk.section(".handed > li", kpi.title)
        line.locator("details.hand-on > summary").click()
        desk.choose("Person", name, within=line)
        desk.fill("What of it is theirs", WORDS["duty"], within=line)
        desk.press("Give", within=line)


def acknowledge_mine(desk: Desk, run: str) -> None:
    """Say once for all of one's KPIs that one has understood."""
    desk.open("cascade:mine", run=run)
    everything = desk.page.locator("#all")
    everything.locator("[name=understood]").check()
    desk.click(everything.get_by_role("button"))
    assert desk.page.locator("[name=understood]").count() == 0


def open_every_part(desk: Desk) -> None:
    """The parts of a long form that can be opened."""
    closed = desk.page.locator("details.section:not([open]) > summary")
    while closed.count():
        closed.first.click()


def write_detail_sheets(desk: Desk, run: str, *, group: Unit) -> None:
    """The sheets of one group's KPIs."""
    for kpi in kpis_of(group):
        desk.open("kpis:details", run=run)
        desk.click(desk.section("main tr", kpi.title).locator("a[href$='/details/']"))
        open_every_part(desk)
        for label, name in DETAIL_FIELDS.items():
            desk.fill(label, WORDS["detail"][name])
        for label in ("Supervisor of the KPI", "Collector of the data"):
            post = desk.field(label)
            post.select_option(label=post.locator("option", has_text=group.name).first.inner_text())
        desk.press("Save the sheet")


DETAIL_FIELDS = {
    "Definition": "definition",
    "How the data are collected": "collection_method",
    "Conditions": "conditions",
    "Evidence expected": "evidence_expected",
}


# --- months and rounds


def enter_a_month(desk: Desk, run: str, figures: Mapping[str, object], *, month: str) -> None:
    """In the grid, for one's own group; each figure is saved as its cell is left."""
    desk.open("results:grid", run=run, query=f"?month={month}")
    for code, figure in figures.items():
        typed = cell(desk, code)
        typed.fill(str(figure))
        typed.press("Enter")
        typed.locator("xpath=ancestor::td[contains(@class, 'is-saved')]").wait_for()


def cell(desk: Desk, code: str) -> Any:
    """The input of a KPI in the month that is filled in."""
    return desk.page.locator("label", has_text=f"{code},").locator("xpath=following-sibling::input")


def import_months(desk: Desk, run: str, months: Sequence[date], *, year: int) -> None:
    wanted = {month.month for month in months}
    desk.open("results:import", run=run)
    desk.attach("Workbook", "results.xlsx", workbook_of_months(year, wanted.__contains__))
    desk.press("Take the figures")
    assert desk.status == 200


def close_a_month(desk: Desk, run: str, month: date) -> None:
    """A KPI that is not measured in a month is named, and why the month is closed without it."""
    desk.open("results:close", run=run, month=f"{month:%Y-%m}")
    reason = desk.field("Why it is closed without them")
    if reason.count():
        reason.fill(WORDS["not_measured"])
    desk.click(desk.page.locator("main form[method=post] button[type=submit]").first)
    assert desk.page.url.endswith(f"/results/of/{run}/")


def live_through(desk: Desk, run: str, months: Sequence[date], *, year: int) -> None:
    """Month by month the clock moves past its end, the figures come in, and the month is closed."""
    for month in months:
        move_the_clock(desk, day_after(month))
        import_months(desk, run, [month], year=year)
        close_a_month(desk, run, month)


def open_a_round(desk: Desk, run: str, months: int) -> str:
    """Answers the address of the report."""
    desk.open("assessments:list", run=run)
    desk.click(desk.page.locator(f"form[action$='/rounds/{months}/open/'] button"))
    return desk.page.url.rstrip("/").rpartition("/")[2]


def write_own_part(desk: Desk, report: str) -> None:
    """What was done for each KPI that one writes about, with the proof of its figure or why there is none."""
    desk.open("assessments:report", assessment=report)
    incomplete = desk.page.locator("main a.button-primary[href*='/assessments/items/']")
    while incomplete.count():
        desk.click(incomplete.first)
        write_about_a_kpi(desk)  # and back on the report


def write_about_a_kpi(desk: Desk) -> None:
    code = to_arabic_digits(desk.page.locator("h1").inner_text().split()[0])
    for name in ("narrative", "factors", "obstacles", "suggestions"):
        asked = desk.page.locator(f"[name={name}]")
        if asked.count():  # not every round asks for explanations
            asked.fill(WORDS[name])
    why_no_figure = desk.page.locator("[name=no_figure_because]")
    if why_no_figure.count():
        why_no_figure.fill(WORDS["not_reported_yet"])
    else:
        desk.attach("Add evidence", f"{code}.xlsx", proof_of(code))
    desk.press("Save")


def hand_the_part_on(writer: Desk, head: Desk, planner: Desk, part: str) -> None:
    """A group hands its part in, its head passes it on, and planning gathers it."""
    for desk, button in ((writer, "Hand in"), (head, "Pass on to planning"), (planner, "Gather")):
        desk.open("assessments:part", part=part)
        desk.press(button)


def submit_the_report(desk: Desk, report: str) -> None:
    desk.open("assessments:report", assessment=report)
    desk.follow("Submit the report")
    desk.press("Submit the report")
    desk.sees("The report is submitted. Its sealed paper is in the cabinet.")


# --- scores and letters


def issue(desk: Desk, run: str, kind: str) -> str:
    """The manual or the order, drafted from the agreement. Answers the address of the letter."""
    desk.open("agreements:papers", run=run)
    desk.click(desk.page.locator(f"form[action$='/papers/{kind}/'] button"))
    return desk.page.url.rstrip("/").rpartition("/")[2]


def begin_scoring(desk: Desk, *, unit: str, months: int) -> str:
    """Answers the address of the evaluation."""
    desk.open("evaluations:list")
    row = desk.page.locator("tr", has_text=unit).filter(has_text=to_thai_digits(str(months)))
    desk.press("Begin scoring", within=row)
    return desk.page.url.rstrip("/").rpartition("/")[2]


def keep_every_score(desk: Desk) -> None:
    """Look at each KPI of the evaluation, and keep what the criteria come to."""
    for number in range(len(KPIS)):
        keep = desk.page.get_by_role("button", name=desk.says("Keep the calculated score"), exact=True)
        desk.click(keep.nth(number))
    desk.press("Finish scoring")


def confirm_the_scores(desk: Desk, evaluation: str) -> None:
    desk.open("evaluations:evaluation", evaluation=evaluation)
    desk.follow("Look and confirm")
    desk.press("Confirm the scores")


def draft_a_letter(desk: Desk, button: str) -> str:
    """On a page that offers it. Answers the address of the letter."""
    desk.press(button)
    return desk.page.url.rstrip("/").rpartition("/")[2]


def hand_the_letter_in(desk: Desk, letter: str) -> None:
    desk.open("circulation:letter", letter=letter)
    desk.press("Hand in for checking")
    desk.sees("The letter is handed in, and those who check it have been told.")


def check_the_letter(desk: Desk, letter: str) -> None:
    """A second person reads it and passes it on."""
    desk.open("circulation:letter", letter=letter)
    desk.follow("Read and check")
    desk.press("It is right: pass on for signing")
    desk.sees("The letter is checked and waits for the signature.")


def send_the_letter_back(desk: Desk, letter: str, *, because: str) -> None:
    """A second person reads it and says what is to be changed."""
    desk.open("circulation:letter", letter=letter)
    desk.follow("Read and check")
    desk.fill("What is to be changed?", because)
    desk.press("Send back")


def sign_the_letter(desk: Desk, letter: str) -> None:
    desk.open("circulation:letter", letter=letter)
    desk.follow("Read and sign")
    give_signature(desk, "Sign")


def send_the_letter(desk: Desk, letter: str) -> None:
    desk.open("circulation:letter", letter=letter)
    desk.follow("Choose who gets it, and send")
    desk.press("Send")
    desk.sees("The letter is sent, and everybody it goes to has been told.")


def read_the_letter(desk: Desk, letter: str) -> None:
    """Open what arrived, and say that one has taken note."""
    desk.open("circulation:list")
    desk.click(desk.page.locator(f"a[href='/letters/{letter}/']").first)
    desk.press("Open the letter")
    desk.press("I have taken note")
    desk.sees("You have acknowledged the letter.")


# --- the preliminary result


def open_the_result(desk: Desk) -> None:
    """From "My work" to the result that waits, which nobody has seen yet."""
    go_on_from_work(desk, "/objections/results/")
    desk.sees("The scores are confirmed and wait for you to open them.")
    desk.press("Open the result")
    desk.sees("The result is open. You may accept it or object.")


def object_to_a_score(desk: Desk, *, kpi: str, ground: str, text: str) -> None:
    desk.follow("Object")
    about = desk.field("What do you object to?")
    chosen = about.locator("option", has_text=to_thai_digits(kpi)).first.get_attribute("value")
    about.select_option(value=chosen)
    desk.field("Ground").select_option(value=ground)
    desk.fill("What is wrong, and what should the score be?", text)
    desk.press("File the objection")
    desk.reads(text)


def name_the_panel(desk: Desk, names: Sequence[str]) -> None:
    """The first of them is the chair."""
    go_on_from_work(desk, "/panel/")
    for name in names:
        desk.page.get_by_label(name, exact=True).check()
    desk.choose("Chair", names[0])
    desk.press("Name the panel")
    desk.sees("The panel is named, and everybody on it has been told.")


def propose_a_decision(
    desk: Desk, *, outcome: str, because: str, precedent: str, score: tuple[str, object] | None
) -> None:
    go_on_from_work(desk, "/objections/")
    desk.page.locator(f"[name=outcome][value={outcome}]").check()
    if score:
        desk.fill("New score of %(code)s", score[1], code=to_thai_digits(score[0]))
    desk.fill("Reasons", because)
    desk.fill("For the shelf of decisions", precedent)
    desk.press("Put it to the vote")
    desk.reads(because)


def vote_for_it(desk: Desk) -> None:
    go_on_from_work(desk, "/objections/")
    desk.press("I agree")


def accept_the_result(desk: Desk) -> None:
    go_on_from_work(desk, "/objections/results/")
    desk.follow("Accept the result")
    desk.press("Accept the result")
    desk.sees("The result is accepted and final. The sealed score table is in the cabinet.")


def go_on_from_work(desk: Desk, address: str) -> None:
    """Follow what "My work" says is next, known by a part of its address."""
    desk.open("home:work")
    desk.click(desk.page.locator(f"main a[href*='{address}']").first)
