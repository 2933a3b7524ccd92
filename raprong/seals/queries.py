from raprong.seals.models import SealedPaper


def paper_under(code: str) -> SealedPaper | None:
    """The paper that a code stands for; None where no paper here has it."""
    found = SealedPaper.objects.select_related("unit__agency", "certificate", "superseded_by", "proof")
    return found.filter(code=code).first() if code else None


def paper_of_file(sha256: str) -> SealedPaper | None:
    """The paper of which a file is the deposited one, or the copy with its proof appended; told by its hash."""
    found = SealedPaper.objects.select_related("unit__agency", "certificate", "superseded_by", "proof")
    return found.filter(sha256=sha256).first() or found.filter(proof__sha256=sha256).first()
