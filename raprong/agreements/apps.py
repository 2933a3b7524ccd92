from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds as audit
from raprong.notifications import kinds as notices


class Agreements(AppConfig):
    name = "raprong.agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from raprong.agreements.addenda import apply_due
        from raprong.agreements.control_checks import register_cards
        from raprong.core import regular  # its models need Django set up

        register_cards()
        regular.register(
            regular.RegularJob(
                "agreements.addenda", _("Addenda that take effect"), regular.just_after_midnight, apply_due
            )
        )
        audit.register(
            {
                "agreement.drafted": _("drafted the agreement"),
                "agreement.parties_named": _("named the parties"),
                "agreement.ceremony_set": _("set the day and the place of signing"),
                "agreement.way_chosen": _("chose the way of signing"),
                "agreement.signing_opened": _("opened the agreement for signing"),
                "agreement.sent_back": _("sent the agreement back to drafting"),
                "agreement.taken_to_paper": _("went over to signing by hand"),
                "ceremony.arranged": _("planned a ceremony"),
                "ceremony.changed": _("changed the plan of a ceremony"),
                "ceremony.called_off": _("called a ceremony off"),
                "ceremony.agreement_taken_in": _("put the agreement into a ceremony"),
                "ceremony.agreement_left_out": _("took the agreement out of a ceremony"),
                "ceremony.papers_kept_ready": _("had papers printed ready for a ceremony"),
                "agreement.shares_set": _("brought a person's agreement up to date with what they have taken on"),
                "agreement.addendum_drafted": _("drafted an addendum"),
                "agreement.addendum_changed": _("changed an addendum that is being drafted"),
                "agreement.addendum_applied": _("let the KPIs ask for what the addendum says"),
                "agreement.withdrawn": _("withdrew a draft of an agreement"),
                "agreement.approved": _("approved it as the last, and had the paper printed for signing"),
                "agreement.another_named": _("named another person in somebody's place"),
                "agreement.reminded": _("reminded those who are to sign"),
                "agreement.in_force": _("put the agreement in force with the last signature"),
            }
        )
        notices.register(
            {
                "agreement.signing_opened": _("%(agreement)s is open for signing."),
                "agreement.your_turn": _("%(agreement)s waits for your signature."),
                "agreement.sent_back": _("%(agreement)s went back to drafting: %(because)s"),
                "agreement.declined": _("%(name)s declined to sign %(agreement)s: %(because)s"),
                "agreement.another_named": _("In %(agreement)s, %(name)s signs in the place of %(before)s."),
                "ceremony.invited": _("You have a part in the ceremony %(ceremony)s."),
                "ceremony.called_off": _("The ceremony %(ceremony)s is called off: %(because)s"),
                "agreement.taken_to_paper": _("%(agreement)s is signed by hand now: %(because)s"),
                "agreement.scan_refused": _("The scan of %(agreement)s was not accepted: %(because)s"),
                "agreement.reminder": _("Reminder: %(agreement)s waits for your signature."),
                "agreement.in_force": _("%(agreement)s is in force."),
                "agreement.withdrawn": _("%(agreement)s was withdrawn before it was signed: %(because)s"),
                "agreement.overtaken": _(
                    "The KPIs of %(agreement)s ask for something else by now. It needs an addendum."
                ),
            }
        )
