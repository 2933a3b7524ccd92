"""With which certificate each unit seals its papers, whose certificates are trusted, and which papers were sealed.

Nouns: `SealCertificate` (a unit's or an agency's, its key encrypted), `TrustedAuthority` (a root that signers'
certificates may lead to), `SealedPaper` (what the public may check about a finished paper, by the code printed on it).
Until an agency installs its own certificate, papers are sealed by the installation's, which is for evaluation and
training and says so.
"""
