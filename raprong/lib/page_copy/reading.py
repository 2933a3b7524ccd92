"""The words of a page, in their order: what a reader would see of it without its looks."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

LEFT_OUT = {"script", "style", "noscript", "template", "svg", "iframe", "object", "canvas", "select", "button"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = {
    "p",
    "div",
    "li",
    "tr",
    "br",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "main",
    "aside",
    "table",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "hr",
    "form",
}
PARAGRAPHS = HEADINGS | BLOCKS
CELLS = {"td", "th"}
MOST_LETTERS = 100_000
LONGEST_PARAGRAPH = 5_000
DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{1,40})""", re.IGNORECASE)
THAI_OF_OLD = "cp874"


@dataclass(frozen=True)
class Paragraph:
    text: str
    heading: bool


@dataclass
class PageWords:
    title: str
    paragraphs: list[Paragraph]
    asks_for_password: bool
    cut: bool  # it has more words than are kept


def decoded(page: bytes, charset: str) -> str:
    """The page's letters: as its server says, as it says itself, as UTF-8 or as Thai of old, whichever reads first."""
    declared = found[1].decode() if (found := DECLARED.search(page[:4096])) else ""
    for name in (charset, declared, "utf-8", THAI_OF_OLD):
        try:
            return page.decode(THAI_OF_OLD if name.lower() in ("tis-620", "windows-874") else name)
        except (LookupError, UnicodeDecodeError):
            continue
    return page.decode("utf-8", "replace")


def words_of(text: str) -> PageWords:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.end_paragraph()
    kept, letters = list[Paragraph](), 0
    for one in reader.paragraphs:
        letters += len(one.text)
        if letters > MOST_LETTERS:
            break
        kept.append(one)
    title = _plain("".join(reader.title))[:300]
    return PageWords(title, kept, reader.asks_for_password, cut=len(kept) < len(reader.paragraphs))


@dataclass
class _Reader(HTMLParser):
    paragraphs: list[Paragraph] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    asks_for_password: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._words: list[str] = []
        self._left_out: list[str] = []
        self._heading = self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "input" and (dict(attrs).get("type") or "").lower() == "password":
            self.asks_for_password = True
        if tag in LEFT_OUT:
            self._left_out.append(tag)
        elif tag == "title":
            self._in_title = True
        elif tag in PARAGRAPHS:
            self.end_paragraph()
            self._heading = tag in HEADINGS
        elif tag in CELLS:
            self._words.append(" \N{MIDDLE DOT} ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._left_out:
            del self._left_out[self._left_out.index(tag) :]
        elif tag == "title":
            self._in_title = False
        elif tag in PARAGRAPHS:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        if self._left_out:
            return
        (self.title if self._in_title else self._words).append(data)

    def end_paragraph(self) -> None:
        text = _plain("".join(self._words)).strip(" \N{MIDDLE DOT}")
        if text:
            self.paragraphs.append(Paragraph(text[:LONGEST_PARAGRAPH], self._heading))
        self._words, self._heading = [], False


def _plain(text: str) -> str:
    return " ".join(text.split())
