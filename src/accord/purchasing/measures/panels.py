"""What the pages of measures show: the catalogue with its sources, a measure, a month of presence."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.purchasing.measures.enums import MeasureState, Presence
from accord.purchasing.measures.models import IndividualMeasure, Mandate
from accord.purchasing.measures.policies import can_change_measure, can_order, can_validate
from accord.purchasing.measures.rules import Check, Limit, read_catalogue
from accord.purchasing.measures.services.wording import sentence_of
from accord.purchasing.measures.states import MEASURE
from accord.purchasing.providers.panels import Way, keep_way

SIGNS = {"passed": "check", "warning": "triangle-alert", "refusing": "x", "unchecked": "help"}


def own_ways() -> None:
    """Where the page of purchases leads into this app."""
    for name, word, sentence in (
        (
            "measures:space",
            gettext_lazy("Mon espace"),
            gettext_lazy("Mandats, présences, rapports et documents."),
        ),
        (
            "measures:list",
            gettext_lazy("Mesures individuelles"),
            gettext_lazy("Proposer, valider avant le début, confier un mandat."),
        ),
        (
            "measures:search",
            gettext_lazy("Chercher un prestataire"),
            gettext_lazy("Qui offre quoi, où, en quelle langue, avec quelle expérience."),
        ),
        (
            "measures:catalogue",
            gettext_lazy("Catalogue des mesures"),
            gettext_lazy("Articles, plafonds et durées, avec leurs sources."),
        ),
        (
            "measures:deliveries",
            gettext_lazy("Envois et accusés de réception"),
            gettext_lazy("Offres, rapports et autres documents, chacun avec son numéro."),
        ),
        (
            "measures:office-code",
            gettext_lazy("Code de l’office"),
            gettext_lazy("Les trois chiffres qui commencent chaque numéro de décision."),
        ),
    ):
        keep_way(Way(name, word, sentence))


def limit_words() -> dict[str, str]:
    """What each number of the catalogue counts."""
    return {
        "ceiling_chf": _("CHF au plus"),
        "months": _("mois au plus (toute la phase)"),
        "age_at_least": _("ans au moins, à l’école obligatoire"),
        "age_below": _("ans : seulement avant cet âge"),
        "days": _("jours au plus"),
        "years": _("an de participation"),
        "exceptional_years": _("an de plus, exceptionnellement"),
        "participation_days_a_year": _("jours de participation par an"),
        "uncounted_absence_over_days": _("jours d’absence de suite : au-delà ils ne comptent pas"),
        "hours_a_day_at_least": _("heures par jour au moins"),
        "days_a_week_at_least": _("jours par semaine au moins"),
        "follow_up_years": _("ans au plus après la réadaptation"),
        "at_most_wage": _("salaire mensuel brut au plus"),
        "daily_allowance_chf": _("CHF par jour au plus (indemnité journalière maximale)"),
        "incapacity_percent_at_least": _("pour cent d’incapacité au moins"),
        "incapacity_months_at_least": _("mois d’incapacité au moins"),
    }


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A kind, its article, and the numbers that hold on the day."""

    label: str
    article: str
    phase: str
    is_youth_only: bool
    numbers: tuple[tuple[str, str, bool], ...]


def catalogue_rows(on: date) -> list[CatalogueRow]:
    """The catalogue as it holds on a day, in the reader's language."""
    catalogue, language = read_catalogue(), get_language() or "fr"
    words = limit_words()
    phases = {"early": _("intervention précoce"), "rehabilitation": _("réadaptation")}
    return [
        CatalogueRow(
            kind.label(language),
            kind.article,
            phases[kind.phase],
            kind.is_youth_only,
            tuple(
                _number(limit, words)
                for limit in (*kind.limits, *catalogue.phases.get(kind.phase, ()))
                if limit.holds_on(on)
            ),
        )
        for kind in catalogue.kinds.values()
    ]


