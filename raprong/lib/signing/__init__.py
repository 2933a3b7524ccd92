"""Signatures and seals on finished papers: making them, checking them, and the installation's own certificates.

PAdES over the whole file, appended so that the printed pages stay byte for byte as they were. pyHanko and the drivers
of tokens are imported here only.
"""

from raprong.lib.signing.authority import KeysRefused, installation_roots, installation_signer
from raprong.lib.signing.certificates import CertificateFacts, revocation_list_in
from raprong.lib.signing.findings import Finding, Level
from raprong.lib.signing.marks import Mark
from raprong.lib.signing.personal import personal_signer
from raprong.lib.signing.proof import TimestampServer, archived, stamped
from raprong.lib.signing.refusals import SigningRefused, Why
from raprong.lib.signing.signer import Signer
from raprong.lib.signing.stored import StoredSeal, authority_in, each_among, roots_among, stored_seal, stored_signer
from raprong.lib.signing.tokens import Token, token_signer
from raprong.lib.signing.verify import FileCheck, SignatureCheck, verify

__all__ = [
    "CertificateFacts",
    "FileCheck",
    "Finding",
    "KeysRefused",
    "Level",
    "Mark",
    "SignatureCheck",
    "Signer",
    "SigningRefused",
    "TimestampServer",
    "Token",
    "Why",
    "StoredSeal",
    "archived",
    "authority_in",
    "each_among",
    "roots_among",
    "stored_seal",
    "stored_signer",
    "installation_roots",
    "installation_signer",
    "personal_signer",
    "revocation_list_in",
    "stamped",
    "token_signer",
    "verify",
]
