"""Seals on finished papers: making them, checking them, and the installation's own certificates.

PAdES baseline B-B over the whole file, appended so that the printed pages stay byte for byte as they were. pyHanko is
imported here only.
"""

from raprong.lib.signing.authority import KeysRefused, installation_roots, installation_signer
from raprong.lib.signing.signer import Signer
from raprong.lib.signing.verify import SealCheck, verify

__all__ = ["KeysRefused", "SealCheck", "Signer", "installation_roots", "installation_signer", "verify"]
