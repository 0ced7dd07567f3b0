"""The answers of the rules as sentences, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accord.purchasing.measures.rules import Check, Fault

SENTENCES: Mapping[str, Mapping[str, str | Promise]] = {
    "passed": {
        "beforehand": _("La mesure commence après sa validation."),
        "early_ceiling": _("L’intervention précoce coûte en tout CHF %(total)s, sur CHF %(most)s au plus."),
        "early_phase": _("La phase d’intervention précoce, dès le %(since)s, reste sous %(most)s mois."),
        "pupil": _("À l’école obligatoire, l’orientation et le placement sont possibles."),
        "days": _("En tout %(total)s jours, sur %(most)s au plus."),
        "ceiling": _("CHF %(total)s, sur CHF %(most)s au plus."),
        "participation": _("En tout %(total)s jours de participation ; une année en compte %(usual)s."),
        "hours_a_day_at_least": _("%(given)s heures par jour ; au moins %(least)s."),
        "days_a_week_at_least": _("%(given)s jours par semaine ; au moins %(least)s."),
        "age": _("La personne a %(age)s ans : moins de %(most)s."),
        "entry": _("L’incapacité d’au moins %(percent)s %% dure depuis %(months)s mois."),
        "entry_youth": _("Le conseiller dit en quoi la condition d’entrée des jeunes est remplie."),
        "daily_allowance": _("CHF %(total)s par jour, sur CHF %(most)s au plus."),
        "wage": _("L’allocation ne dépasse pas le salaire mensuel brut de CHF %(wage)s."),
        "follow_up": _("Le suivi finit au plus %(most)s ans après la réadaptation, le %(last)s."),
        "fitness_yes": _("Le résumé fonctionnel dit : apte aux mesures."),
        "competition": _("Aucune mesure d’une autre institution n’occupe les mêmes jours."),
    },
    "refusing": {
        "beforehand": _(
            "La mesure commence le %(since)s : l’AI ne finance que ce qui est validé avant le début."
        ),
        "early_ceiling": _(
            "L’intervention précoce coûterait en tout CHF %(total)s ; le plafond est de CHF %(most)s par personne."
        ),
        "early_phase": _(
            "La phase d’intervention précoce a commencé le %(since)s ; elle dure au plus %(most)s mois."
        ),
        "pupil": _(
            "À l’école obligatoire, seuls l’orientation et le placement sont possibles, dès %(least)s ans."
        ),
        "days": _("Ce serait en tout %(total)s jours ; au plus %(most)s."),
        "ceiling": _("CHF %(total)s dépassent le plafond de CHF %(most)s."),
        "participation": _(
            "Ce serait en tout %(total)s jours de participation ; une année en compte %(usual)s."
            " Une seconde année (jusqu’à %(most)s) demande une raison exceptionnelle."
        ),
        "hours_a_day_at_least": _("Il faut au moins %(least)s heures de présence par jour."),
        "days_a_week_at_least": _("Il faut au moins %(least)s jours de présence par semaine."),
        "age": _("Cette mesure est réservée aux moins de %(most)s ans ; la personne a %(age)s ans."),
        "daily_allowance": _(
            "CHF %(total)s par jour dépassent l’indemnité journalière maximale de CHF %(most)s."
        ),
        "wage": _("L’allocation dépasse le salaire mensuel brut de CHF %(wage)s."),
        "follow_up": _("Le suivi finit au plus tard %(most)s ans après la réadaptation, le %(last)s."),
    },
    "warning": {
        "participation_exceptional": _(
            "Seconde année, à titre exceptionnel : %(total)s jours de participation, au plus %(most)s."
        ),
        "entry": _(
            "Une incapacité d’au moins %(percent)s %% depuis %(months)s mois n’apparaît pas au dossier :"
            " dites en quoi la condition d’entrée est remplie."
        ),
        "entry_said": _(
            "Une incapacité d’au moins %(percent)s %% depuis %(months)s mois n’apparaît pas au dossier :"
            " lisez ce qu’en dit le conseiller."
        ),
        "entry_youth": _(
            "Moins de 25 ans, sans emploi et menacé d’invalidité : dites en quoi cette condition est remplie."
        ),
        "fitness_conditional": _("Le résumé fonctionnel pose des conditions : lisez-les avant de valider."),
        "fitness_no": _("Le résumé fonctionnel dit : pas apte actuellement."),
        "fitness_unknown": _("L’aptitude médicale n’est pas encore établie."),
        "competition": _(
            "Le plan montre %(number)s stratégies concurrentes d’autres institutions : résolvez-les ou dites pourquoi."
        ),
    },
    "unchecked": {
        "age": _("L’âge n’est pas vérifié : la date de naissance manque."),
        "wage": _("Le plafond du salaire n’est pas vérifié : indiquez le salaire mensuel brut."),
        "not_found": _("Non vérifié : ce nombre manque au catalogue."),
    },
}
FAULTS: Mapping[str, str | Promise] = {
    "outside": _("Le %(day)s n’est pas un jour du mandat."),
    "future": _("Le %(day)s n’est pas encore passé."),
    "rest": _("Le %(day)s, la mesure est interrompue."),
    "month": _(
        "Avec le %(day)s, le mois compterait %(total)s heures ; le mandat en prévoit %(most)s au plus."
        " Au-delà rien n’est payé : parlez-en au conseiller."
    ),
    "week": _(
        "Avec le %(day)s, la semaine compterait %(total)s heures ; le mandat en prévoit %(most)s au plus."
    ),
}
LINES: Mapping[str, str | Promise] = {
    "columns": _("il faut deux ou trois colonnes : jour, présence, heures"),
    "day": _("le jour ne se lit pas ; écrivez par exemple 22.11.2026"),
    "outside": _("ce jour n’est pas du mandat"),
    "presence": _("la présence ne se lit pas ; écrivez présent, malade, excusé, non excusé ou vacances"),
    "hours": _("les heures ne se lisent pas ; écrivez par exemple 3,5 (au plus 24)"),
    "absent_hours": _("un jour d’absence n’a pas d’heures"),
    "twice": _("ce jour est déjà plus haut dans le fichier"),
    "too_many": _("le fichier a trop de lignes ; envoyez-en au plus 400"),
    "future": _("ce jour n’est pas encore passé"),
    "rest": _("ce jour-là, la mesure est interrompue"),
    "month": _("avec ce jour, les heures du mois dépassent le plafond du mandat"),
    "week": _("avec ce jour, les heures de la semaine dépassent le plafond du mandat"),
}


def sentence_of(check: Check) -> str:
    """What a rule says, with its numbers."""
    return str(SENTENCES[check.outcome][check.code]) % dict(check.values)


def sentence_of_fault(fault: Fault) -> str:
    """Why a day cannot be noted."""
    values = {"day": f"{fault.day:%d.%m.%Y}", "most": fault.most, "total": fault.total}
    return str(FAULTS[fault.code]) % values


HINTS: Mapping[str, str | Promise] = {
    "invoices": _("Ceci ressemble à une facture : elle s’envoie par la facturation électronique ou sa page."),
    "reports": _(
        "Ceci ressemble à un rapport : envoyez-le depuis le mandat, sous « Rapports »."
        " Si ce n’en est pas un, confirmez plus bas."
    ),
    "contracts": _(
        "Ceci ressemble à une offre ou à une convention : envoyez-la au management des contrats."
        " Si ce n’en est pas une, confirmez plus bas."
    ),
}
