"""Thai translations: `messages.py extract|check|compile [CATALOGUE ...]`.

One catalogue for each room (`kpis`), one for each area of the web door (`web/kpis`), and `web` for its shell. Name
catalogues to touch only these; none means all.

extract  bring the .po files to what the sources say; translations are kept, strings no longer used are dropped
check    name every string that is missing, fuzzy, no longer used, malformed, or translated in two ways
compile  write the .mo files that Django reads
"""

import fcntl
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "raprong"
TEMPLATES = PACKAGE / "web" / "templates"

# Their words are translated elsewhere, or they have none for users.
WITHOUT_CATALOGUE = {"config", "definitions", "lib", "documents"}
SHELL_AREAS = {"accounts", "gallery", "shell"}

HEADER = """\
# Thai translation of Raprong.
msgid ""
msgstr ""
"Language: th\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

# As raprong/web/jinja.py sets its environment up.
JINJA_OPTIONS = {
    "extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols",
    "newstyle_gettext": "true",
    "trimmed": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "silent": "false",
}

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}")

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Source:
    """Where a catalogue lies and which files it speaks for."""

    name: str
    folder: Path
    files: tuple[Path, ...]

    @property
    def po(self) -> Path:
        return self.folder / "locale" / "th" / "LC_MESSAGES" / "django.po"


def main(arguments: list[str]) -> int:
    verbs = {"extract": extract, "check": check, "compile": compile_catalogues}
    if not arguments or arguments[0] not in verbs:
        print(__doc__)
        return 2
    known = {source.name: source for source in sources()}
    asked = arguments[1:] or list(known)
    if unknown := [name for name in asked if name not in known]:
        print(f"No catalogue is called {', '.join(unknown)}. There are: {', '.join(known)}")
        return 2
    with one_at_a_time():
        return verbs[arguments[0]]([known[name] for name in asked])


def sources() -> Iterator[Source]:
    """Every catalogue that the house has a place for."""
    for room in packages(PACKAGE):
        if room.name not in WITHOUT_CATALOGUE | {"web"}:
            yield Source(room.name, room, below(room, "*.py"))
    areas = [area for area in packages(PACKAGE / "web") if area.name not in SHELL_AREAS]
    for area in areas:
        files = below(area, "*.py") + below(TEMPLATES / area.name, "*.html")
        yield Source(f"web/{area.name}", area, files)
    taken = [folder for area in areas for folder in (area, TEMPLATES / area.name)]
    everything = below(PACKAGE / "web", "*.py") + below(TEMPLATES, "*.html")
    shell = tuple(file for file in everything if not any(file.is_relative_to(folder) for folder in taken))
    yield Source("web", PACKAGE / "web", shell)


def packages(folder: Path) -> list[Path]:
    return sorted(init.parent for init in folder.glob("*/__init__.py"))


def below(folder: Path, pattern: str) -> tuple[Path, ...]:
    return tuple(sorted(file for file in folder.rglob(pattern) if "migrations" not in file.parts))


def read_sources(source: Source) -> Catalog:
    """What the sources ask to have translated."""
    catalog = Catalog(locale="th")
    for file in source.files:
        method = "python" if file.suffix == ".py" else "jinja2.ext:babel_extract"
        options = {} if file.suffix == ".py" else JINJA_OPTIONS
        for line, message, comments, context in extract_from_file(method, file, KEYWORDS, ["Translators:"], options):
            place = str(file.relative_to(ROOT))
            catalog.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return catalog


def read_translations(source: Source) -> Catalog:
    if not source.po.exists():
        return Catalog(locale="th")
    with source.po.open("rb") as file:
        return read_po(file, locale="th", abort_invalid=True)


def messages(catalog: Catalog) -> dict[Key, Message]:
    return {key(message): message for message in catalog if message.id}


def key(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def extract(chosen: list[Source]) -> int:
    for source in chosen:
        wanted, translated = read_sources(source), messages(read_translations(source))
        for message_key, message in messages(wanted).items():
            if kept := translated.get(message_key):
                fits = isinstance(kept.string, str) == isinstance(message.id, str)
                message.string = kept.string if fits else message.string
                message.flags |= kept.flags & {"fuzzy"}
                message.user_comments = kept.user_comments
        write_translations(source, wanted)
        waiting = sum(not is_translated(message) for message in messages(wanted).values())
        if waiting:
            print(f"{source.po.relative_to(ROOT)}: {waiting} to translate")
    return 0


def write_translations(source: Source, catalog: Catalog) -> None:
    """Write in one order and without dates or line numbers, so that a change shows what changed."""
    if not messages(catalog):
        source.po.unlink(missing_ok=True)
        return
    body = BytesIO()
    write_po(body, catalog, width=110, omit_header=True, sort_output=True, include_lineno=False)
    source.po.parent.mkdir(parents=True, exist_ok=True)
    source.po.write_text(HEADER + body.getvalue().decode(), encoding="utf-8")


def check(chosen: list[Source]) -> int:
    faults = [fault for source in chosen for fault in faults_of(source)] + list(two_ways(chosen))
    for fault in faults:
        print(fault)
    if faults:
        print("`scripts/messages.py extract` brings the files to what the sources say; the Thai is yours to write.")
    return bool(faults)


def faults_of(source: Source) -> Iterator[str]:
    where = source.po.relative_to(ROOT)
    wanted, translated = messages(read_sources(source)), messages(read_translations(source))
    for message_key in wanted:
        if message_key not in translated:
            yield f"{where}: not in the file: {message_key[1]!r}"
    for message_key in translated:
        if message_key not in wanted:
            yield f"{where}: no longer used: {message_key[1]!r}"
    catalog = read_translations(source)
    for message_key, message in translated.items():
        if not is_translated(message):
            yield f"{where}: not translated: {message_key[1]!r}"
        elif message.fuzzy:
            yield f"{where}: fuzzy: {message_key[1]!r}"
        else:
            for error in [*message.check(catalog), *changed_placeholders(message)]:
                yield f"{where}: {error}: {message_key[1]!r}"


def changed_placeholders(message: Message) -> Iterator[str]:
    """The translation has to name just what the English names, such as `%(count)s`."""
    asked, given = placeholders(message.id), placeholders(message.string or "")
    if asked != given:
        yield f"placeholders differ ({', '.join(sorted(asked ^ given))})"


def placeholders(words: str | Sequence[str]) -> set[str]:
    return set(PLACEHOLDER.findall(words if isinstance(words, str) else " ".join(words)))


def two_ways(chosen: list[Source]) -> Iterator[str]:
    """Catalogues are merged when the application runs: a string may have one translation in the whole house."""
    ways: dict[Key, dict[str, Path]] = defaultdict(dict)
    for source in chosen:
        for message_key, message in messages(read_translations(source)).items():
            if is_translated(message):
                ways[message_key].setdefault(str(message.string), source.po.relative_to(ROOT))
    for (_, text), translations in ways.items():
        if len(translations) > 1:
            told = "; ".join(f"{way} in {where}" for way, where in translations.items())
            yield f"translated in two ways: {text!r}: {told}"


def compile_catalogues(chosen: list[Source]) -> int:
    for source in chosen:
        mo = source.po.with_suffix(".mo")
        if not source.po.exists():
            mo.unlink(missing_ok=True)
            continue
        new = mo.with_suffix(".mo.new")
        with new.open("wb") as file:
            write_mo(file, read_translations(source))
        new.replace(mo)
    return 0


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Several people of one checkout may run this at once; the package folder itself is the lock."""
    folder = os.open(PACKAGE, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
