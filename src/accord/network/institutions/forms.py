"""What an administrator writes about her institution and her colleagues."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accord.network.institutions.enums import Role
from accord.network.institutions.models import Institution


class InstitutionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The page and the legal switches; `version` tells whether somebody saved in between."""

    language = forms.ChoiceField(label=_("Langue"), choices=settings.LANGUAGES)
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Institution
        fields = ["name", "short_name", "language", "phone", "grants_reciprocity", "may_hold_avs"]

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["version"].initial = self.instance.version

    def conflict_with(self, current: Institution) -> dict[str, Any]:
        """What one wrote beside what somebody else saved in between, for the page that shows both."""
        fields = []
        for name in self.Meta.fields:
            mine, theirs = self.cleaned_data[name], getattr(current, name)
            choices = _choices(name, mine)
            fields.append(
                {
                    "label": self.fields[name].label,
                    "name": name,
                    "choices": choices,
                    "mine": _as_sent(mine),
                    "theirs": dict(choices).get(_as_sent(theirs), _as_sent(theirs)),
                    "theirs_value": _as_sent(theirs),
                    "changed": mine != theirs,
                }
            )
        return {"fields": fields, "version": current.version}


class AppointmentForm(forms.Form):
    """Whom to appoint, and to what."""

    email = forms.EmailField(
        label=_("Adresse e-mail professionnelle"),
        max_length=254,
        help_text=_(
            "Une personne qui n’a pas encore de compte choisit son mot de passe par « mot de passe oublié »."
        ),
    )
    first_name = forms.CharField(label=_("Prénom"), max_length=100)
    last_name = forms.CharField(label=_("Nom"), max_length=100)
    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)
    site = forms.ChoiceField(label=_("Site"), required=False)

    def __init__(self, *arguments: Any, institution: Institution, **options: Any) -> None:
        super().__init__(*arguments, **options)
        sites = [(str(site.pk), site.name) for site in institution.sites.all()]
        self.fields["site"] = forms.ChoiceField(label=_("Site"), required=False, choices=[("", "–"), *sites])


def _choices(name: str, value: object) -> list[tuple[str, str]]:
    if isinstance(value, bool):
        return [("on", gettext("oui")), ("", gettext("non"))]
    return list(settings.LANGUAGES) if name == "language" else []


def _as_sent(value: object) -> str:
    """As a form field sends it."""
    if isinstance(value, bool):
        return "on" if value else ""
    return str(value)
