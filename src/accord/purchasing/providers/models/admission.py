"""What an office expects, what is offered to it, and who was admitted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.foundation.accounts.models import User
from accord.foundation.documents.models import Document
from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution
from accord.purchasing.providers.enums import (
    OfferState,
    Piece,
    ProviderKind,
    ProviderState,
    Topic,
    Verdict,
)


class Guidance(models.Model):
    """What an AI office expects of providers, on one topic; a change is a new version."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=16, choices=Topic.choices)
    number = models.PositiveIntegerField()
    text = models.TextField(_("Texte"))
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["office", "topic", "number"], name="guidance_once")]

    def __str__(self) -> str:
        return f"{self.topic} {self.number}"


class Identified(models.Model):
    """Who a provider is for the payer: GLN, NIF and account."""

    provider_kind = models.CharField(_("Genre de prestataire"), max_length=16, choices=ProviderKind.choices)
    gln = models.CharField(_("GLN"), max_length=13, blank=True)
    nif = models.CharField(_("NIF"), max_length=7, blank=True)
    iban = models.CharField(_("IBAN"), max_length=21, blank=True)

    class Meta:
        abstract = True


class Provider(Identified):
    """An institution that provides measures, admitted by an AI office."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.OneToOneField(Institution, models.PROTECT, related_name="+")
    office = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ProviderState.choices, default=ProviderState.ACTIVE)
    state_reason = models.CharField(max_length=400, blank=True)
    state_since = models.DateTimeField(default=now)
    offers = models.TextField(_("Ce qui est proposé"), blank=True)
    languages = models.CharField(_("Langues"), max_length=60, blank=True)
    places = models.CharField(_("Lieux"), max_length=200, blank=True)
    website = models.URLField(_("Site internet"), blank=True)
    created_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="suspended") | ~models.Q(state_reason=""),
                name="provider_suspension_has_reason",
            ),
            models.UniqueConstraint(fields=["gln"], condition=~models.Q(gln=""), name="provider_gln_once"),
            models.UniqueConstraint(fields=["nif"], condition=~models.Q(nif=""), name="provider_nif_once"),
        ]
        indexes = [models.Index(fields=["office", "state"], name="provider_by_office")]

    def __str__(self) -> str:
        return str(self.id)


class Offer(Identified):
    """An offer of service, written without an account under a link that was mailed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    office = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, blank=True, help_text="The number of its receipt.")
    state = models.CharField(max_length=12, choices=OfferState.choices, default=OfferState.DRAFT)
    email = models.EmailField(_("Adresse e-mail"))
    language = models.CharField(max_length=2, default="fr")
    name = models.CharField(_("Nom du prestataire"), max_length=200, blank=True)
    contact = models.CharField(_("Personne de contact"), max_length=200, blank=True)
    phone = models.CharField(_("Téléphone"), max_length=40, blank=True)
    address = models.TextField(_("Adresse"), blank=True)
    languages = models.CharField(_("Langues"), max_length=60, blank=True)
    places = models.CharField(_("Lieux"), max_length=200, blank=True)
    offers = models.TextField(_("Mesures proposées"), blank=True)
    quality = models.TextField(_("Qualité de l’accompagnement"), blank=True)
    prices = models.TextField(_("Prix proposés"), blank=True)
    confirmed_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    reasons = models.TextField(_("Raisons"), blank=True)
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    provider = models.ForeignKey(Provider, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    privacy = {
        "email": Privacy.STAFF,
        "contact": Privacy.STAFF,
        "phone": Privacy.STAFF,
    }

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~models.Q(number=""), name="offer_number_once"
            ),
            models.UniqueConstraint(
                fields=["office", "email"], condition=models.Q(state="draft"), name="offer_draft_once"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="offer_four_eyes",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(reasons=""), name="offer_refusal_has_reasons"
            ),
        ]
        indexes = [models.Index(fields=["office", "state"], name="offer_by_office")]

    def __str__(self) -> str:
        return self.number or str(self.id)


class OfferPiece(models.Model):
    """A document that was joined to an offer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="pieces")
    piece = models.CharField(_("Genre de document"), max_length=12, choices=Piece.choices)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.piece


class OfferExchange(models.Model):
    """A question of contract management, and its answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="exchanges")
    question = models.TextField(_("Question"))
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=now)
    answer = models.TextField(_("Réponse"), blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at"]

    def __str__(self) -> str:
        return str(self.id)


class MagicLink(models.Model):
    """A link that was mailed to whoever offers: it opens her offer once, and not for long."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    offer = models.ForeignKey(Offer, models.CASCADE, related_name="links")
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["offer", "-created_at"], name="magic_link_by_offer")]

    def __str__(self) -> str:
        return str(self.id)
