"""Publish what an office expects of providers."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accord.kernel.actors import Actor
from accord.kernel.decisions import Refused, Stale
from accord.network.institutions.models import Institution
from accord.purchasing.providers.enums import Topic
from accord.purchasing.providers.models import Guidance
from accord.purchasing.providers.policies import manages_contracts
from accord.purchasing.providers.services.telling import note


@transaction.atomic
def publish_guidance(*, by: Actor, topic: str, text: str, base: int) -> Guidance:
    """Publish a new version; what was published before is kept. `Stale` when a colleague was faster."""
    manages_contracts(by).require()
    if topic not in Topic.values:
        raise Refused(_("Ce sujet n’existe pas."), field="topic")
    if not text.strip():
        raise Refused(_("Écrivez le texte à publier."), field="text")
    office = Institution.objects.select_for_update().get(pk=by.institution_key)
    newest = Guidance.objects.filter(office=office, topic=topic).order_by("-number").first()
    number = newest.number if newest else 0
    if number != base:
        raise Stale(newest)
    if newest and newest.text == text:
        return newest
    published = Guidance.objects.create(
        office=office, topic=topic, number=number + 1, text=text, author_id=by.user_id
    )
    note(by, "published", "guidance", published.pk, str(published.get_topic_display()), number=number + 1)
    return published
