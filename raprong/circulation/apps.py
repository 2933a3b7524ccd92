from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from raprong.audit import kinds as audit
from raprong.notifications import kinds as notices


class Circulation(AppConfig):
    name = "raprong.circulation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        audit.register(
            {
                "letter.drafted": _("drafted the letter"),
                "letter.revised": _("revised the letter"),
                "letter.signer_chosen": _("chose who is asked to sign the letter"),
                "letter.handed_in": _("handed the letter in for checking"),
                "letter.sent_back": _("sent the letter back"),
                "letter.checked": _("checked the letter and passed it on"),
                "letter.signed": _("signed the letter and gave it its number"),
                "letter.sent": _("sent the letter"),
                "letters.ordered": _("asked for the same with many letters"),
                "letters.stopped": _("stopped what was done with many letters"),
                "letters.moved": _("moved many letters on"),
                "letter.called_again": _("asked those once more who had not opened the letter"),
                "letter.cancelled": _("cancelled the letter; its number stays"),
                "letter.read": _("opened the letter"),
                "letter.acknowledged": _("acknowledged the letter"),
            }
        )
        notices.register(
            {
                "letter.to_check": _("%(letter)s waits for you to check it."),
                "letter.sent_back": _("%(letter)s was sent back: %(because)s"),
                "letter.to_sign": _("%(letter)s waits for your signature."),
                "letter.signed": _("%(letter)s is signed: %(number)s."),
                "letter.cancelled": _("%(letter)s is cancelled; its number %(number)s stays in the register."),
                "letter.second_call": _("A gentle reminder: %(letter)s, sent to you on %(day)s, is not opened yet."),
                "letter.received": _("You have received a letter: %(letter)s."),
            }
        )
