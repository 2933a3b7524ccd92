"""The formula of a KPI: + − × ÷ and brackets over named inputs, reckoned exactly.

Names are small Latin letters, digits and ``_``, a letter first: ``a``, ``b``, ``passed``. ``x`` alone is read as the
multiplication sign, as officers type it. Thai digits are read, and ``×``, ``÷``, ``−`` like ``*``, ``/``, ``-``.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import add, mul, sub
from typing import NoReturn

from raprong.lib.thai.digits import to_arabic_digits

MOST_LETTERS = 200
MOST_DEPTH = 20  # brackets inside brackets
NAME = re.compile(r"[a-z][a-z0-9_]{0,19}\Z")
_SIGNS = {"+": "+", "-": "-", "−": "-", "–": "-", "*": "*", "×": "*", "x": "*", "X": "*", "/": "/", "÷": "/"}
_SHOWN = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_WORD = re.compile(r"\s*(?:(?P<number>\d[\d,]*(?:\.\d+)?)|(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<sign>\S))")


@dataclass(frozen=True)
class FormulaFault:
    """Why a formula cannot be used or reckoned: the letter it stands at (the first is 1; 0 is the whole formula)."""

    at: int
    sentence: str
    sentence_th: str


class FormulaRefused(Exception):
    """The formula cannot be read, or not be reckoned with these figures."""

    def __init__(self, *faults: FormulaFault) -> None:
        super().__init__("; ".join(fault.sentence for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Number:
    """A number written in the formula, such as 100."""

    value: Fraction


@dataclass(frozen=True)
class Input:
    """A figure that is collected, by its name."""

    name: str
    at: int


@dataclass(frozen=True)
class Operation:
    """Two parts with a sign between them; a minus before a part is nought minus it."""

    sign: str
    left: "Part"
    right: "Part"
    at: int


Part = Number | Input | Operation


def reckon(expression: str, inputs: Mapping[str, Decimal | Fraction | int]) -> Fraction:
    """Reckon a formula with a figure for each input, without rounding.

    Refused with ``FormulaRefused``: what cannot be read, an input without a figure, and dividing by nought.
    """
    formula = parse(expression)
    lacking = [name for name in names_in(formula) if name not in inputs]
    if lacking:
        raise FormulaRefused(
            *(FormulaFault(0, f"Give a figure for “{name}”.", f"ให้ระบุตัวเลขของ “{name}”") for name in lacking)
        )
    return _reckoned(formula, {name: Fraction(figure) for name, figure in inputs.items()})


def formula_faults(expression: str, names: Collection[str]) -> list[FormulaFault]:
    """Everything wrong with a formula over these inputs; none means that it can be reckoned.

    What cannot be read is told alone. Else every name that is not among the inputs, and every input that the formula
    does not use, and a division by a written nought.
    """
    try:
        formula = parse(expression)
    except FormulaRefused as refused:
        return list(refused.faults)
    return list(_faults_of_names(formula, names))


def parse(expression: str) -> Part:
    """Read a formula; the first place at which it cannot be read is refused with ``FormulaRefused``."""
    if len(expression) > MOST_LETTERS:
        _refuse(0, f"Use at most {MOST_LETTERS} letters.", f"ใช้ไม่เกิน {MOST_LETTERS} ตัวอักษร")
    return _Reader(expression).formula()


def names_in(formula: Part) -> list[str]:
    """The inputs that a formula uses, in the order in which they stand, each once."""
    return list(dict.fromkeys(part.name for part in _parts(formula) if isinstance(part, Input)))


def denominators_in(formula: Part) -> list[str]:
    """The inputs that stand under a division; empty where the formula is no ratio of inputs."""
    below = (part.right for part in _parts(formula) if isinstance(part, Operation) and part.sign == "/")
    return list(dict.fromkeys(name for part in below for name in names_in(part)))


def _parts(formula: Part) -> Iterator[Part]:
    yield formula
    if isinstance(formula, Operation):
        yield from _parts(formula.left)
        yield from _parts(formula.right)


def _faults_of_names(formula: Part, names: Collection[str]) -> Iterator[FormulaFault]:
    told: set[str] = set()
    for part in _parts(formula):
        if isinstance(part, Input) and part.name not in names and part.name not in told:
            told.add(part.name)
            yield FormulaFault(
                part.at,
                f"“{part.name}” is not among the inputs. Add it to them, or correct the name.",
                f"ไม่มี “{part.name}” ในรายการข้อมูลที่ใช้คำนวณ ให้เพิ่มหรือแก้ชื่อให้ตรงกัน",
            )
        if isinstance(part, Operation) and part.sign == "/" and part.right == Number(Fraction(0)):
            yield FormulaFault(part.at, "Nothing can be divided by 0.", "หารด้วย 0 ไม่ได้")
    used = names_in(formula)
    for name in names:
        if name not in used:
            yield FormulaFault(
                0,
                f"The formula does not use “{name}”. Put it in, or take it out of the inputs.",
                f"สูตรไม่ได้ใช้ “{name}” ให้ใส่ในสูตรหรือนำออกจากรายการข้อมูล",
            )


_REACHED = {"+": add, "-": sub, "*": mul}


def _reckoned(part: Part, inputs: Mapping[str, Fraction]) -> Fraction:
    match part:
        case Number(value):
            return value
        case Input(name):
            return inputs[name]
        case Operation(sign, left, right, at):
            one, other = _reckoned(left, inputs), _reckoned(right, inputs)
            if sign != "/":
                return Fraction(_REACHED[sign](one, other))
            if not other:
                _refuse_division(right, at)
            return one / other


def _refuse_division(divisor: Part, at: int) -> NoReturn:
    names = ", ".join(f"“{name}”" for name in names_in(divisor))
    _refuse(
        at,
        f"The formula divides by {names or 'a number'}, and that is 0 here. Correct the figure.",
        f"สูตรหารด้วย {names or 'ตัวเลข'} ซึ่งเป็น 0 ให้แก้ตัวเลข",
    )


def _refuse(at: int, sentence: str, sentence_th: str) -> NoReturn:
    raise FormulaRefused(FormulaFault(at, sentence, sentence_th))


@dataclass(frozen=True)
class _Word:
    kind: str  # number, name, sign; end after the last
    text: str
    at: int


class _Reader:
    """Reads a formula from left to right: sums of products of numbers, inputs and brackets."""

    def __init__(self, expression: str) -> None:
        self.words = [*_words(expression), _Word("end", "", len(expression) + 1)]
        self.place = 0
        self.depth = 0

    def formula(self) -> Part:
        if self.words[0].kind == "end":
            _refuse(0, "Write the formula, such as a / b * 100.", "ให้เขียนสูตร เช่น a / b * 100")
        read = self._sum()
        word = self.words[self.place]
        if word.text == ")":
            _refuse(
                word.at,
                f"The bracket at letter {word.at} closes nothing. Take it out, or open one before it.",
                f"วงเล็บปิดที่ตัวอักษรที่ {word.at} ไม่มีวงเล็บเปิด ให้นำออกหรือเพิ่มวงเล็บเปิด",
            )
        if word.kind != "end":
            _refuse(
                word.at,
                f"Put a sign such as + or × before “{word.text}” at letter {word.at}.",
                f"ให้ใส่เครื่องหมาย เช่น + หรือ × หน้า “{word.text}” ที่ตัวอักษรที่ {word.at}",
            )
        return read

    def _sum(self) -> Part:
        return self._joined("+-", self._product)

    def _product(self) -> Part:
        return self._joined("*/", self._signed)

    def _joined(self, signs: str, inside: Callable[[], Part]) -> Part:
        left = inside()
        while (word := self.words[self.place]).kind == "sign" and word.text in signs:
            self.place += 1
            left = Operation(word.text, left, inside(), word.at)
        return left

    def _signed(self) -> Part:
        word = self.words[self.place]
        if word.kind == "sign" and word.text == "-":
            self.place += 1
            return Operation("-", Number(Fraction(0)), self._one(), word.at)
        return self._one()

    def _one(self) -> Part:
        word = self.words[self.place]
        self.place += 1
        if word.kind == "number":
            return Number(Fraction(word.text.replace(",", "")))
        if word.kind == "name":
            return Input(word.text, word.at)
        if word.text == "(":
            return self._bracket(word.at)
        return self._refuse_no_part(word)

    def _bracket(self, at: int) -> Part:
        self.depth += 1
        if self.depth > MOST_DEPTH:
            _refuse(at, f"Use at most {MOST_DEPTH} brackets inside each other.", f"ใช้วงเล็บซ้อนกันไม่เกิน {MOST_DEPTH} ชั้น")
        inside = self._sum()
        if self.words[self.place].text != ")":
            _refuse(
                at,
                f"The bracket at letter {at} is not closed. Add “)”.",
                f"วงเล็บเปิดที่ตัวอักษรที่ {at} ยังไม่ปิด ให้เพิ่ม “)”",
            )
        self.place += 1
        self.depth -= 1
        return inside

    def _refuse_no_part(self, word: _Word) -> NoReturn:
        if word.kind == "end":
            _refuse(
                word.at,
                "The formula ends too early: a number or an input's name is missing at its end.",
                "สูตรจบเร็วเกินไป ท้ายสูตรขาดตัวเลขหรือชื่อข้อมูล",
            )
        shown = _SHOWN.get(word.text, word.text)
        _refuse(
            word.at,
            f"A number or an input's name is missing before “{shown}” at letter {word.at}.",
            f"ขาดตัวเลขหรือชื่อข้อมูลหน้า “{shown}” ที่ตัวอักษรที่ {word.at}",
        )


def _words(expression: str) -> Iterator[_Word]:
    text = to_arabic_digits(expression)
    for found in _WORD.finditer(text):
        kind = found.lastgroup or "sign"
        word, at = found.group(kind), found.start(kind) + 1
        if word in _SIGNS:
            yield _Word("sign", _SIGNS[word], at)
        elif kind == "number" or word in "()" or (kind == "name" and NAME.match(word)):
            yield _Word(kind, word, at)
        else:
            _refuse(
                at,
                f"“{word}” at letter {at} cannot be read. Use small Latin letters for inputs, numbers, + − × ÷ and "
                "brackets.",
                f"อ่าน “{word}” ที่ตัวอักษรที่ {at} ไม่ได้ ใช้อักษรละตินตัวเล็กเป็นชื่อข้อมูล ตัวเลข เครื่องหมาย + − × ÷ และวงเล็บ",
            )
