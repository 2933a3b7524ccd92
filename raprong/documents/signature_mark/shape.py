"""What is printed where somebody signed with a certificate."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from raprong.lib.thai.dates import BANGKOK


@dataclass(frozen=True)
class SignatureMark:
    """Whose certificate signed, who issued it, and when. Not a paper: a drawing that is laid into one."""

    kind: ClassVar[str] = "signature_mark"

    name: str
    issuer: str
    signed: datetime
    act: str = "ลงลายมือชื่อดิจิทัลโดย"
    thai_digits: bool = True

    @property
    def title(self) -> str:
        return f"{self.act} {self.name}"

    @property
    def author(self) -> str:
        return self.name

    @property
    def dated_on(self) -> date:
        return self.signed.astimezone(BANGKOK).date()
