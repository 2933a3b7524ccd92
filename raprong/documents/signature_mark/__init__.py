"""ลายมือชื่อดิจิทัลบนเอกสาร: what is seen on a paper where somebody signed it with a certificate."""

from raprong.documents.signature_mark.drawing import draw
from raprong.documents.signature_mark.shape import SignatureMark

__all__ = ["SignatureMark", "draw"]
