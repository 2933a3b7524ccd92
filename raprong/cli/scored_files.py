"""Files that `raprong score` is asked about: scored, or refused in sentences that name the file."""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.scoring.document import ScoringFaults, parse_document, score_document
from raprong.lib.scoring.scheme import Scheme, read_scheme, read_schemes, scheme_faults, scheme_from_data
from raprong.lib.scoring.tables import fault_sentences, is_table, read_table
from raprong.lib.workbooks.faults import WorkbookFaults

MOST_BYTES = 50 * 1024**2
MOST_BYTES_OF_JSON = 20 * 1024**2  # it takes many times its size to read


class FileRefused(ValueError):
    """A file that cannot be scored; ``sentences`` say everything that is wrong with it."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(self.sentences))


def score_file(file: str, scheme: Scheme | None, *, explain: bool) -> dict[str, Any]:
    """Score a document or a table; ``-`` is the standard input. What cannot be scored raises :class:`FileRefused`."""
    content = _content_of(file)
    if is_table(content, file):
        return _scored_table(file, content, scheme, explain)
    try:
        return score_document(_document(file, content), scheme=scheme, explain=explain)
    except ScoringFaults as faults:
        raise FileRefused(f"{file}: {fault}" for fault in str(faults).splitlines()) from None


def scheme_named(named: str, folders: Sequence[Path]) -> Scheme:
    """A scheme by its name in one of the folders, the later folder before the earlier, or in a YAML or JSON file."""
    if named.endswith(".json"):
        return _scheme_in_json(named)
    try:
        if named.endswith((".yaml", ".yml")):
            return read_scheme(Path(named))
        known = {code: scheme for folder in folders for code, scheme in read_schemes(folder).items()}
    except OSError as error:
        raise FileRefused([f"{named}: {error.strerror}. Name a file that can be read."]) from None
    except DefinitionFaults as faults:
        raise FileRefused(str(faults).splitlines()) from None
    if named not in known:
        raise FileRefused([f"There is no scheme {named}. Name a file, or one of: {', '.join(known)}."])
    return known[named]


def _scored_table(file: str, content: bytes, scheme: Scheme | None, explain: bool) -> dict[str, Any]:
    try:
        read = read_table(content, file)
    except WorkbookFaults as refused:
        raise FileRefused(f"{file}: {fault}" for fault in refused.faults) from None
    of_document: ScoringFaults | None = None
    try:
        answer = score_document(read.document, scheme=scheme, explain=explain)
    except ScoringFaults as faults:
        of_document = faults
    if told := fault_sentences(read, of_document):
        raise FileRefused(f"{file}: {sentence}" for sentence in told)
    return answer


def _scheme_in_json(file: str) -> Scheme:
    try:
        data = _document(file, _content_of(file))
    except ScoringFaults as faults:
        raise FileRefused(f"{file}: {fault}" for fault in str(faults).splitlines()) from None
    if faults_found := scheme_faults(data):
        raise FileRefused(f"{file}: {fault.path}: {fault.sentence}" for fault in faults_found)
    return scheme_from_data(data)


def _content_of(file: str) -> bytes:
    """The bytes of a file, of which no more are read than may be."""
    try:
        if file == "-":
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileRefused([f"{file}: {error.strerror}. Name a file that can be read."]) from None
    _check_size(file, content, MOST_BYTES)
    return content


def _document(file: str, content: bytes) -> Any:
    """A JSON document, with or without a byte-order mark before its text."""
    _check_size(file, content, MOST_BYTES_OF_JSON)
    try:
        return parse_document(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise FileRefused([f"{file}: This is not UTF-8 text. Save it as UTF-8."]) from None


def _check_size(file: str, content: bytes, most: int) -> None:
    if len(content) > most:
        raise FileRefused([f"{file}: This file is larger than {most // 1024**2} MB. Send it in parts."])
