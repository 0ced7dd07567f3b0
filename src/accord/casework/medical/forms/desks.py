"""What the secretariat types: the doctor, the interview, the regions, the absences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.forms import DayField
from accord.casework.meetings.forms import WhenForm
from accord.casework.meetings.services import SeatWish
from accord.foundation.accounts.models import User
from accord.network.institutions.models import Institution


def names_of(doctors: Iterable[User], away: Iterable[UUID] = ()) -> list[tuple[str, str]]:
    """Doctors as choices; who is away today is said so."""
    gone = set(away)
    away_now = gettext("%(name)s (absence en cours)")
    return [(str(one.pk), away_now % {"name": one.name} if one.pk in gone else one.name) for one in doctors]


class AllocationForm(forms.Form):
    """Which doctor takes the request; the reason when it was another’s."""

    doctor = forms.TypedChoiceField(label=_("Médecin"), coerce=UUID, widget=forms.RadioSelect)
    absence_known = forms.BooleanField(
        label=_("Attribuer malgré l’absence"), required=False, widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("Pourquoi un autre médecin reprend-il la demande ?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Il reçoit la demande avec tout ce qui a été écrit."),
    )

    def __init__(
        self, *args: Any, doctors: Iterable[User], away: Iterable[UUID], is_first: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["doctor"].choices = names_of(doctors, away)  # type: ignore[attr-defined]
        if is_first:
            del self.fields["reason"]

    def show_absence(self) -> None:
        """Offer to allocate although the doctor is away."""
        self.fields["absence_known"].widget = forms.CheckboxInput()


class InterviewForm(WhenForm):
    """The interview: who is there, where, at what hour; the pre-assessment begins earlier by itself."""

    seats = forms.MultipleChoiceField(
        label=_("Qui est invité"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Invitez au moins une personne.")},
    )
    field_order = ("seats", "minutes", "room", "place", "video", "on", "hour", "clash_known")

    def __init__(self, *args: Any, people: list[tuple[Institution, list[User]]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {f"{house.pk}:{user.pk}": user.pk for house, users in people for user in users}
        self.fields["seats"].choices = [  # type: ignore[attr-defined]
            (house.name, [(f"{house.pk}:{user.pk}", user.name) for user in users])
            for house, users in people
            if users
        ]

    def users_typed(self) -> list[UUID]:
        """The colleagues chosen so far."""
        typed = self.data.getlist("seats") if isinstance(self.data, QueryDict) else []
        return [self.people[pair] for pair in typed if pair in self.people]

    def wishes(self) -> list[SeatWish]:
        """Whom to invite."""
        pairs = (typed.split(":") for typed in self.cleaned_data["seats"])
        return [SeatWish(UUID(house), UUID(user)) for house, user in pairs]


class RegionForm(forms.Form):
    """Who the doctor of a region is, and who replaces her."""

    doctor = forms.TypedChoiceField(label=_("Médecin"), coerce=UUID)
    replacement = forms.TypedChoiceField(
        label=_("Remplacement"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=_("Proposé quand le médecin est absent."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, doctors: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = names_of(doctors)
        self.fields["doctor"].choices = [("", str(_("Choisissez…"))), *choices]  # type: ignore[attr-defined]
        self.fields["replacement"].choices = [("", str(_("Personne"))), *choices]  # type: ignore[attr-defined]


class AbsenceForm(forms.Form):
    """From when to when a doctor is away."""

    doctor = forms.TypedChoiceField(label=_("Médecin"), coerce=UUID)
    since = DayField(label=_("Absence du"), help_text=_("Par exemple 22.11.2026."))
    until = DayField(label=_("Jusqu’au"), help_text=_("Ce jour compris."))

    def __init__(self, *args: Any, doctors: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["doctor"].choices = [("", str(_("Choisissez…"))), *names_of(doctors)]  # type: ignore[attr-defined]
