"""Units, posts, people and roles, as an administrator enters them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from raprong.access.delegations import days_fault
from raprong.access.permissions import role_title
from raprong.access.roles import all_roles
from raprong.core.faults import Faults
from raprong.organisation.enums import Authority, UnitKind
from raprong.organisation.models import Agency, Person, Position, Unit
from raprong.web.processes.panel import unit_name
from raprong.web.shell.filters import in_thai
from raprong.web.shell.forms import DayField


class UnitField(forms.ModelChoiceField):
    def label_from_instance(self, unit: Unit) -> str:
        name = unit_name(unit)
        return f"{unit_name(unit.parent)} › {name}" if unit.parent else name


class PostField(forms.ModelChoiceField):
    def label_from_instance(self, post: Position) -> str:
        return f"{(not in_thai() and post.title_en) or post.title} · {unit_name(post.unit)}"


class PlacesFaults(forms.Form):
    """A form that shows each fault of a verb at its field."""

    def place(self, refused: Faults) -> None:
        for fault in refused.faults:
            self.add_error(fault.field if fault.field in self.fields else None, str(fault.sentence))


class AddUnitForm(PlacesFaults):
    """A unit, or a group of one."""

    parent = UnitField(
        label=_("Group of"),
        queryset=Unit.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label=_("No: it is a unit of its own"),
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    short_name = forms.CharField(
        label=_("Short name"), max_length=80, required=False, help_text=_("As workbooks name it, for example Group 1.")
    )
    letter_code = forms.CharField(
        label=_("Letter code"), max_length=40, required=False, help_text=_("Stands before the number of its letters.")
    )

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Unit.objects.filter(agency=agency, kind=UnitKind.OFFICE)


class AddPostForm(PlacesFaults):
    """A post of a unit."""

    title = forms.CharField(label=_("Post"), max_length=200)
    title_en = forms.CharField(label=_("Post in English"), max_length=200, required=False)
    heads_unit = forms.BooleanField(label=_("This post heads the unit"), required=False)


class AddPersonForm(PlacesFaults):
    """A person with an account."""

    name = forms.CharField(label=_("Name"), max_length=200)
    username = forms.CharField(label=_("User name"), max_length=150, widget=forms.TextInput({"autocapitalize": "none"}))


class AddressForm(PlacesFaults):
    """The e-mail address of an account."""

    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Notices go there where the person wishes it, and it serves to sign in. Empty: none."),
        error_messages={"invalid": _("Enter an e-mail address, such as name@office.go.th.")},
    )


class AppointForm(PlacesFaults):
    """A post from a day on."""

    position = PostField(label=_("Post"), queryset=Position.objects.none(), to_field_name="public_id", empty_label=None)
    starts_on = DayField(label=_("From the day"))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Position.objects.filter(unit__agency=agency).select_related("unit__parent")
        self.fields["position"].queryset = posts.order_by("unit__parent_id", "unit__order", "-heads_unit", "title")


class GiveRoleForm(PlacesFaults):
    """A role in a unit from a day on."""

    role = forms.ChoiceField(label=_("Role"))
    unit = UnitField(label=_("In"), queryset=Unit.objects.none(), to_field_name="public_id", empty_label=None)
    starts_on = DayField(label=_("From the day"))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(code, role_title(code)) for code in all_roles()]
        self.fields["unit"].queryset = Unit.objects.filter(agency=agency).select_related("parent")


class TakeAwayForm(PlacesFaults):
    """Why a second factor is taken away."""

    because = forms.CharField(
        label=_("Reason"),
        help_text=_("What happened to the device, and how you made sure that it is this person who asks."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OrderForm(PlacesFaults):
    """A dated order by which somebody signs for a post."""

    position = PostField(
        label=_("Post that is signed for"),
        queryset=Position.objects.none(),
        to_field_name="public_id",
        empty_label=None,
    )
    person = forms.ModelChoiceField(
        label=_("Who signs"), queryset=Person.objects.none(), to_field_name="public_id", empty_label=_("Choose")
    )
    authority = forms.ChoiceField(
        label=_("By what right"),
        choices=Authority.choices,
        initial=Authority.ACTING,
        widget=forms.RadioSelect,
        help_text=_("Acting for: the post is vacant or its holder is away. On behalf of: its holder has delegated it."),
    )
    order_number = forms.CharField(label=_("Number of the order"), max_length=80, help_text=_("For example 12/2570"))
    starts_on = DayField(label=_("From the day"))
    ends_on = DayField(label=_("Until the day"), required=False, help_text=_("Empty: until it is ended here."))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Position.objects.filter(unit__agency=agency).select_related("unit__parent")
        self.fields["position"].queryset = posts.order_by("unit__parent_id", "unit__order", "-heads_unit", "title")
        self.fields["person"].queryset = agency.people.order_by("name")

    def clean(self) -> dict[str, Any]:
        """Days that turn round are told together with what was left empty."""
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if starts_on and (sentence := days_fault(starts_on, ends_on)):
            self.add_error("ends_on", sentence)
        return self.cleaned_data


class SearchForm(forms.Form):
    """Words of a name, a post or a unit."""

    q = forms.CharField(label=_("Name, post or unit"), required=False, max_length=100)


def from_today(on: date) -> dict[str, date]:
    return {"starts_on": on}
