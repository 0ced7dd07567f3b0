"""The announcement form, made from its programme, and the desk's answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.forms import DayField, institutions_as_choices
from accord.casework.referrals.models import Referral
from accord.casework.referrals.rules import (
    QUESTIONS_CATEGORY,
    REASONS_CATEGORY,
    SUBJECT_LENGTH,
    Missing,
    announcer_kinds_for,
)
from accord.casework.referrals.services import DECLINE_REASONS
from accord.kernel.decisions import Refused
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import FormField, Programme
from accord.people.persons.models import Person

TEXT_LENGTH = 5_000
"""Longest free text where the programme sets no length."""
CHOOSE = ("", _("Choisissez…"))
PROBLEMS = {
    "required": _("Remplissez ce champ avant d’envoyer."),
    "long": _("Ce texte est trop long."),
    "choice": _("Choisissez une réponse de la liste."),
    "number": _("Écrivez un nombre entier, sans unité."),
    "percent": _("Un taux va de 0 à 100."),
    "date": _("Écrivez la date ainsi : 22.11.2026."),
    "criterion": _("Ce critère doit être rempli pour envoyer l’annonce."),
    "document": _("Joignez ce document avant d’envoyer."),
    "announcer": _("Votre institution n’annonce pas à ce titre."),
    "inform": _("La loi exige que la personne soit informée avant l’annonce (LAI art. 3b al. 3)."),
    "future": _("Cette date est dans le futur."),
}


class StartForm(forms.Form):
    """About whom, and under which programme."""

    programme = forms.ChoiceField(label=_("Dispositif"), widget=forms.RadioSelect)
    region = forms.ChoiceField(label=_("Région"), required=False)
    person = forms.TypedChoiceField(label=_("Personne"), coerce=UUID, widget=forms.RadioSelect)
    confirmed = forms.BooleanField(
        label=_("Annoncer tout de même : il s’agit d’une autre situation"), required=False
    )

    def __init__(
        self, *args: Any, programmes: list[Programme], persons: Iterable[Person], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        language = get_language() or "fr"
        self.programmes = {programme.slug: programme for programme in programmes}
        self._choose("programme", [(slug, p.label.in_(language)) for slug, p in self.programmes.items()])
        self._choose("person", [(str(person.pk), _called(person)) for person in persons])
        regional = [programme for programme in programmes if programme.regions]
        if regional:
            self.fields["region"].help_text = _("Nécessaire pour : %(programmes)s.") % {
                "programmes": ", ".join(programme.label.in_(language) for programme in regional)
            }
            self._choose(
                "region",
                [
                    CHOOSE,
                    *((r.key, r.label.in_(language)) for programme in regional for r in programme.regions),
                ],
            )
        else:
            del self.fields["region"]
        if len(programmes) == 1:
            self.fields["programme"].initial = programmes[0].slug

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A region belongs to the programme; a programme with regions needs one."""
        cleaned = super().clean() or self.cleaned_data
        programme = self.programmes.get(cleaned.get("programme", ""))
        if programme is None:
            return cleaned
        regions = {region.key for region in programme.regions}
        region = cleaned.get("region", "")
        if regions and region not in regions:
            self.add_error("region", _("Choisissez la région où la personne est suivie."))
        elif not regions:
            cleaned["region"] = ""
        return cleaned


def _called(person: Person) -> str:
    born = ".".join(reversed(person.birth_date.split("-")))
    return ", ".join(filter(None, (person.name, born, person.city)))


class ReasonsField(forms.MultipleChoiceField):
    """Several reasons; the page that shows two versions sends them joined by commas."""

    def to_python(self, value: Any) -> list[str]:
        """The keys of the reasons."""
        return [key for joined in super().to_python(value) for key in joined.split(",") if key]


