"""What she authorised, to whom and until when; and what an article of law allows."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.selectors import disclosures_of
from accord.casework.consents.models import Consent
from accord.casework.consents.selectors import Reading, read_aloud
from accord.casework.window.selectors.chapters.shape import Chapter, Item
from accord.casework.window.selectors.own import own_consents, own_grid, own_person
from accord.kernel.actors import Actor
from accord.network.programmes.rules import Programme
from accord.network.programmes.selectors import programme_for


def authorised(actor: Actor, case: Case) -> Chapter:
    """The sentence that she signed, institution by institution, and what runs by law or in an emergency."""
    programme = programme_for(case.programme, case.programme_version)
    consents = own_consents(actor, case)
    sentences = (
        [_("Vous pouvez changer d’avis à tout moment. Cela prend effet tout de suite.")]
        if consents
        else [_("Vous n’avez rien autorisé pour le moment.")]
    )
    items = [item for consent in consents for item in _granted(actor, consent)]
    running = [one for one in disclosures_of(actor, case) if getattr(one, "runs", False)]
    return Chapter(
        "authorised", _("Ce que j’ai autorisé"), tuple(sentences), (*items, *_otherwise(running, programme))
    )


def reading_of(actor: Actor, consent: Consent) -> Reading:
    """An authorisation as she reads it, in the language in which she reads this page."""
    return read_aloud(
        own_grid(actor, consent),
        language=get_language() or "fr",
        person=own_person(actor).name,
        purpose=consent.purpose,
        is_recurring=consent.is_recurring,
        since=consent.valid_from,
        until=consent.valid_until,
    )


def _granted(actor: Actor, consent: Consent) -> Iterable[Item]:
    reading = reading_of(actor, consent)
    yield Item(
        _("Votre autorisation, jusqu’au %(until)s") % {"until": f"{consent.valid_until:%d.%m.%Y}"},
        (reading.opening, *reading.lines, *reading.closing),
    )


def _otherwise(running: list[Disclosure], programme: Programme) -> Iterable[Item]:
    language = get_language() or "fr"
    for one in running:
        data = ", ".join(kind.label.in_(language) for kind in programme.categories_in(one.categories))
        words = {"institution": one.recipient.name, "data": data, "article": one.legal_article}
        if one.basis == Basis.LAW:
            yield Item(
                _("Par la loi : %(institution)s") % words,
                (
                    _("La loi permet à cette institution de voir : %(data)s.") % words,
                    _("L’article de loi : %(article)s. Vous ne pouvez pas le retirer, mais vous opposer.")
                    % words,
                ),
            )
        elif one.basis == Basis.EMERGENCY:
            yield Item(
                _("En urgence : %(institution)s") % words,
                (_("Cette institution voit pour peu de temps : %(data)s.") % words,),
                one.valid_until,
            )
