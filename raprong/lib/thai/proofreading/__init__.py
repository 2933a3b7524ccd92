"""Proof-reading of official papers: what a careful clerk would mark in pencil before the director signs.

Plain texts in, findings out: each says where it stands, which words it means and what to do, in Thai and in English,
and brings the correction along where there can be only one. How grave each rule is, and the words it goes by, are data
of ``definitions/proofreading``.
"""

from raprong.lib.thai.proofreading.reader import corrected, proofread
from raprong.lib.thai.proofreading.settings import ProofRules, official_papers
from raprong.lib.thai.proofreading.shape import Edit, Expected, Finding, Passage, Severity

__all__ = [
    "Edit",
    "Expected",
    "Finding",
    "Passage",
    "ProofRules",
    "Severity",
    "corrected",
    "official_papers",
    "proofread",
]
