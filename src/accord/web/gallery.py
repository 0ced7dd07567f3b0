"""Every component in every state, in light and in dark, with its rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accord.kernel.clock import SWISS_TIME, today
from accord.kernel.http import screen
from accord.network.institutions.policies import anyone

SIDES = ("light", "dark")
COLOURS = ("ground", "surface", "sunk", "ink", "quiet", "accent", "late", "soon", "done", "law")


@dataclass(frozen=True, slots=True)
class Specimen:
    """One component: `web/gallery/<slug>.html` shows it, the rule says when it is used."""

    slug: str
    title: str | Promise
    rule: str | Promise

    @property
    def template(self) -> str:
        """The fragment that shows it."""
        return f"web/gallery/{self.slug}.html"


def specimens() -> list[Specimen]:
    """All components, in the order in which one meets them on a page."""
    return [
        Specimen(
            "ground",
            _("Papier, encre et quatre tailles"),
            _(
                "Une seule couleur d’accent. Les autres veulent dire quelque chose : en "
                "retard, bientôt, fait, par la loi."
            ),
        ),
        Specimen(
            "header",
            _("En-tête de page"),
            _(
                "Un seul titre, une phrase, l’acte principal à droite. Sur un téléphone, "
                "l’acte prend toute la largeur."
            ),
        ),
        Specimen(
            "buttons",
            _("Boutons"),
            _(
                "Un seul bouton plein par page, avec un verbe du métier. Le rouge seulement "
                "pour ce qui retire ou ferme, et il demande d’abord."
            ),
        ),
        Specimen(
            "chips",
            _("Marques d’état"),
            _(
                "Toujours un mot et une forme, jamais la couleur seule. Rares : état, "
                "échéance, base légale, nouveau."
            ),
        ),
        Specimen(
            "why",
            _("Pourquoi"),
            _("À côté d’un bloc : pourquoi je le vois, ou pourquoi il est masqué et ce qui l’ouvrirait."),
        ),
        Specimen(
            "notices",
            _("Avis"),
            _("Ce qu’il faut savoir avant de continuer. Une phrase, au plus deux."),
        ),
        Specimen(
            "facts",
            _("Faits"),
            _("Le mot au-dessus, la valeur dessous. Un tiret dit que l’on ne sait pas."),
        ),
        Specimen(
            "sentences",
            _("Liste qui se lit comme des phrases"),
            _(
                "La personne, sa situation, qui la tient, depuis quand, la suite. Sur un "
                "téléphone, chaque ligne devient un bloc."
            ),
        ),
        Specimen(
            "empty",
            _("Liste vide et travail en cours"),
            _("Une liste vide dit ce qui la remplirait. Un travail long dit où il en est."),
        ),
        Specimen(
            "tabs",
            _("Parties d’un dossier"),
            _("Des liens, avec le nombre de choses quand il aide à choisir."),
        ),
        Specimen(
            "steps",
            _("Démarches"),
            _("Une case, une phrase, qui la fait, pour quand. Cocher suffit."),
        ),
        Specimen(
            "timeline",
            _("Fil du temps"),
            _("Le plus récent en haut. Ce qui est nouveau depuis ma visite porte sa marque."),
        ),
        Specimen(
            "people",
            _("Qui participe"),
            _("L’institution d’abord, la personne derrière elle ensuite."),
        ),
        Specimen(
            "documents",
            _("Documents"),
            _("Un document ne s’ouvre qu’après la recherche de virus."),
        ),
        Specimen(
            "consent",
            _("Grille de l’autorisation"),
            _("Oui, non, par la loi : un mot et une forme dans chaque case."),
        ),
        Specimen(
            "figures",
            _("Chiffres"),
            _("Un chiffre vient avec ce qu’il veut dire et de quoi il a changé."),
        ),
        Specimen(
            "lanes",
            _("Image du dossier"),
            _("Le temps de gauche à droite, une ligne par institution. L’image a toujours son tableau."),
        ),
        Specimen(
            "form",
            _("Formulaire"),
            _("Une colonne, le mot au-dessus, l’aide en une ligne. On ne demande que le nécessaire."),
        ),
        Specimen(
            "wrong",
            _("Formulaire à corriger"),
            _(
                "Le résumé prend l’attention, l’erreur se tient à côté du champ, rien de ce "
                "qui est écrit n’est perdu."
            ),
        ),
    ]


class SampleForm(forms.Form):
    """One field of each kind."""

    family_name = forms.CharField(label=gettext_lazy("Nom"), max_length=100)
    born = forms.DateField(label=gettext_lazy("Date de naissance"))
    number = forms.CharField(
        label=gettext_lazy("Numéro AVS"),
        required=False,
        help_text=gettext_lazy("13 chiffres, sur la carte d’assuré."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Langue"),
        choices=[("fr", gettext_lazy("français")), ("de", gettext_lazy("allemand"))],
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Pourquoi ce cas est annoncé"),
        widget=forms.RadioSelect,
        choices=[
            ("work", gettext_lazy("L’emploi est menacé par la santé")),
            ("many", gettext_lazy("Plusieurs institutions suivent déjà la personne")),
        ],
    )
    criteria = forms.MultipleChoiceField(
        label=gettext_lazy("Critères remplis"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("potential", gettext_lazy("La personne peut retrouver un emploi")),
            ("agrees", gettext_lazy("Elle est d’accord de collaborer")),
        ],
    )
    story = forms.CharField(
        label=gettext_lazy("Situation"),
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("Quelques lignes, sans diagnostic médical."),
    )
    certificate = forms.FileField(
        label=gettext_lazy("Certificat"),
        required=False,
        help_text=gettext_lazy("PDF ou image, 25 Mo au plus."),
    )
    informed = forms.BooleanField(label=gettext_lazy("La personne a été informée de cette annonce"))


def sample_grid(caption: str) -> dict[str, Any]:
    """An authorisation as a grid."""
    yes, nothing = {"state": "yes"}, {"state": "no"}
    by_law = {"state": "law", "why": "LACI 85f"}
    columns = [_("Identité"), _("Prestations"), _("Capacité de travail"), _("Plan")]
    return {
        "caption": caption,
        "columns": columns,
        "rows": [
            {"institution": "OCAS – AI", "people": "Claire Favre", "cells": [yes, yes, yes, yes]},
            {"institution": "OCE", "people": "Marc Rochat", "cells": [yes, by_law, nothing, yes]},
            {"institution": "Hospice général", "people": "", "cells": [yes, nothing, nothing, yes]},
        ],
    }


def asked_grid(side: str) -> dict[str, Any]:
    """The same grid while it is filled in."""
    grid = sample_grid(_("À cocher avec la personne") if side == "light" else _("À cocher avec elle"))
    for number, row in enumerate(grid["rows"]):
        row["cells"] = [
            {**cell, "name": f"{side}-{number}", "value": str(column)}
            for column, cell in enumerate(row["cells"])
        ]
    return grid


def side_context(side: str) -> dict[str, Any]:
    """What the fragments show on one side; ids differ from the other side's."""
    day = today()
    moment = datetime.combine(day, time(14, 30), SWISS_TIME)
    blank = partial(SampleForm, prefix=side)
    wrong = SampleForm({f"{side}-family_name": "Müller", f"{side}-born": "31.02.1980"}, prefix=side)
    wrong.auto_id = "wrong_%s"
    wrong.add_error(None, _("Choisissez au moins un critère, ou dites pourquoi aucun n’est rempli."))
    return {
        "side": side,
        "colours": COLOURS,
        "day": day,
        "moment": moment,
        "yesterday": moment - timedelta(days=1),
        "long_ago": moment - timedelta(days=160),
        "late_day": day - timedelta(days=3),
        "soon_day": day + timedelta(days=4),
        "far_day": day + timedelta(days=60),
        "grid": sample_grid(_("Qui peut voir quoi") if side == "light" else _("Qui voit quoi")),
        "asked_grid": asked_grid(side),
        "form": blank(),
        "wrong_form": wrong,
        "choices": [("", _("Tous")), ("mine", _("Les miens")), ("waiting", _("En attente"))],
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """The page of all components."""
    shown = specimens()
    return render(
        request, "web/gallery.html", {"specimens": shown, "sides": [side_context(side) for side in SIDES]}
    )


gallery_screen = screen(anyone, purpose="gallery", methods=("GET",), public=True)(gallery)
