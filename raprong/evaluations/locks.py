"""The lock that the verbs of this room hold to their end, and the mark that an evaluation has changed."""

from raprong.evaluations.models import Evaluation


def locked_evaluation(evaluation: Evaluation) -> Evaluation:
    return (
        Evaluation.objects.select_for_update(of=("self",))
        .select_related("assessment__run__unit__agency", "assessment__run__sop", "scored_by")
        .get(pk=evaluation.pk)
    )


def mark_changed(evaluation: Evaluation) -> None:
    """Whoever confirms confirms what they have read: what is added to the scores makes a new version."""
    evaluation.version += 1
    evaluation.save(update_fields=["version"])
