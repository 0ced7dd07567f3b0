"""Conventions for the tests of the whole house."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from accord.foundation.documents.services import store_document
from accord.kernel.clock import now, today
from accord.network.agreements.enums import AgreementKind, AgreementState
from accord.network.agreements.models import Agreement, Annex, Endorsement, Part, Party, Prolongation, Version
from accord.network.agreements.policies import manages_agreements, visible_to
from accord.network.institutions.enums import Role
from scenarios import colleague


def _of_known(actor: Any) -> Q:
    return Q(agreement__in=Agreement.objects.filter(visible_to(actor)))


WALLS = {
    Agreement: visible_to,
    Party: _of_known,
    Version: _of_known,
    Part: lambda actor: Q(text_of__agreement__in=Agreement.objects.filter(visible_to(actor))),
    Prolongation: _of_known,
    Endorsement: lambda actor: Q(prolongation__agreement__in=Agreement.objects.filter(visible_to(actor))),
}


def _agreement(owner: Any, serial: object, **fields: Any) -> Agreement:
    fields.setdefault("kind", AgreementKind.PROVIDER)
    return Agreement.objects.create(
        number=f"CV-{serial}", title="x", owner=owner, starts_on=today(), **fields
    )


def furnish_world(world: Any, case: Any) -> dict[str, object]:
    """A framework in some state, and an adoption of it in another."""
    dice = world.dice
    framework = _agreement(world.anyone(), f"{case.number}-1")
    version = Version.objects.create(agreement=framework, number=1, institution=framework.owner)
    Part.objects.create(text_of=version, position=1, title="x", text="x")
    adoption = _agreement(world.anyone(), f"{case.number}-2", parent=framework, adopted=version)
    for agreement in (framework, adoption):
        party = Party.objects.create(agreement=agreement, institution=world.anyone(), role="partner")
        prolongation = Prolongation.objects.create(agreement=agreement, ends_on=today())
        Endorsement.objects.create(prolongation=prolongation, party=party)
        state = dice.choice([AgreementState.DRAFT, AgreementState.NEGOTIATION, AgreementState.IN_FORCE])
        Agreement.objects.filter(pk=agreement.pk).update(state=state)
    return {"agreements": [framework, adoption]}


OWNED = {"agreement_id", "annex_id", "party_id", "endorsement_id", "proposal_id"}
CLIENTS = {manages_agreements: lambda scene: colleague(scene.ours.institution, Role.MANAGER).browser()}


def furnish_scene(scene: Any) -> dict[str, object]:
    """A convention of our house in force, with a text, an annex and a prolongation to sign."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    house = scene.ours.institution
    agreement = _agreement(house, "scene", ends_on=today())
    document = store_document(by=scene.ours.actor, file=SimpleUploadedFile("a.png", PNG, "image/png"))
    version = Version.objects.create(agreement=agreement, number=1, institution=house)
    Part.objects.create(text_of=version, position=1, title="Objet", text="x")
    annex = Annex.objects.create(text_of=version, position=1, title="Annexe", document=document)
    party = Party.objects.create(
        agreement=agreement, institution=house, role="buyer", signed_at=now(), signed_on=today(),
        signed_by=scene.ours.user, channel="paper", evidence=document,
    )  # fmt: skip
    prolongation = Prolongation.objects.create(agreement=agreement, ends_on=today())
    endorsement = Endorsement.objects.create(prolongation=prolongation, party=party)
    Agreement.objects.filter(pk=agreement.pk).update(state=AgreementState.IN_FORCE)
    return {
        "agreement_id": agreement.pk,
        "annex_id": annex.pk,
        "party_id": party.pk,
        "endorsement_id": endorsement.pk,
    }


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000002000000020802000000fdd49a73"
    "0000000b49444154789c6360400600000e0001a99173b10000000049454e44ae426082"
)
STATE_REFUSES = {
    f"agreements:{name}": 403
    for name in ("write", "terminate", "renew", "sign_paper", "sign_screen", "endorse")
}
"""A caseworker reads conventions; those in charge write, sign and end them."""
NOT_A_PAGE = {"agreements:annex", "agreements:evidence", "agreements:endorse"}
CONTRACTS, SIGNER = "achats01@accord.example", "achats04@accord.example"
BY = {
    **{
        f"agreements:{name}": CONTRACTS
        for name in (
            "list", "renewals", "draft", "adopt", "show", "versions", "terminate", "renew", "write", "sign_paper",
        )
    },
    "agreements:sign_screen": SIGNER,
}  # fmt: skip
PICTURES = {
    "convention": ("/conventions/{agreement_id}/", CONTRACTS),
    "convention-versions": ("/conventions/{negotiated_id}/versions/", CONTRACTS),
}
IN_STATE = (
    "select a.id from agreements_agreement a join institutions_institution i on i.id = a.owner_id"
    " where i.slug = 'oai-ge' and a.kind = 'provider' and a.state = %s order by a.number limit 1"
)
TO_SIGN = "select id from agreements_party where agreement_id = %s and signed_at is null limit 1"


def things(site: Any, house: object, case: object) -> dict[str, object]:
    """Conventions of Geneva: one in force, one that is negotiated, one that waits for the provider's signature."""
    agreement, negotiated, unsigned = (
        site.value(IN_STATE, state) for state in ("in_force", "negotiation", "signing")
    )
    return {
        "agreement_id": agreement,
        "party_id": site.value(TO_SIGN, unsigned),
        "negotiated_id": negotiated,
        **{f"agreements:{name}:agreement_id": negotiated for name in ("write", "versions")},
        **{f"agreements:{name}:agreement_id": unsigned for name in ("sign_paper", "sign_screen")},
    }
