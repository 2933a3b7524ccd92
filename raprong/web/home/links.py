"""From a reference such as `circulation.letter:<id>` to the page of the thing."""

from __future__ import annotations

from django.urls import reverse

PAGES = {
    "files.frozenlink": ("files:link", "link"),
    "processes.run": ("processes:run", "run"),
    "agreements.agreement": ("agreements:sign", "agreement"),
    "evidence.evidence": ("evidence:evidence", "evidence"),
    "assessments.selfassessment": ("assessments:report", "assessment"),
    "assessments.grouppart": ("assessments:part", "part"),
    "assessments.export": ("assessments:export", "export"),
    "assessments.receipt": ("assessments:receipt", "receipt"),
    "evaluations.evaluation": ("evaluations:evaluation", "evaluation"),
    "evaluations.inquiry": ("evaluations:inquiry", "inquiry"),
    "evaluations.conflict": ("evaluations:conflicts", ""),
    "evaluations.externalfactor": ("evaluations:factor", "factor"),
    "evaluations.recommendation": ("evaluations:advice", "recommendation"),
    "evaluations.moderationmeeting": ("evaluations:moderation", "meeting"),
    "evaluations.sampleseed": ("evaluations:samples", ""),
    "objections.preliminary": ("objections:result", "result"),
    "objections.objection": ("objections:objection", "objection"),
    "circulation.letter": ("circulation:letter", "letter"),
    "cascade.commitment": ("cascade:given", "commitment"),
    "kpis.departmentlist": ("kpis:sent", "list_sent"),
    "kpis.kpiyear": ("kpis:kpi", "kpi"),
    "results.figurecomment": ("results:said", "comment"),
    "results.correctiveaction": ("results:acted", "action"),
    "results.monthclose": ("results:closed", "close"),
    "records.record": ("records:record", "record"),
    "seals.sealcertificate": ("seals:list", ""),
}


def address_of(about: str) -> str:
    """The page of the thing that is referred to; empty for a kind of thing that has none."""
    kind, _, public_id = about.partition(":")
    if kind not in PAGES:
        return ""
    name, argument = PAGES[kind]
    return reverse(name, kwargs={argument: public_id} if argument else None)
