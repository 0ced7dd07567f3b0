"""Questions about conventions: what binds whom on a day, what ends soon, what a text says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet

from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.network.agreements.enums import BINDING, AgreementState
from accord.network.agreements.models import Agreement, Annex, Endorsement, Part, Party, Prolongation, Version
from accord.network.agreements.policies import visible_to
from accord.network.agreements.rules import Difference, Passage, add_months, differences
from accord.network.institutions.models import Institution

PARTIES = Prefetch("parties", Party.objects.select_related("institution", "signed_by").order_by("role", "id"))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Which conventions a list shows; an empty value leaves a filter out."""

    states: tuple[str, ...] = ()
    kind: str = ""
    ends_within: int | None = None


def agreements_page(actor: Actor, shelf: Shelf) -> QuerySet[Agreement]:
    """The conventions that the actor's institution knows of, the first to end on top."""
    query = Agreement.objects.filter(visible_to(actor)).select_related("owner", "parent")
    if shelf.states:
        query = query.filter(state__in=shelf.states)
    if shelf.kind:
        query = query.filter(kind=shelf.kind)
    query = query.annotate(closes=Agreement.closing())
    if shelf.ends_within is not None:
        query = query.filter(closes__gte=today(), closes__lte=add_months(today(), shelf.ends_within))
    return query.prefetch_related(PARTIES).order_by(F("closes").asc(nulls_last=True), "number")


def to_renew(actor: Actor) -> list[Agreement]:
    """Conventions of the actor's own institution that end within three months and that nothing follows yet."""
    soon = agreements_page(actor, Shelf(states=BINDING, ends_within=3))
    return list(
        soon.filter(owner=actor.institution_key)
        .annotate(followers=Count("renewals", filter=~Q(renewals__state=AgreementState.ABANDONED)))
        .filter(followers=0)
    )


def agreement_for(actor: Actor, agreement_id: UUID) -> Agreement:
    """One convention with its parties; Agreement.DoesNotExist for what the actor may not know of."""
    return (
        Agreement.objects.filter(visible_to(actor))
        .select_related("owner", "parent", "adopted", "renews", "drafted_by", "approved_by", "notice_by")
        .prefetch_related(PARTIES)
        .get(pk=agreement_id)
    )


def text_of(agreement: Agreement) -> Version | None:
    """The text that holds: of an adoption that of its framework, else the latest version."""
    versions = Version.objects.select_related("author", "institution").prefetch_related(
        Prefetch("parts", Part.objects.order_by("position")),
        Prefetch("annexes", Annex.objects.select_related("document").order_by("position")),
    )
    if agreement.adopted_id:
        return versions.get(pk=agreement.adopted_id)
    return versions.filter(agreement=agreement).order_by("-number").first()


def versions_of(agreement: Agreement) -> list[Version]:
    """The versions of a text, the newest first; an adoption has those of its framework."""
    query = Version.objects.filter(agreement=agreement.parent_id or agreement.pk)
    return list(query.select_related("author", "institution").order_by("-number"))


def compare(agreement: Agreement, older: int, newer: int) -> list[Difference]:
    """Two versions of a convention side by side; Version.DoesNotExist when there is no such version."""
    return differences(_passages(agreement, older), _passages(agreement, newer))


def _passages(agreement: Agreement, number: int) -> list[Passage]:
    version = Version.objects.get(agreement=agreement.parent_id or agreement.pk, number=number)
    return [Passage(part.title, part.text) for part in version.parts.order_by("position")]


def latest_number(agreement: Agreement) -> int:
    """The number of the newest version; 0 while nothing is written."""
    return Version.objects.filter(agreement=agreement).aggregate(newest=Max("number"))["newest"] or 0


def prolongation_of(agreement: Agreement) -> Prolongation | None:
    """The prolongation that waits for signatures."""
    endorsed = Endorsement.objects.select_related("party__institution", "signed_by")
    return (
        agreement.prolongations.filter(settled_at__isnull=True)
        .prefetch_related(Prefetch("endorsements", endorsed))
        .first()
    )


def adoptions_of(agreement: Agreement) -> list[Agreement]:
    """The local adoptions of a framework, with their parties."""
    return list(agreement.adoptions.select_related("owner").prefetch_related(PARTIES).order_by("number"))


def in_force_between(a_id: UUID, b_id: UUID, on: date) -> list[Agreement]:
    """The conventions that bind both institutions on a day, the latest begun first."""
    return list(
        Agreement.objects.filter(
            Agreement.binds_on(on),
            pk__in=Party.objects.filter(institution=a_id).values("agreement"),
            parties__institution=b_id,
        ).order_by("-starts_on", "number")
    )


def in_force_on(agreement_id: UUID, on: date) -> bool:
    """Whether a convention binds its parties on a day."""
    return Agreement.objects.filter(Agreement.binds_on(on), pk=agreement_id).exists()


def choosable(actor: Actor, *, kind: str = "", on: date | None = None) -> list[Agreement]:
    """The conventions that may be chosen today or on a day; what is over has left the list."""
    query = Agreement.objects.filter(visible_to(actor), Agreement.binds_on(on or today()))
    if kind:
        query = query.filter(kind=kind)
    return list(query.prefetch_related(PARTIES).order_by("number"))


def frameworks_to_adopt(actor: Actor) -> list[Agreement]:
    """Frameworks in force that the actor's institution knows of and may adopt for a place."""
    return [found for found in choosable(actor) if found.parent_id is None]


def partners(actor: Actor) -> list[Institution]:
    """Institutions with which a convention may be concluded, by name."""
    return list(Institution.objects.filter(is_active=True).exclude(pk=actor.institution_key).order_by("name"))


def parties_named(agreements: Iterable[Agreement], but: UUID | None) -> dict[UUID, str]:
    """The other parties of each convention, in one line."""
    return {
        found.pk: ", ".join(p.institution.short_name for p in found.parties.all() if p.institution_id != but)
        for found in agreements
    }


def agreements_between(actor: Actor, institution_id: UUID) -> list[Agreement]:
    """The conventions that the actor may know of and to which an institution is a party, the latest first."""
    known = agreements_page(actor, Shelf()).filter(parties__institution=institution_id)
    return list(known.order_by("-starts_on", "number"))
