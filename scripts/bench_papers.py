"""Papers beside Typst alone, beside the ways that offices and web programs print, and a thousand of them kept.

The way of offices: a Word template, filled by python-docx and converted by LibreOffice, all files in one start of it,
a share of them in one start on each core, or each in its own. The way of web programs: the same paper as HTML, printed
by WeasyPrint.
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from datetime import time as time_of_day
from html import escape
from importlib import import_module
from io import BytesIO
from itertools import count, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import typst
from bench_measure import TURNS, Measure, rate, seconds, take_turns, tell
from docx import Document
from docx.oxml.ns import qn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from raprong import documents  # noqa: E402
from raprong.documents import registry  # noqa: E402
from raprong.documents.data import FILE_NAME, as_json  # noqa: E402
from raprong.documents.editable import to_docx  # noqa: E402
from raprong.documents.paper import to_json  # noqa: E402
from raprong.documents.presses import cores, presses  # noqa: E402
from raprong.lib.rendering import SARABUN, PdfStandard  # noqa: E402
from raprong.lib.thai.dates import BANGKOK  # noqa: E402

WITH_DATA = ("agreement", "kpi_detail", "result_letter")
FORM = "self_assessment"  # two pages of tables and text
PLACE = "{{unit}}"
LEVELS = ("one", "two", "three", "four", "five")
LABELS = json.loads((registry.ROOT / "_common" / "labels.json").read_text(encoding="utf-8"))
AS_OURS = {"pdf_variant": "pdf/a-2b", "pdf_tags": True}  # WeasyPrint: archival, and with its structure told
AGREEMENTS = 1_000
EARLY = 0.1  # of the way
FEW, FEW_TURNS = 5, 5
LONG = 15  # letters: words of a person, and no code, day or choice
A_SHARE = 50  # papers of a batch on one core
SERIAL = count()

BATCH, EACH_CORE, ONE_BY_ONE, WEB, THOUSAND = OTHERS = [
    "papers, beside Word files at once",
    "papers, beside Word on each core",
    "papers, beside Word files one by one",
    "papers, beside HTML",
    "1,000 agreements sealed and kept",
]
KINDS = {
    **{f"paper {kind}": (kind, PdfStandard.A_2A) for kind in documents.KINDS},
    **{f"paper {kind}, data inside": (kind, PdfStandard.A_3A) for kind in WITH_DATA},
}
PARTS = [*KINDS, *OTHERS]


def measure(name: str) -> None:
    if name in KINDS:
        kind, standard = KINDS[name]
        tell(Measure(name, our_paper(kind, standard), bare_paper(kind, standard), goal=1.3))
    else:
        {
            BATCH: beside_word_in_one_batch,
            EACH_CORE: beside_word_on_each_core,
            ONE_BY_ONE: beside_word_one_by_one,
            WEB: beside_html,
            THOUSAND: thousand,
        }[name]()


def our_paper(kind: str, standard: PdfStandard) -> Callable[[], bytes]:
    papers = iter(others(kind, TURNS + 1))
    return lambda: documents.render(next(papers), standard=standard)


def bare_paper(kind: str, standard: PdfStandard) -> Callable[[], object]:
    """Typst alone on the same template and such data."""
    template = registry.ROOT / kind / f"{kind}.typ"
    compiler: Any = typst.Compiler(
        template, root=registry.ROOT, font_paths=list(SARABUN.folders), ignore_system_fonts=True
    )
    papers = others(kind, TURNS + 1)
    dated = datetime.combine(papers[0].dated_on, time_of_day(), BANGKOK).astimezone(UTC)
    sheets = iter([{"main.typ": template.read_bytes(), "inputs.json": inputs_of(paper, standard)} for paper in papers])
    return lambda: compiler.compile(input=next(sheets), format="pdf", pdf_standards=[standard.value], timestamp=dated)


def inputs_of(paper: documents.Paper, standard: PdfStandard) -> bytes:
    inputs = {
        "data": json.dumps(to_json(paper), ensure_ascii=False, sort_keys=True),
        "thai_digits": "yes" if paper.thai_digits else "no",
        "font_family": SARABUN.family,
        "font_scale": str(SARABUN.scale),
        "garuda": SARABUN.garuda_svg,
    }
    if standard.may_attach:
        inputs |= {"attachment": as_json(paper), "attachment_name": FILE_NAME}
    return json.dumps(inputs).encode()


def others(kind: str, many: int) -> list[documents.Paper]:
    """As many papers, none like another before or after it, so that no layout of their words is remembered."""
    paper = documents.sample(kind)
    return [cast(documents.Paper, varied(paper, number)) for number in islice(SERIAL, many)]


def varied(value: Any, number: int) -> Any:
    """A paper, or a part of one, with a number behind each of its longer texts."""
    match value:
        case str() if len(value) >= LONG:
            return f"{value} {number}"
        case tuple():
            return tuple(varied(each, number) for each in value)
        case _ if is_dataclass(value):
            return replace(value, **{each.name: varied(getattr(value, each.name), number) for each in fields(value)})  # type: ignore[type-var]
    return value


def forms(many: int) -> list[documents.Paper]:
    return others(FORM, many)


def beside_word_in_one_batch() -> None:
    """LibreOffice as offices start it, once for all files, of which it converts one at a time on one core."""
    if skipped(BATCH, "LibreOffice", bool(shutil.which("soffice"))):
        return
    many = A_SHARE * cores()
    ours, theirs = taken_in_turns(lambda: batch(forms(many)), lambda: convert(forms(many)), turns=1)
    tell_faster(BATCH, ours, theirs, many, goal=None, note=f"{cores()} cores, one start")


def beside_word_on_each_core() -> None:
    """The same cores for both: each has a LibreOffice of its own for its share of the files, started once."""
    if skipped(EACH_CORE, "LibreOffice", bool(shutil.which("soffice"))):
        return
    many = A_SHARE * cores()
    ours, theirs = taken_in_turns(lambda: batch(forms(many)), lambda: batch_of_word_files(many), turns=2)
    tell_faster(EACH_CORE, ours, theirs, many, goal=5, note=f"{cores()} cores, one start a core")


def batch(papers: Sequence[documents.Paper]) -> int:
    with presses(len(papers)) as pool:
        return sum(1 for _pdf in pool.map(documents.render, papers))


def batch_of_word_files(many: int) -> int:
    with ThreadPoolExecutor(cores()) as pool:
        return sum(pool.map(convert, [forms(many // cores()) for _core in range(cores())]))


def beside_word_one_by_one() -> None:
    """One core, and LibreOffice is started for each file."""
    if skipped(ONE_BY_ONE, "LibreOffice", bool(shutil.which("soffice"))):
        return
    ours, theirs = taken_in_turns(
        lambda: [documents.render(paper) for paper in forms(FEW)], lambda: [convert([paper]) for paper in forms(FEW)]
    )
    tell_faster(ONE_BY_ONE, ours, theirs, FEW, goal=12, note="one core, one start a file")


def beside_html() -> None:
    """One core, the same paper, archival and tagged as ours is.

    WeasyPrint is no dependency of ours and is measured where it can be imported.
    """
    if skipped(WEB, "WeasyPrint", importlib.util.find_spec("weasyprint") is not None):
        return
    printer = import_module("weasyprint")
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    ours, theirs = taken_in_turns(
        lambda: [documents.render(paper) for paper in forms(FEW)],
        lambda: [
            printer.HTML(string=as_html(to_json(paper))).write_pdf(font_config=fonts, **AS_OURS) for paper in forms(FEW)
        ],
    )
    tell_faster(WEB, ours, theirs, FEW, goal=3.5, note="one core")


def convert(papers: Sequence[documents.Paper]) -> int:
    """Fill a Word template for each paper and have LibreOffice convert them, as offices do; how many came out."""
    with TemporaryDirectory(prefix="raprong-bench-") as folder:
        names = [f"{folder}/{number}.docx" for number in range(len(papers))]
        for name, paper in zip(names, papers, strict=True):
            Path(name).write_bytes(filled(paper.author))
        home = f"-env:UserInstallation=file://{folder}/office"
        command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", folder, *names]
        subprocess.run(command, check=True, capture_output=True)
        made = len(list(Path(folder).glob("*.pdf")))
        assert made == len(papers)
        return made


def filled(unit: str) -> bytes:
    """The template with its place filled in wherever it stands."""
    document = Document(BytesIO(TEMPLATE))
    for text in document.element.body.iter(qn("w:t")):
        if text.text and PLACE in text.text:
            text.text = text.text.replace(PLACE, unit)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


TEMPLATE = to_docx(replace(documents.sample(FORM), unit=PLACE))  # type: ignore[type-var]


def as_html(data: dict[str, Any]) -> str:
    """The same paper: its words, tables, signature, numbers of pages, and what may not break over a page."""
    fonts = "".join(
        f"@font-face{{font-family:{SARABUN.family};font-weight:{weight};src:url(file://{folder}/Sarabun-{name}.ttf)}}"
        for folder in SARABUN.folders
        for name, weight in (("Regular", 400), ("Bold", 700))
    )
    head = f"<title>{escape(data['title'])}</title><style>{fonts}{HTML_STYLE}</style>"
    return f"<!doctype html><html lang=th>{head}<body>{''.join(html_parts(data))}</body></html>"


HTML_STYLE = f"""
@page {{ size: A4; margin: 2.5cm 2cm 2cm 3cm; @top-center {{ content: "-" counter(page) "-" }} }}
@page :first {{ @top-center {{ content: none }} }}
body {{ font: 10.9pt/1.45 {SARABUN.family}; margin: 0 }}
h1 {{ font-size: 13.7pt; text-align: center; break-after: avoid }}
h2 {{ font-size: 10.9pt; break-after: avoid }}
table {{ border-collapse: collapse; width: 100%; font-size: 8.9pt; margin: .5em 0 }}
td, th {{ border: .5pt solid; padding: 2.5pt 4pt; text-align: center }}
thead th {{ background: #ebebeb }}
tr, .together, .signature {{ break-inside: avoid }}
.texts td, td.text {{ text-align: left }}
.texts th {{ background: #f8f8f8; text-align: left; width: 4.2cm }}
.signature {{ margin: .5cm 0 0 45%; text-align: center }}
"""


def html_parts(data: dict[str, Any]) -> Iterator[str]:
    own, texts, parts = (LABELS[key] for key in ("self_assessment", "self_assessment_texts", "kpi_parts"))
    year = f"{escape(data['fiscal_year'])} {escape(data['round_name'])}"
    yield f"<h1>{own['title']}<br>{escape(data['unit'])}<br>{year}</h1>"
    yield f"<p style='text-align:center'>{own['from']} {data['starts_on']} {own['until']} {data['ends_on']}</p>"
    yield f"<h2>{own['summary']}</h2>"
    figures = ("weight", "target", "result", "score", "weighted")
    yield html_table(
        data["kpis"], {key: own[key] for key in figures}, first={"code": own["number"], "name": own["kpi"]}
    )
    yield f"<p>{own['covers']} {data['reported_weight']} {own['of_all']} {data['total_weight']}"
    yield f" {own['scheme']} {escape(data['scheme'])}</p>"
    levels = {level: f"{parts['level']} {place}" for place, level in enumerate(LEVELS, start=1)}
    for kpi in data["kpis"]:
        yield f"<h2>{own['heading']} {escape(kpi['code'])} {escape(kpi['name'])}</h2><div class=together>"
        yield html_table([kpi["levels"]], levels)
        yield html_table([kpi], {"unit_of_measure": own["unit_of_measure"]} | {key: own[key] for key in figures})
        yield "</div><table class=texts>"
        yield from (f"<tr><th>{words}<td>{escape(kpi[text])}" for text, words in texts.items() if kpi[text])
        yield "</table>"
        found = {key: own[f"evidence_{key}"] for key in ("number", "title")} | {"file_name": own["file"]}
        yield html_table(kpi["evidence"], found | {"sha256": own["content_code"]})
    signer = data["submitted"]
    yield f"<p class=signature>{escape(signer['signed'])}<br>({escape(signer['name'])})<br>{escape(signer['post'])}"
    proofs = [proof for kpi in data["kpis"] for proof in kpi["evidence"]]
    shown = {
        "number": "evidence_number",
        "title": "evidence_title",
        "sort": "sort",
        "added_on": "dated",
        "sha256": "whole_code",
    }
    yield f"<h2>{own['index']}</h2>" + html_table(proofs, {key: own[label] for key, label in shown.items()})


def html_table(rows: Sequence[dict[str, Any]], columns: dict[str, str], *, first: dict[str, str] | None = None) -> str:
    """A table whose head is repeated on further pages; nothing where there are no rows."""
    columns = (first or {}) | columns
    head = "".join(f"<th>{words}" for words in columns.values())
    body = "".join("<tr>" + "".join(html_cell(key, row[key]) for key in columns) for row in rows)
    return f"<table><thead><tr>{head}</thead>{body}</table>" if rows else ""


def html_cell(key: str, value: object) -> str:
    kind = " class=text" if key in ("name", "title") else ""
    return f"<td{kind}>{escape(str(value or '–'))}"


def taken_in_turns(
    ours: Callable[[], object], theirs: Callable[[], object], *, turns: int = FEW_TURNS
) -> tuple[float, float]:
    """Median seconds of both, in turns."""
    our_seconds, their_seconds, _ratio = take_turns(Measure("", ours, theirs, goal=None), turns)
    return our_seconds, their_seconds


def tell_faster(name: str, ours: float, theirs: float, many: int, *, goal: float | None, note: str) -> None:
    times = theirs / ours
    asked = f"{goal:>7.1f}x" if goal else f"{'–':>8}"
    missed = "   short of the goal" if goal and times < goal else ""
    rates = rate(many / ours) + rate(many / theirs)
    print(f"{name:36}{rates}{times:>7.1f}x{asked} faster; {note}, {load()}{missed}", flush=True)


def skipped(name: str, needed: str, there: bool) -> bool:
    if not there:
        print(f"{name:36}skipped: {needed} is not here", flush=True)
    return not there


def load() -> str:
    return f"load {os.getloadavg()[0]:.1f}"


def thousand() -> None:
    """Agreements made, sealed and deposited in a new installation, a process a core; memory early and late."""
    with TemporaryDirectory(prefix="raprong-bench-") as folder:
        environment = os.environ | {"RAPRONG_DATA_DIR": folder, "RAPRONG_DEMONSTRATION": "1"}
        subprocess.run([sys.executable, __file__, "prepare"], check=True, env=environment)
        share = [sys.executable, __file__, "deposit", str(AGREEMENTS // cores())]
        workers = [
            subprocess.Popen(
                [*share, str(core)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            for core in range(cores())
        ]
        for worker in workers:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        taken = seconds(lambda: finish(workers))
    made = AGREEMENTS // cores() * cores()
    early, late = (max(each[when] for each in TOLD) for when in ("early", "late"))
    growth = late / early
    memory = f"{early:.0f} MB a process early, {late:.0f} late ({growth:.2f}x)"
    print(f"{THOUSAND:36}{rate(made / taken)}   {cores()} cores, {load()}; {memory}", flush=True)


TOLD: list[dict[str, float]] = []


def finish(workers: Sequence["subprocess.Popen[str]"]) -> None:
    """Let all begin at once and wait for the last."""
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    TOLD[:] = [json.loads(worker.communicate()[0]) for worker in workers]
    assert not any(worker.returncode for worker in workers)


def prepare() -> None:
    """A new installation with the sample's offices."""
    set_up()
    from django.core.management import call_command

    from raprong.cli.sample.organisation import settle

    call_command("migrate", verbosity=0)
    settle(password="of the bench")


def deposit(share: int, core: int) -> None:
    """One core's share: each agreement is another one, printed with its data and code, sealed, kept, written down."""
    set_up()
    from raprong.core import clock
    from raprong.organisation.models import Person, Unit
    from raprong.records.actions import Storage
    from raprong.records.papers import seal_and_deposit

    person = Person.objects.all()[0]
    unit = Unit.objects.filter(agency=person.agency, parent=None)[0]
    paper: Any = documents.sample("agreement")
    early = 0.0
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(share):
        made = replace(paper, unit=f"{paper.unit} {core}-{number}", reference=f"{core}/{number}")
        storage = Storage(years=5)
        seal_and_deposit(
            made, title=made.title, about=unit, unit=unit, fiscal_year=2570, storage=storage, by=person, at=clock.now()
        )
        if number == int(share * EARLY):
            early = resident()
    print(json.dumps({"early": early, "late": resident()}))


def set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "raprong.config.settings"
    import django

    django.setup()


def resident() -> float:
    """Megabytes of this process that lie in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["prepare"]:
            prepare()
        case ["deposit", share, core]:
            deposit(int(share), int(core))
