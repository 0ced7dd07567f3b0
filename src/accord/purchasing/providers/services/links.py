"""Links by which somebody without an account comes to her offer: mailed, used once, not for long.

Whoever has no account acts at the office's public counter: an actor of the office without a user and without
a role, who reaches the offers of that office only, and of these only the one that her link opened.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.clock import now
from accord.kernel.decisions import Refused
from accord.kernel.jobs import later
from accord.network.institutions.enums import Kind
from accord.network.institutions.models import Institution
from accord.purchasing.providers.enums import OfferState
from accord.purchasing.providers.models import MagicLink, Offer

SEND_LINK = "providers.send_link"
LIFETIME = timedelta(hours=24)
MOST_FOR_ADDRESS, MOST_FOR_OFFICE, WITHIN = 3, 60, timedelta(hours=1)
"""Links that are mailed to one address, and for one office, within the hour."""


def counter_of(office_id: UUID) -> Actor:
    """The public counter of an office: no user, no role."""
    return Actor(institution_id=office_id, institution_kind=Kind.AI_OFFICE, purpose="offer a service")


def token_of(link: MagicLink) -> str:
    """What stands in the mailed address; it cannot be guessed and is not kept."""
    return Signer(salt=SEND_LINK).sign(str(link.pk))


@transaction.atomic
def ask_for_link(*, by: Actor, email: str, language: str) -> None:
    """Mail a link to this address: to the draft that it began, or to a new one.

    Whatever happens the answer is the same: it tells nobody who has offered what, nor that too many links
    were asked for.
    """
    address = email.strip().lower()
    Institution.objects.select_for_update(no_key=True).get(pk=by.institution_key)
    recent = MagicLink.objects.filter(offer__office=by.institution_key, created_at__gt=now() - WITHIN)
    if recent.count() >= MOST_FOR_OFFICE or recent.filter(offer__email=address).count() >= MOST_FOR_ADDRESS:
        return
    offer, _is_new = Offer.objects.get_or_create(
        office_id=by.institution_key, email=address, state=OfferState.DRAFT, defaults={"language": language}
    )
    mail_link(offer)


def mail_link(offer: Offer) -> MagicLink:
    """Prepare a fresh link and let the worker mail it."""
    link = MagicLink.objects.create(offer=offer, created_at=now(), expires_at=now() + LIFETIME)
    later(SEND_LINK, link_id=str(link.pk))
    return link


@transaction.atomic
def open_link(*, by: Actor, token: str) -> Offer:
    """Use a link: it opens its offer once. Refused in the same words when it is used, too old, or none of ours."""
    try:
        key = UUID(Signer(salt=SEND_LINK).unsign(token))
    except (BadSignature, ValueError):
        key = None
    links = MagicLink.objects.select_for_update(of=("self",)).select_related("offer")
    link = links.filter(pk=key, offer__office=by.institution_key).first() if key else None
    if link is None or link.used_at is not None or link.expires_at <= now():
        raise Refused(_("Ce lien n’est plus valable. Demandez-en un nouveau : votre brouillon est conservé."))
    link.used_at = now()
    link.save(update_fields=["used_at"])
    if link.offer.confirmed_at is None:
        link.offer.confirmed_at = now()
        link.offer.save(update_fields=["confirmed_at"])
    return link.offer


def send_link(link_id: UUID) -> None:
    """Mail a link, unless it is used or too old; it may run twice. The worker's."""
    found = MagicLink.objects.filter(pk=link_id, used_at__isnull=True, expires_at__gt=now())
    if link := found.select_related("offer__office").first():
        with translation.override(link.offer.language):
            _message(link).send()


def _message(link: MagicLink) -> EmailMessage:
    office = link.offer.office
    path = reverse("providers:opening", args=[office.slug, token_of(link)])
    sentence = {
        OfferState.DRAFT: _("Voici le lien vers votre offre de service."),
        OfferState.QUESTIONED: _("Nous avons une question au sujet de votre offre de service."),
    }.get(OfferState(link.offer.state), _("Il y a du nouveau au sujet de votre offre de service."))
    body = _(
        "%(sentence)s\n\n%(link)s\n\n"
        "Ce lien s’ouvre une seule fois, dans les 24 heures. "
        "Si vous n’avez rien demandé, ignorez ce message.\n\n%(office)s"
    )
    host = urlsplit(settings.ACCORD_BASE_URL).hostname
    return EmailMessage(
        subject=sentence.rstrip("."),
        body=body
        % {"sentence": sentence, "link": f"{settings.ACCORD_BASE_URL}{path}", "office": office.name},
        to=[link.offer.email],
        headers={"Message-ID": f"<{link.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
