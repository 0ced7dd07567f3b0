"""What the journal says of contacts with employers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

VERBS = {
    "employer_contact": _("Contact avec un employeur"),
}
SUBJECTS = {
    "employer": _("employeur"),
    "employer contact": _("contact avec un employeur"),
}
PURPOSES = {
    "find an employer": _("trouver un employeur"),
    "register an employer": _("enregistrer un employeur"),
    "correct an employer": _("corriger un employeur"),
    "plan a contact with an employer": _("prévoir un contact avec un employeur"),
    "record a contact with an employer": _("noter le résultat d’un contact avec un employeur"),
}
