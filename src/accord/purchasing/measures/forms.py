"""The shape of what counsellors and providers write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.forms import DayField
from accord.purchasing.measures.enums import Intensity, Outcome, Pause
from accord.purchasing.providers.models import TariffPosition

Choices = Iterable[tuple[str, str]]
NO_MEDICAL = _("En une phrase, sans détail médical.")


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something."""
    return tuple(line.strip()[:300] for line in text.splitlines() if line.strip())


class SearchForm(forms.Form):
    """What is looked for, where, in which language, from when."""

    what = forms.CharField(
        label=_("Quoi ?"), max_length=60, required=False, help_text=_("Par exemple « coaching ».")
    )
    where = forms.CharField(label=_("Où ?"), max_length=60, required=False)
    language = forms.CharField(label=_("Langue"), max_length=20, required=False)
    start = DayField(label=_("Dès le"), required=False, help_text=_("Vide : aujourd’hui."))


class MeasureForm(forms.Form):
    """A measure within the person's plan."""

    plan_measure = forms.TypedChoiceField(
        label=_("Quelle mesure du plan ?"),
        coerce=UUID,
        help_text=_("Une mesure individuelle réalise le plan."),
    )
    kind = forms.ChoiceField(label=_("Sorte de mesure"))
    title = forms.CharField(label=_("Que sera-t-il fait ?"), max_length=200, help_text=NO_MEDICAL)
    since = DayField(
        label=_("Premier jour"), help_text=_("Après aujourd’hui : la validation vient avant le début.")
    )
    until = DayField(label=_("Dernier jour"))
    amount = forms.DecimalField(
        label=_("Coût prévu en CHF"), max_digits=10, decimal_places=2, min_value=Decimal(0)
    )
    objectives = forms.CharField(
        label=_("Objectifs convenus"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Un objectif par ligne ; le prestataire ne poursuit que ceux-là."),
    )
    appropriate = forms.CharField(
        label=_("En quoi est-elle appropriée ?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_MEDICAL,
    )  # fmt: skip
    simple = forms.CharField(
        label=_("En quoi est-elle simple ?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Y a-t-il un moyen plus simple d’arriver au même but ?"),
    )  # fmt: skip
    adequate = forms.CharField(
        label=_("En quoi est-elle adéquate ?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Le résultat attendu vaut-il la dépense ?"),
    )  # fmt: skip
    hours_per_day = forms.DecimalField(
        label=_("Heures par jour"), max_digits=4, decimal_places=2, required=False,
        help_text=_("Pour une mesure de réinsertion : au moins 2."),
    )  # fmt: skip
    days_per_week = forms.IntegerField(
        label=_("Jours par semaine"), min_value=1, max_value=7, required=False,
        help_text=_("Pour une mesure de réinsertion : au moins 4."),
    )  # fmt: skip
    wage = forms.DecimalField(
        label=_("Salaire mensuel brut en CHF"), max_digits=10, decimal_places=2, required=False,
        help_text=_("Pour une allocation d’initiation au travail."),
    )  # fmt: skip
    is_pupil = forms.BooleanField(label=_("La personne est à l’école obligatoire"), required=False)
    entry = forms.CharField(
        label=_("Condition d’entrée"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "Pour une mesure de réinsertion : en quoi est-elle remplie, si le dossier ne montre pas six mois"
            " d’incapacité d’au moins 50 %."
        ),
    )  # fmt: skip
    exceptional = forms.CharField(
        label=_("Raison d’une seconde année"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Seulement si une mesure de réinsertion dépasse une année de participation."),
    )  # fmt: skip

    def __init__(self, *args: Any, planned: Choices, kinds: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["plan_measure"].choices = [("", _("Choisissez…")), *planned]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [("", _("Choisissez…")), *kinds]  # type: ignore[attr-defined]


class MandateForm(forms.Form):
    """What is ordered from one provider: positions of the convention, each with a quantity."""

    intensity = forms.ChoiceField(
        label=_("Intensité du suivi"),
        choices=[("", _("sans objet")), *Intensity.choices],
        required=False,
        help_text=_("Faible 6, moyenne 12, élevée 18 heures par mois au plus."),
    )
    hours_per_week = forms.DecimalField(
        label=_("Heures par semaine au plus"), max_digits=5, decimal_places=2, required=False,
        min_value=Decimal("0.25"),
    )  # fmt: skip
    place = forms.CharField(label=_("Lieu"), max_length=120, required=False)
    employer = forms.CharField(label=_("Employeur du stage"), max_length=200, required=False)
    is_before_decision = forms.BooleanField(
        label=_("Aucune décision n’existe encore"),
        required=False,
        help_text=_(
            "Le mandat porte alors les six chiffres de l’office ; seules certaines prestations s’y prêtent."
        ),
    )

    avs_number = forms.CharField(
        label=_("Numéro AVS de la personne"), max_length=20, help_text=_("Chaque facture le porte.")
    )
    birth_date = forms.CharField(
        label=_("Date de naissance de la personne"), max_length=10, help_text=_("Chaque facture la porte.")
    )

    def __init__(
        self, *args: Any, positions: Iterable[TariffPosition], missing: Sequence[str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name in {"avs_number", "birth_date"} - set(missing):
            del self.fields[name]
        self.codes = {f"position_{number}": row.code for number, row in enumerate(positions)}
        for name, row in zip(self.codes, positions, strict=True):
            self.fields[name] = forms.DecimalField(
                label=f"{row.code} – {row.label}",
                max_digits=9,
                decimal_places=4,
                min_value=Decimal(0),
                required=False,
                help_text=_("Quantité au plus (%(unit)s), CHF %(price)s l’unité.")
                % {"unit": row.get_unit_display(), "price": number_format(row.price, 2)},
            )
        self.order_fields([*self.codes])

    def quantities(self) -> dict[str, Decimal]:
        """By code of the position, the quantities that were typed."""
        typed = {code: self.cleaned_data.get(name) for name, code in self.codes.items()}
        return {code: quantity for code, quantity in typed.items() if quantity}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Pourquoi ?"), max_length=300, help_text=NO_MEDICAL)


class InterruptForm(forms.Form):
    """From when a measure rests, and why."""

    since = DayField(label=_("Interrompue dès le"))
    why = forms.ChoiceField(
        label=_("Motif"), choices=Pause.choices, help_text=_("Le prestataire lit ce motif.")
    )


class ResumeForm(forms.Form):
    """From when a measure goes on, after it was examined again."""

    on = DayField(label=_("Reprise le"))
    sentence = forms.CharField(
        label=_("Pourquoi la même mesure reste-t-elle la bonne ?"),
        max_length=300,
        help_text=_("Une interruption fait réexaminer la mesure (LAI art. 8 al. 1ter)."),
    )


class StopForm(ReasonForm):
    """On which day a measure stops, and why."""

    on = DayField(label=_("Dernier jour"))
    field_order = ("on", "reason")


class EvaluationForm(forms.Form):
    """What came of the measure, objective by objective."""

    goals = forms.ChoiceField(
        label=_("Les objectifs sont-ils atteints ?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    evaluation = forms.CharField(
        label=_("Évaluation"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=NO_MEDICAL
    )

    def __init__(self, *args: Any, objectives: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.keys = {f"objective_{number}": key for number, (key, _text) in enumerate(objectives)}
        for name, (_key, text) in zip(self.keys, objectives, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=text, choices=[("", _("pas évalué")), *Outcome.choices], required=False
            )

    def outcomes(self) -> dict[UUID, str]:
        """By objective, its outcome."""
        return {key: self.cleaned_data.get(name, "") for name, key in self.keys.items()}


class QuestionForm(forms.Form):
    """What is missing in a report."""

    question = forms.CharField(
        label=_("Que faut-il compléter ?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReportForm(forms.Form):
    """A report by its form, as a file, or both."""

    course = forms.CharField(
        label=_("Déroulement"), max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-draft": ""}),
        help_text=_("Présence, travail accompli, difficultés ; sans diagnostic."),
    )  # fmt: skip
    progress = forms.CharField(
        label=_("Progrès vers les objectifs"), max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-draft": ""}),
    )  # fmt: skip
    outlook = forms.CharField(
        label=_("Suite proposée"), max_length=5000, required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-draft": ""}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Rapport en PDF"), required=False, help_text=_("À la place du formulaire, ou en plus.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, objectives: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.keys = {f"objective_{number}": key for number, (key, _text) in enumerate(objectives)}
        for name, (_key, text) in zip(self.keys, objectives, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=_("Objectif : %(text)s") % {"text": text},
                choices=[("", _("pas encore évalué")), *Outcome.choices],
                required=False,
            )
        self.order_fields(["course", *self.keys, "progress", "outlook", "file"])

    def outcomes(self) -> dict[str, str]:
        """By objective, its outcome."""
        return {str(key): self.cleaned_data.get(name, "") for name, key in self.keys.items()}


class DocumentForm(forms.Form):
    """A document that is handed in; what seems to stand at the wrong way in is confirmed."""

    title = forms.CharField(label=_("De quoi s’agit-il ?"), max_length=200)
    file = forms.FileField(label=_("Document"), help_text=_("PDF, image, Word ou OpenDocument."))
    channel = forms.BooleanField(
        label=_("Ce document est bien à sa place ici"),
        required=False,
        help_text=_("À cocher seulement si Accord vous l’a demandé."),
    )


class PresenceFileForm(forms.Form):
    """A file of presence."""

    file = forms.FileField(
        label=_("Fichier CSV"),
        help_text=_(
            "Une ligne par jour : « 22.11.2026;présent;6,5 ». Une seule ligne fausse, et rien n’est repris."
        ),
    )


class OfficeCodeForm(forms.Form):
    """The three digits of an office."""

    code = forms.CharField(
        label=_("Code de l’office"),
        max_length=3,
        help_text=_("Trois chiffres : 323 pour le Valais, 325 pour Genève."),
    )


class ReportTermsForm(forms.Form):
    """When reports are due under a convention."""

    interim_percent = forms.IntegerField(
        label=_("Bilan intermédiaire : à quelle part de la durée, en % ?"), min_value=1, max_value=99
    )
    final_days_before = forms.IntegerField(
        label=_("Rapport final : combien de jours avant la fin ?"), min_value=0, max_value=90
    )