class ReferralForm(forms.Form):
    """The announcement, field by field as its programme asks; nothing is required before the sending."""

    def __init__(
        self,
        *args: Any,
        programme: Programme,
        referral: Referral,
        desks: Iterable[Institution],
        **options: Any,
    ) -> None:
        options.setdefault("initial", initial_of(referral))
        super().__init__(*args, **options)
        self.programme = programme
        self.language = get_language() or "fr"
        self.fields["subject"] = forms.CharField(
            label=_("De quoi s’agit-il ?"),
            max_length=SUBJECT_LENGTH,
            help_text=_("En une ligne, sans détail médical."),
        )
        self._add_reasons()
        self._add_criteria()
        for field in programme.form_fields:
            self.fields[f"answer_{field.key}"] = self._answer(field)
        self.fields["questions"] = forms.CharField(
            label=_("Questions particulières"),
            max_length=TEXT_LENGTH,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=self._noted(QUESTIONS_CATEGORY, _("Ce que vous aimeriez faire éclaircir.")),
        )
        self._add_documents(referral)
        if programme.announcer_kinds:
            self._add_announcer(referral.sender.kind)
        self._add_desk(referral, list(desks))
        self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=referral.version)
        self.demanded = _demanded(programme) & self.fields.keys()
        self.use_required_attribute = False
        self._demand(self.demanded)

    def _demand(self, names: Collection[str]) -> None:
        for name, field in self.fields.items():
            field.required = name in names

    def full_clean(self) -> None:
        """Check what was typed; what is still missing only matters when the announcement is sent."""
        self._demand(())
        super().full_clean()
        self._demand(self.demanded)

    def _noted(self, category: str, help_text: object = "") -> str:
        label = self.programme.category(category).label.in_(self.language)
        return str(
            _("%(help)s Données : %(category)s.") % {"help": help_text, "category": label}
            if help_text
            else _("Données : %(category)s.") % {"category": label}
        )

    def _add_reasons(self) -> None:
        if self.programme.reasons:
            self.fields["reasons"] = ReasonsField(
                label=_("Pourquoi annoncer ce cas ?"),
                choices=[(reason.key, reason.label.in_(self.language)) for reason in self.programme.reasons],
                widget=forms.CheckboxSelectMultiple,
                help_text=self._noted(REASONS_CATEGORY),
            )

    def _add_criteria(self) -> None:
        for criterion in self.programme.criteria:
            warning = criterion.warning.in_(self.language)
            self.fields[f"criterion_{criterion.key}"] = forms.BooleanField(
                label=criterion.label.in_(self.language),
                help_text=_("Nécessaire. Sinon : %(warning)s") % {"warning": warning}
                if criterion.required
                else _("Sinon : %(warning)s") % {"warning": warning},
            )

    def _answer(self, field: FormField) -> forms.Field:
        common: dict[str, Any] = {
            "label": field.label.in_(self.language),
            "help_text": self._noted(field.category, field.help.in_(self.language) if field.help else ""),
        }
        if field.kind == "date":
            return DayField(**common)
        if field.kind == "choice":
            choices = [CHOOSE, *((choice.key, choice.label.in_(self.language)) for choice in field.choices)]
            return forms.ChoiceField(choices=choices, **common)
        if field.kind == "yes_no":
            return forms.ChoiceField(
                choices=[("", _("Sans réponse")), ("yes", _("Oui")), ("no", _("Non"))],
                widget=forms.RadioSelect,
                **common,
            )
        if field.kind in ("number", "percent"):
            return forms.IntegerField(
                min_value=0,
                max_value=100 if field.kind == "percent" else 999_999,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages={"invalid": PROBLEMS["number"]},
                **common,
            )
        widget = forms.Textarea(attrs={"rows": 4}) if field.kind == "long_text" else forms.TextInput()
        return forms.CharField(max_length=field.max_length or TEXT_LENGTH, widget=widget, **common)

    def _add_documents(self, referral: Referral) -> None:
        for expected in self.programme.documents:
            count = len(referral.documents.get(expected.key, []))
            self.fields[f"document_{expected.key}"] = forms.FileField(
                label=expected.label.in_(self.language),
                allow_empty_file=True,
                max_length=255,
                help_text=self._noted(
                    expected.category,
                    _("Déjà joint : %(count)s. Un autre fichier s’ajoute.") % {"count": count}
                    if count
                    else "",
                ),
            )

    def _add_announcer(self, sender_kind: str) -> None:
        kinds = announcer_kinds_for(self.programme, sender_kind)
        self.fields["announcer_kind"] = forms.ChoiceField(
            label=_("Qui annonce ?"),
            choices=[CHOOSE, *((kind.key, f"{kind.key}) {kind.label.in_(self.language)}") for kind in kinds)],
            help_text=_("LAI art. 3b al. 2."),
        )
        if not self.initial.get("announcer_kind") and kinds and sender_kind in kinds[0].kinds:
            self.initial["announcer_kind"] = kinds[0].key
        self.fields["insured_informed_on"] = DayField(
            label=_("La personne a été informée le"),
            help_text=_("Avant l’annonce, sauf si elle s’annonce elle-même (LAI art. 3b al. 3)."),
        )

    def _add_desk(self, referral: Referral, desks: list[Institution]) -> None:
        self.fields["desk"] = forms.TypedChoiceField(
            label=_("À qui l’annonce est-elle adressée ?"),
            coerce=UUID,
            empty_value=None,
            choices=institutions_as_choices(desks),
        )
        if referral.sent_at is not None:
            self.fields["desk"].disabled = True
        if not self.initial.get("desk") and len(desks) == 1:
            self.initial["desk"] = desks[0].pk

    def clean(self) -> dict[str, Any]:
        """Keep what was read from the fields: an error added later takes its field away from cleaned_data."""
        cleaned = super().clean() or self.cleaned_data
        self.kept = dict(cleaned)
        return cleaned

    def stands_at(self, version: int) -> None:
        """Let the form shown again carry the version that it has just saved."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data

    def draft(self) -> dict[str, Any]:
        """What `save_draft` keeps, from a valid form."""
        data = self.kept
        return {
            "subject": data["subject"],
            "reasons": data.get("reasons", []),
            "criteria": {
                criterion.key: data[f"criterion_{criterion.key}"] for criterion in self.programme.criteria
            },
            "answers": {
                field.key: value.isoformat() if isinstance(value, date) else value
                for field in self.programme.form_fields
                if (value := data[f"answer_{field.key}"]) not in (None, "")
            },
            "questions": data["questions"],
            "announcer_kind": data.get("announcer_kind", ""),
            "insured_informed_on": data.get("insured_informed_on"),
            "desk_id": data["desk"],
        }

    def uploads(self) -> list[tuple[str, Any]]:
        """Files that came with the form, each with the key of the expected document."""
        return [
            (expected.key, upload)
            for expected in self.programme.documents
            if (upload := self.kept.get(f"document_{expected.key}"))
        ]

    def show_missing(self, missing: Iterable[Missing]) -> None:
        """Put each thing that is missing beside its field."""
        for one in missing:
            self.add_error(one.field if one.field in self.fields else None, PROBLEMS[one.problem])

    def show_refusal(self, refused: Refused) -> None:
        """Put the sentence of a refusal beside its field."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)


