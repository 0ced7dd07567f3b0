"""What she asked for, and what she was answered."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.window.models import PersonRequest
from accord.casework.window.selectors.chapters.shape import Chapter, Item
from accord.casework.window.selectors.requests import own_requests
from accord.kernel.actors import Actor


def requests(actor: Actor, case: Case) -> Chapter:
    """Each request with where it stands and until when she has an answer."""
    found = own_requests(actor, case)
    sentence = (
        _("Vous avez une réponse dans les 30 jours.")
        if found
        else _("Vous n’avez encore rien demandé. Choisissez ci-dessous ce que vous voulez dire.")
    )
    return Chapter(
        "requests",
        _("Mes demandes"),
        (sentence,),
        tuple(Item(str(one.get_kind_display()), tuple(_lines(one)), one.received_at) for one in found),
    )


def _lines(one: PersonRequest) -> Iterable[str]:
    yield _("Vous avez écrit : « %(text)s »") % {"text": one.text}
    if one.right_text:
        yield _("Ce qui est juste, selon vous : « %(text)s »") % {"text": one.right_text}
    if one.is_answered and one.answered_by:
        words = {
            "institution": one.answered_by.name,
            "answer": one.answer,
            "state": one.get_state_display(),
        }
        yield _("Votre demande est %(state)s.") % words
        yield _("Réponse de %(institution)s : « %(answer)s »") % words
    else:
        words = {"state": str(one.get_state_display()), "due": f"{one.due_on:%d.%m.%Y}"}
        yield _("Votre demande est %(state)s. Réponse jusqu’au %(due)s.") % words
