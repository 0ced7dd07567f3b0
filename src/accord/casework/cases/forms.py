"""The shape of what is written into a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accord.casework.cases.enums import Audience, Category
from accord.kernel.clock import today
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme

DATE_FORMATS = ["%d.%m.%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%y"]
NOTE_LENGTH = 20_000


def _as_typed(**attributes: str) -> forms.DateInput:
    return forms.DateInput(
        format="%d.%m.%Y", attrs={"inputmode": "numeric", "placeholder": "31.12.2026", **attributes}
    )


class DayField(forms.DateField):
    """A day, typed as people write it here: 22.11.2026 or 22/11/2026."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", DATE_FORMATS)
        options.setdefault("widget", _as_typed())
        options.setdefault("error_messages", {"invalid": _("Écrivez la date ainsi : 22.11.2026.")})
        super().__init__(**options)


def categories_of(programme: Programme) -> list[tuple[int, str]]:
    """The programme's kinds of data, as choices."""
    language = get_language() or "fr"
    return [(category.mask, category.label.in_(language)) for category in programme.categories]


def institutions_as_choices(institutions: Iterable[Institution]) -> list[tuple[str, str]]:
    """Institutions by name, with an empty first line."""
    return [("", str(_("Choisissez…"))), *((str(found.pk), found.name) for found in institutions)]


class StepForm(forms.Form):
    """Something to do, by whom, until when."""

    title = forms.CharField(
        label=_("Que faut-il faire ?"), max_length=200, help_text=_("Une phrase courte, sans détail médical.")
    )
    assignee = forms.TypedChoiceField(label=_("Qui s’en charge ?"), coerce=UUID)
    due_on = DayField(label=_("Échéance"), required=False, help_text=_("Par exemple 22.11.2026."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, institutions: Iterable[Institution], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["assignee"].choices = institutions_as_choices(institutions)  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A note, the kind of data that it holds, and who may read it."""

    text = forms.CharField(
        label=_("Note"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 5, "data-draft": ""})
    )
    category = forms.TypedChoiceField(
        label=_("Type de données"),
        coerce=int,
        initial=int(Category.PLAN),
        help_text=_("Seules les institutions autorisées pour ce type liront la note."),
    )
    audience = forms.ChoiceField(
        label=_("Qui peut la lire ?"),
        choices=Audience.choices,
        initial=Audience.CIRCLE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = categories_of(programme)  # type: ignore[attr-defined]


class NoteChangeForm(forms.Form):
    """The corrected text of a note, and the version that was read."""

    text = forms.CharField(label=_("Note"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 10}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class DocumentForm(forms.Form):
    """A file, its title, the kind of data that it holds, and who may read it."""

    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("PDF, image PNG ou JPEG, document Word ou OpenDocument."),
        allow_empty_file=True,
        max_length=255,
    )
    title = forms.CharField(
        label=_("Titre"), max_length=200, help_text=_("Ce que l’on cherchera : « Certificat d’octobre ».")
    )
    category = forms.TypedChoiceField(
        label=_("Type de données"),
        coerce=int,
        help_text=_("Seules les institutions autorisées pour ce type verront le document."),
    )
    audience = forms.ChoiceField(
        label=_("Qui peut le voir ?"),
        choices=Audience.choices,
        initial=Audience.CIRCLE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            ("", str(_("Choisissez…"))),
            *categories_of(programme),
        ]


class InstitutionForm(forms.Form):
    """One institution among those that may be chosen."""

    institution = forms.TypedChoiceField(label=_("Institution"), coerce=UUID)

    def __init__(self, *args: Any, institutions: Iterable[Institution], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["institution"].choices = institutions_as_choices(institutions)  # type: ignore[attr-defined]


class ReferentForm(forms.Form):
    """The colleague who answers for the case."""

    user = forms.TypedChoiceField(label=_("Collègue"), coerce=UUID)

    def __init__(self, *args: Any, colleagues: Iterable[tuple[UUID, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["user"].choices = [  # type: ignore[attr-defined]
            ("", str(_("Choisissez…"))),
            *((str(key), name) for key, name in colleagues),
        ]


class FileOpeningForm(forms.Form):
    """One's own institution opened a file on the person."""

    number = forms.CharField(label=_("Numéro de dossier"), max_length=40, required=False)
    opened_on = DayField(label=_("Ouvert le"), initial=today)


class FileClosingForm(forms.Form):
    """One's own institution closed its file."""

    closed_on = DayField(label=_("Fermé le"), initial=today)
    reason = forms.CharField(label=_("Motif de fermeture"), max_length=200, required=False)


class ClosingForm(forms.Form):
    """How the case ended."""

    outcome = forms.ChoiceField(label=_("Résultat"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Précisions"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Demandées pour certains résultats."),
    )

    def __init__(self, *args: Any, programme: Programme, **options: Any) -> None:
        super().__init__(*args, **options)
        self.programme = programme
        language = get_language() or "fr"
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (outcome.key, outcome.label.in_(language)) for outcome in programme.outcomes
        ]

    def clean(self) -> dict[str, Any]:
        """A result that needs a word of explanation has one."""
        cleaned = super().clean() or self.cleaned_data
        key = cleaned.get("outcome")
        if key and self.programme.outcome(key).needs_note and not cleaned.get("note", "").strip():
            self.add_error("note", _("Ce résultat demande une phrase d’explication."))
        return cleaned


class CircleForm(forms.Form):
    """The second programme under which the case shall stand, too."""

    programme = forms.ChoiceField(label=_("Second cercle"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, programmes: Iterable[Programme], **options: Any) -> None:
        super().__init__(*args, **options)
        language = get_language() or "fr"
        self.fields["programme"].choices = [  # type: ignore[attr-defined]
            (programme.slug, programme.label.in_(language)) for programme in programmes
        ]


class ReopeningForm(forms.Form):
    """Why life goes on in this case."""

    reason = forms.CharField(
        label=_("Pourquoi rouvrir ce dossier ?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
