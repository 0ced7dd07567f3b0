"""The shape of a meeting, of what is noted of it, and of a room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.enums import Audience, Category
from accord.casework.cases.forms import DayField, categories_of
from accord.casework.meetings.enums import SECTION_WORDS
from accord.casework.meetings.models import Room, Seat
from accord.casework.meetings.rules import (
    LEAST_MINUTES,
    MOST_MINUTES,
    at_local,
    kind_before,
    longest_minutes,
)
from accord.casework.meetings.services import SeatWish
from accord.foundation.accounts.models import User
from accord.kernel.clock import SWISS_TIME
from accord.network.institutions.models import Institution, Site
from accord.network.programmes.rules import MeetingKind, Programme

HOUR_FORMATS = ["%H:%M", "%Hh%M", "%H.%M", "%H"]
LINE_LENGTH = 300
TEXT_LENGTH = 20_000


class HourField(forms.TimeField):
    """An hour, typed as people write it here: 14:30, 14h30 or 14."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", HOUR_FORMATS)
        options.setdefault("widget", forms.TimeInput(format="%H:%M", attrs={"placeholder": "14:30"}))
        options.setdefault("error_messages", {"invalid": _("Écrivez l’heure ainsi : 14:30.")})
        super().__init__(**options)


class WhenForm(forms.Form):
    """When and where; common to calling a meeting and to moving it."""

    on = DayField(label=_("Jour"), help_text=_("Par exemple 22.11.2026."))
    hour = HourField(label=_("Heure"), help_text=_("Heure suisse, par exemple 14:30."))
    minutes = forms.IntegerField(
        label=_("Durée en minutes"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES, initial=60
    )
    room = forms.TypedChoiceField(label=_("Salle"), coerce=UUID, empty_value=None, required=False)
    place = forms.CharField(
        label=_("Autre lieu"),
        max_length=200,
        required=False,
        help_text=_("Quand la rencontre ne se tient pas dans une salle de la liste."),
    )
    video = forms.URLField(label=_("Lien vidéo"), max_length=500, required=False, assume_scheme="https")
    clash_known = forms.BooleanField(
        label=_("Fixer quand même à cette heure"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, rooms: Iterable[Room], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = list(rooms)
        self.rooms = {str(room.pk) for room in offered}
        self.fields["room"].choices = [("", str(_("Aucune salle"))), *_rooms(offered)]  # type: ignore[attr-defined]

    def starts_at(self) -> datetime:
        """The instant of the day and hour that were typed."""
        return at_local(self.cleaned_data["on"], self.cleaned_data["hour"])

    def whereabouts(self) -> dict[str, Any]:
        """Where it takes place, as the services take it."""
        typed = self.cleaned_data
        return {"room_id": typed["room"], "place": typed["place"], "video": typed["video"]}

    def length_typed(self) -> int:
        """The minutes typed so far, one hour when they are none."""
        typed = str(self.data.get("minutes", ""))
        return min(int(typed), MOST_MINUTES) if typed.isdecimal() and int(typed) else 60

    def room_typed(self) -> UUID | None:
        """The room chosen so far."""
        typed = str(self.data.get("room", ""))
        return UUID(typed) if typed in self.rooms else None

    def show_clash(self) -> None:
        """Offer to go on although somebody is taken."""
        self.fields["clash_known"].widget = forms.CheckboxInput()


def _rooms(rooms: Iterable[Room]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Rooms under their institution and site, with their number of chairs."""
    grouped: dict[str, list[tuple[str, str]]] = {}
    for room in rooms:
        words = str(_("%(room)s, %(seats)s places")) % {"room": room.name, "seats": room.seats}
        house = f"{room.site.institution.short_name}, {room.site.name}"
        grouped.setdefault(house, []).append((str(room.pk), words))
    return list(grouped.items())


class WhoForm(forms.Form):
    """What kind of meeting, and who comes; common to calling a meeting and to changing it."""

    kind = forms.ChoiceField(label=_("Type de rencontre"), widget=forms.RadioSelect)
    seats = forms.MultipleChoiceField(
        label=_("Qui est invité"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Invitez au moins une personne.")},
    )
    wants_person = forms.BooleanField(
        label=_("La personne y participe"),
        required=False,
        help_text=_("Compte là où le dispositif laisse le choix."),
    )
    doctor_reason = forms.CharField(
        label=_("Pourquoi le médecin vient-il par exception ?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Demandé quand le dispositif ne le prévoit que par exception. Sans détail médical."),
    )

    def __init__(
        self, *args: Any, programme: Programme, people: list[tuple[Institution, list[User]]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        language = get_language() or "fr"
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.key, kind_in_words(programme, kind, language)) for kind in programme.meetings
        ]
        self.people = {f"{house.pk}:{user.pk}": user for house, users in people for user in users}
        self.fields["seats"].choices = [  # type: ignore[attr-defined]
            (house.name, [(f"{house.pk}:{user.pk}", user.name) for user in users])
            for house, users in people
            if users
        ]

    def users_typed(self) -> list[UUID]:
        """The colleagues chosen so far."""
        typed = self.data.getlist("seats") if isinstance(self.data, QueryDict) else []
        return [self.people[pair].pk for pair in typed if pair in self.people]

    def wishes(self) -> list[SeatWish]:
        """Whom to invite."""
        pairs = (typed.split(":") for typed in self.cleaned_data["seats"])
        return [SeatWish(UUID(house), UUID(user)) for house, user in pairs]

    def names(self, pairs: Iterable[str]) -> str:
        """The colleagues of these choices, one in each line."""
        return "\n".join(sorted(self.people[pair].name for pair in pairs if pair in self.people))


class MeetingForm(WhoForm, WhenForm):
    """A meeting to be called."""

    agenda = forms.CharField(
        label=_("Ordre du jour"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-draft": ""}),
        help_text=_("Un point par ligne. Les invitations n’en disent rien."),
    )
    field_order = (
        "kind", "seats", "wants_person", "doctor_reason", "minutes", "room", "place", "video", "on", "hour",
        "clash_known", "agenda",
    )  # fmt: skip

    def clean_agenda(self) -> list[str]:
        """The points, one from each line."""
        return points_of(self.cleaned_data["agenda"])


class ReseatForm(WhoForm):
    """Others who come, or another kind of meeting, and the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    clash_known = forms.BooleanField(
        label=_("Inviter quand même à cette heure"), required=False, widget=forms.HiddenInput
    )

    def show_clash(self) -> None:
        """Offer to go on although somebody is taken."""
        self.fields["clash_known"].widget = forms.CheckboxInput()


class AttachForm(forms.Form):
    """For whom an answer is noted."""

    seat = forms.ChoiceField(label=_("Qui a répondu ?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, seats: Iterable[Seat], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seat"].choices = [  # type: ignore[attr-defined]
            (str(seat.pk), f"{seat.user.name}, {seat.institution.short_name}") for seat in seats
        ]


def kind_in_words(programme: Programme, kind: MeetingKind, language: str) -> str:
    """A kind of meeting with what the programme says of it, as a choice."""
    words = [kind.label.in_(language), str(_("%(n)s min au plus")) % {"n": longest_minutes(kind)}]
    words.append(str(PERSON_WORDS[kind.person_present]))
    if kind.doctor in DOCTOR_WORDS:
        words.append(str(DOCTOR_WORDS[kind.doctor]))
    if before := kind_before(programme, kind):
        words.append(
            str(_("%(kind)s fixé %(n)s min avant"))
            % {"kind": before.label.in_(language), "n": kind.offset_minutes}
        )
    return " · ".join(words)


PERSON_WORDS = {
    "yes": _("avec la personne"),
    "no": _("sans la personne"),
    "optional": _("avec ou sans la personne"),
}
DOCTOR_WORDS = {
    "required": _("médecin nécessaire"),
    "exception": _("médecin par exception"),
    "none": _("sans médecin"),
}


def points_of(typed: str) -> list[str]:
    """The points of an agenda, one from each line; too long a line is refused."""
    points = [line.strip(" -–•\t") for line in typed.splitlines() if line.strip(" -–•\t")]
    if any(len(point) > LINE_LENGTH for point in points):
        raise forms.ValidationError(_("Un point de l’ordre du jour tient en une ligne."))
    return points


class MoveForm(WhenForm):
    """Another hour or place for a meeting, and the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CancelForm(forms.Form):
    """Why a meeting does not take place."""

    reason = forms.CharField(
        label=_("Pourquoi la rencontre n’a-t-elle pas lieu ?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Une phrase, sans détail médical. Les invitations annulées n’en disent rien."),
    )


class AgendaForm(forms.Form):
    """What will be talked about."""

    agenda = forms.CharField(
        label=_("Ordre du jour"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-draft": ""}),
        help_text=_("Un point par ligne."),
    )

    def clean_agenda(self) -> list[str]:
        """The points, one from each line."""
        return points_of(self.cleaned_data["agenda"])


class AttendanceForm(forms.Form):
    """Who was there."""

    attended = forms.MultipleChoiceField(
        label=_("Qui était présent"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins une personne qui était présente.")},
    )
    person_came = forms.BooleanField(
        label=_("La personne était présente"),
        required=False,
        help_text=_("Sans elle, une évaluation ne compte pas comme faite."),
    )

    def __init__(self, *args: Any, seats: Iterable[Seat], person_expected: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["attended"].choices = [  # type: ignore[attr-defined]
            (str(seat.pk), f"{seat.user.name}, {seat.institution.short_name}") for seat in seats
        ]
        if not person_expected:
            del self.fields["person_came"]


class MinutesForm(forms.Form):
    """The minutes, section by section; what kind of data they hold, and to whom they are addressed."""

    category = forms.TypedChoiceField(
        label=_("Type de données"),
        coerce=int,
        initial=int(Category.PLAN),
        help_text=_("Seules les institutions autorisées pour ce type liront le procès-verbal."),
    )
    audience = forms.ChoiceField(
        label=_("À qui s’adresse-t-il ?"),
        choices=Audience.choices,
        initial=Audience.CIRCLE,
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = categories_of(programme)  # type: ignore[attr-defined]
        for key, word in SECTION_WORDS.items():
            self.fields[key] = forms.CharField(
                label=word,
                required=False,
                max_length=TEXT_LENGTH,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        self.order_fields([*SECTION_WORDS, "category", "audience", "version"])

    def sections(self) -> dict[str, str]:
        """What was typed, by section."""
        return {key: self.cleaned_data[key] for key in SECTION_WORDS}


class RoomForm(forms.Form):
    """A room of one’s institution."""

    site = forms.TypedChoiceField(label=_("Lieu"), coerce=UUID)
    name = forms.CharField(label=_("Nom de la salle"), max_length=100)
    seats = forms.IntegerField(label=_("Nombre de places"), min_value=1, max_value=500, initial=6)
    is_active = forms.BooleanField(
        label=_("Peut être réservée"),
        required=False,
        initial=True,
        help_text=_("Une salle hors d’usage n’est plus proposée ; ses rencontres restent."),
    )

    def __init__(self, *args: Any, sites: Iterable[Site], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["site"].choices = [(str(site.pk), site.name) for site in sites]  # type: ignore[attr-defined]


def initial_when(starts_at: datetime) -> dict[str, Any]:
    """Day and hour as the form shows them."""
    local = starts_at.astimezone(SWISS_TIME)
    return {"on": local.date(), "hour": time(local.hour, local.minute)}