def _number(limit: Limit, words: Mapping[str, str]) -> tuple[str, str, bool]:
    if limit.value is None:
        return (
            _("%(word)s : nombre non trouvé, non vérifié") % {"word": words[limit.name]},
            limit.source,
            False,
        )
    return f"{limit.value} {words[limit.name]}", limit.source, limit.confidence == "official"


def measure_page(actor: Actor, measure: IndividualMeasure) -> dict[str, Any]:
    """A measure with its checks and mandates, and what the reader may do next."""
    may_change = bool(can_change_measure(actor, measure))
    validating = can_validate(actor, measure)
    kind = read_catalogue().kinds[measure.kind]
    return {
        "measure": measure,
        "kind": kind.label(get_language() or "fr"),
        "article": kind.article,
        "checks": [
            (SIGNS[check["outcome"]], check["outcome"], _sentence(check), check["source"])
            for check in measure.checks
        ],
        "mandates": list(measure.mandates.select_related("provider__institution")),
        "may_validate": bool(validating),
        "why_not_validate": ""
        if validating or measure.state != MeasureState.PROPOSED
        else validating.sentence,
        "may_order": bool(can_order(actor, measure)),
        "may_extend": may_change
        and measure.state in (MeasureState.RUNNING, MeasureState.ENDED)
        and not hasattr(measure, "extension"),
        "may": {
            name: may_change and MEASURE.may(measure.state, state)
            for name, state in (
                ("withdraw", MeasureState.WITHDRAWN),
                ("interrupt", MeasureState.INTERRUPTED),
                ("stop", MeasureState.STOPPED),
            )
        },
        "may_refuse": bool(validating),
        "may_resume": may_change and measure.state == MeasureState.INTERRUPTED,
        "may_evaluate": may_change and measure.state in (MeasureState.ENDED, MeasureState.STOPPED),
        "may_print": may_change and measure.validated_on is not None,
    }


def _sentence(kept: Mapping[str, Any]) -> str:
    return sentence_of(Check(kept["code"], kept["outcome"], kept["source"], kept["values"]))


@dataclass(frozen=True, slots=True)
class Day:
    """A line of the grid."""

    day: date
    presence: str
    hours: str
    is_weekend: bool
    is_open: bool


def month_grid(mandate: Mandate, month: date, typed: Mapping[str, str]) -> dict[str, Any]:
    """The days of a month that belong to the mandate, with what is noted or was just typed."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    since, until = max(month, mandate.since), min(last, mandate.until)
    known = attended_of(mandate, since, until)
    days = []
    for number in range((until - since).days + 1):
        day = since + timedelta(days=number)
        presence, hours = known.get(day, ("", ""))
        days.append(
            Day(
                day,
                typed.get(f"presence-{day}", presence),
                typed.get(f"hours-{day}", hours),
                day.weekday() > 4,
                day <= today(),
            )
        )
    total = sum(Decimal(hours.replace(",", ".")) for _presence, hours in known.values() if hours)
    return {
        "days": days,
        "choices": [("", "–"), *((value, word) for value, word in Presence.choices)],
        "total": total,
        "present": sum(presence == Presence.PRESENT for presence, _hours in known.values()),
        "most": mandate.hours_per_month,
    }


def attended_of(mandate: Mandate, since: date, until: date) -> dict[date, tuple[str, str]]:
    """By day, the presence and the hours as they are typed."""
    rows = mandate.attendance.filter(day__range=(since, until)).values_list("day", "presence", "hours")
    return {
        day: (presence, f"{hours.normalize():f}".replace(".", ",") if hours else "")
        for day, presence, hours in rows
    }


def months_of(mandate: Mandate, shown: date) -> dict[str, date | None]:
    """The month before and after the one that is shown, as far as the mandate goes."""
    before = (shown - timedelta(days=1)).replace(day=1)
    after = (shown + timedelta(days=31)).replace(day=1)
    return {
        "before": before if before >= mandate.since.replace(day=1) else None,
        "after": after if after <= mandate.until else None,
    }
