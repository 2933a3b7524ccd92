"""Forms of the year's agreement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.agreements.enums import TURN, Side
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.parties import LAST_TURN, LONGEST_POST, NamedParty
from raprong.core.faults import Faults
from raprong.lib.signing import Signer, Token, personal_signer, token_signer
from raprong.organisation.models import Person
from raprong.signatures.enums import Way
from raprong.signatures.scans import MOST_FILES
from raprong.web.files.fields import FileDrop, UploadedOrIncoming
from raprong.web.shell.forms import DayField

EMPTY_ROWS = 2
LARGEST_CERTIFICATE = 512 * 1024  # bytes that are read at most; the library says which size is too large


class NamedForm(forms.Form):
    """Who signs, and how the paper prints them."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), to_field_name="public_id", empty_label="–"
    )
    post = forms.CharField(label=_("Post, as printed"), max_length=LONGEST_POST)
    acting = forms.CharField(
        label=_("Signs in another's place"),
        max_length=LONGEST_POST,
        required=False,
        help_text=_("The words under the post and the number of the order; empty for one's own post."),
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class PartyForm(NamedForm):
    """One person on one side."""

    side = forms.ChoiceField(label=_("Side"), choices=Side.choices, initial=Side.MAKER)
    turn = forms.IntegerField(
        label=_("Turn"),
        min_value=1,
        max_value=LAST_TURN,
        required=False,
        help_text=_("Lower turns sign first. Empty: approvers, then makers, then receivers."),
    )
    field_order = ["side", "person", "post", "acting", "turn"]


class PartyForms(forms.BaseFormSet[PartyForm]):
    """A row for each party, with a tick to leave it out, and some empty ones."""

    def add_fields(self, form: PartyForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Leave this party out")


PartyFormSet = forms.formset_factory(
    PartyForm,
    formset=PartyForms,
    extra=EMPTY_ROWS,
    max_num=60,
    validate_max=True,
    can_delete=True,
    can_delete_extra=False,
)


def party_forms(agreement: Agreement, parties: list[AgreementParty], data: Any = None) -> Any:
    """A row for each party and some empty ones."""
    initial = [
        {
            "side": party.side,
            "person": party.person.public_id,
            "post": party.post,
            "acting": party.acting,
            "turn": None if party.turn == TURN.get(Side(party.side), 0) else party.turn,
        }
        for party in parties
    ]
    people = Person.objects.filter(agency=agreement.run.unit.agency_id)
    return PartyFormSet(data, initial=initial, form_kwargs={"people": people}, prefix="parties")


def named_in(rows: Any) -> list[tuple[int, NamedParty]]:
    """The parties that were entered, each with the number of its row."""
    return [
        (number, NamedParty(Side(row["side"]), row["person"], row["post"], row["acting"], row["turn"]))
        for number, row in enumerate(form.cleaned_data for form in rows)
        if row.get("person") and not row.get("DELETE")
    ]


def place_faults(rows: Any, numbers: list[int], refused: Faults) -> list[str]:
    """Put each fault at its row; answer those that belong to the whole form."""
    whole = []
    for fault in refused.faults:
        kind, _dot, number = fault.field.partition(".")
        if kind == "parties" and number:
            rows[numbers[int(number)]].add_error("person", str(fault.sentence))
        else:
            whole.append(str(fault.sentence))
    return whole


class CeremonyForm(forms.Form):
    """When and where the agreement is signed."""

    signing_on = DayField(label=_("Day of signing"))
    venue = forms.CharField(label=_("Place"), max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput)


class WayForm(forms.Form):
    """How the agreement is signed."""

    way = forms.ChoiceField(label=_("Way of signing"), choices=Way.choices, widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)


class OwnCertificate(forms.Form):
    """Somebody's own certificate with its password, or the PIN of their token. Nothing of it is kept."""

    on_token = forms.BooleanField(
        label=_("Sign with my token on the server"), help_text=_("Then give its PIN below."), required=False
    )
    certificate = forms.FileField(
        label=_("Your certificate (.p12 or .pfx)"),
        help_text=_("The file that your certification authority gave you. It is used now and not kept."),
        required=False,
        error_messages={"required": _("Choose the file with your certificate.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".p12,.pfx,application/x-pkcs12"}),
    )
    password = forms.CharField(
        label=_("Password of the certificate, or PIN of the token"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, token: Token | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._token = token
        if token is None:
            del self.fields["on_token"]
            self.fields["certificate"].required = True

    def clean(self) -> dict[str, Any]:
        entered: dict[str, Any] = super().clean() or {}
        if not entered.get("on_token") and not entered.get("certificate") and "certificate" not in self.errors:
            self.add_error("certificate", _("Choose the file with your certificate."))
        return entered

    @contextmanager
    def opened(self, *, at: datetime) -> Iterator[Signer]:
        """The signer that the file or the token holds; raises SigningRefused in words of its own."""
        entered = self.cleaned_data
        if self._token is not None and entered.get("on_token"):
            with token_signer(self._token, entered["password"], at=at) as signer:
                yield signer
            return
        yield personal_signer(entered["certificate"].read(LARGEST_CERTIFICATE), entered["password"], at=at)


class CertificateForm(OwnCertificate):
    """What a party saw, that they mean it, and their certificate."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)
    intent = forms.BooleanField(
        error_messages={"required": _("Tick this to say that you mean to sign what you have read.")}
    )
    field_order = ["seen_sha256", "intent", "on_token", "certificate", "password"]

    def __init__(self, *args: Any, intent: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["intent"].label = intent


class ScanForm(forms.Form):
    """The scan of the signed paper."""

    signed_on = DayField(label=_("Day written on the paper"))
    sheets = UploadedOrIncoming(
        label=_("Scan or photographs"),
        help_text=_("One PDF with all pages, or a picture of each page, in any order."),
        most=MOST_FILES,
        widget=FileDrop(attrs={"accept": "image/jpeg,image/png,image/webp,.pdf"}),
    )


class SendBackForm(forms.Form):
    """Why the agreement goes back."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("Every party reads it. Signatures given so far bind nobody any more."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WithdrawForm(forms.Form):
    """Why a draft is not needed."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody named in it reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DeclineForm(forms.Form):
    """Why somebody does not sign."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("Everybody with a part in the agreement reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SubstituteForm(NamedForm):
    """Who signs in somebody's place."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """The version of the agreement that the person looked at."""

    version = forms.IntegerField()