def _demanded(programme: Programme) -> frozenset[str]:
    """Fields without which the announcement does not leave; the others are optional."""
    return frozenset(
        {"subject", "desk", "announcer_kind"}
        | ({"reasons"} if programme.reasons else set())
        | {f"criterion_{criterion.key}" for criterion in programme.criteria if criterion.required}
        | {f"answer_{field.key}" for field in programme.form_fields if field.required}
        | {f"document_{expected.key}" for expected in programme.documents if expected.required}
    )


def initial_of(referral: Referral) -> dict[str, Any]:
    """The form as it was kept."""
    values: dict[str, Any] = {
        "subject": referral.case.subject,
        "reasons": referral.reasons,
        "questions": referral.questions,
        "announcer_kind": referral.announcer_kind,
        "insured_informed_on": referral.insured_informed_on,
        "desk": referral.desk_id,
    }
    values |= {f"criterion_{key}": held for key, held in referral.criteria.items()}
    values |= {f"answer_{key}": _as_date(value) for key, value in referral.answers.items()}
    return values


def _as_date(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else value
    except ValueError:
        return value


class AcceptanceForm(forms.Form):
    """Who leads the case."""

    lead = forms.TypedChoiceField(label=_("Qui conduit le dossier ?"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, leads: Mapping[UUID, str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(key), name) for key, name in leads.items()]
        self.fields["lead"].choices = choices  # type: ignore[attr-defined]
        self.fields["lead"].initial = choices[0][0] if choices else None


class RefusalForm(forms.Form):
    """Why the announcement is not taken, in one reason and one sentence."""

    reason = forms.ChoiceField(
        label=_("Motif"), choices=list(DECLINE_REASONS.items()), widget=forms.RadioSelect
    )
    sentence = forms.CharField(
        label=_("Explication pour l’institution qui annonce"),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Elle lira cette phrase ; dites aussi quelle autre voie suivre."),
    )


class QuestionForm(forms.Form):
    """What the desk needs to know before it decides."""

    question = forms.CharField(
        label=_("Votre question"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    """The answer to one question of the desk."""

    exchange = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Votre réponse"), max_length=TEXT_LENGTH, widget=forms.Textarea(attrs={"rows": 3})
    )


class WithdrawalForm(forms.Form):
    """Why the sender takes the announcement back."""

    reason = forms.CharField(
        label=_("Pourquoi retirer l’annonce ?"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
