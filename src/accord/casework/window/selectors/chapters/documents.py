"""The documents that were given to her."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.window.selectors.chapters.shape import Chapter, Item
from accord.casework.window.selectors.own import own_documents
from accord.kernel.actors import Actor


def documents(actor: Actor, case: Case) -> Chapter:
    """Each with who gave it and when."""
    found = own_documents(actor, case)
    sentence = (
        _("Ces documents vous ont été remis. Vous pouvez les ouvrir et les garder.")
        if found
        else _("Aucun document ne vous a été remis ici pour le moment.")
    )
    return Chapter(
        "documents",
        _("Mes documents"),
        (sentence,),
        tuple(
            Item(
                one.title,
                (_("De : %(institution)s") % {"institution": one.owner.name},),
                one.created_at,
                reverse("window:document", args=[one.pk]) if one.document.is_released else "",
                _("Ouvrir"),
            )
            for one in found
        ),
    )
