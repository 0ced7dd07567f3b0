"""The insured person, as one institution knows her, and each institution's own file number."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from accord.kernel.clock import now
from accord.kernel.identifiers import new_id
from accord.kernel.privacy import Privacy
from accord.network.institutions.models import Institution
from accord.people.persons.enums import ContactWay, Language, RepresentativeKind, Sex


class Person(models.Model):
    """A person registered by one institution; the others see her only as far as it is disclosed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    family_name = models.CharField(_("Nom"), max_length=100)
    given_names = models.CharField(_("Prénoms"), max_length=100)
    birth_name = models.CharField(_("Nom de naissance"), max_length=100, blank=True)
    name_key = models.TextField(default="", editable=False)
    avs_number = models.CharField(_("Numéro AVS"), max_length=13, blank=True)
    birth_date = models.CharField(_("Date de naissance"), max_length=10, blank=True)
    sex = models.CharField(_("Sexe"), max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    nationality = models.CharField(_("Nationalité"), max_length=2, blank=True)
    language = models.CharField(_("Langue"), max_length=2, choices=Language.choices, default=Language.FRENCH)
    needs_interpreter = models.BooleanField(_("Interprète nécessaire"), default=False)
    street = models.CharField(_("Rue et numéro"), max_length=150, blank=True)
    postal_code = models.CharField(_("NPA"), max_length=10, blank=True)
    city = models.CharField(_("Localité"), max_length=100, blank=True)
    canton = models.CharField(_("Canton"), max_length=2, blank=True)
    phone = models.CharField(_("Téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("Courriel"), blank=True)
    contact_way = models.CharField(
        _("Préfère être contactée"), max_length=10, choices=ContactWay.choices, default=ContactWay.LETTER
    )
    representative_kind = models.CharField(
        _("Représentée par"), max_length=10, choices=RepresentativeKind.choices, blank=True
    )
    representative_name = models.CharField(_("Nom du représentant"), max_length=200, blank=True)
    representative_contact = models.CharField(_("Coordonnées du représentant"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="+")

    likeness: float
    """How like the name that was searched for; only on a person that a search has found."""

    privacy = dict.fromkeys(
        (
            "family_name", "given_names", "birth_name", "name_key", "avs_number", "birth_date", "sex",
            "nationality", "language", "needs_interpreter", "street", "postal_code", "city", "canton",
            "phone", "email", "contact_way", "representative_kind", "representative_name",
            "representative_contact",
        ),
        Privacy.PERSONAL,
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "avs_number"],
                condition=~models.Q(avs_number=""),
                name="person_avs_once",
            ),
            models.CheckConstraint(
                condition=models.Q(avs_number="") | models.Q(avs_number__regex=r"^(756|438)[0-9]{10}$"),
                name="person_avs_shape",
            ),
            models.CheckConstraint(
                condition=models.Q(birth_date="")
                | models.Q(birth_date__regex=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
                name="person_birth_date_shape",
            ),
        ]
        indexes = [
            GinIndex(
                models.Func(models.F("name_key"), models.Value(" "), function="string_to_array"),
                name="person_by_word",
            ),
            models.Index(fields=["avs_number"], name="person_by_avs"),
            models.Index(fields=["birth_date"], name="person_by_birth"),
            models.Index(fields=["institution", "-updated_at"], name="person_by_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.family_name} {self.given_names}"

    @property
    def name(self) -> str:
        """Given names and family name, as one would greet her."""
        return f"{self.given_names} {self.family_name}"


class InstitutionFile(models.Model):
    """An institution's own file on a person: its number, when it was opened and closed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="files")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    number = models.CharField(_("Numéro de dossier"), max_length=40, blank=True)
    opened_on = models.DateField(_("Ouvert le"))
    closed_on = models.DateField(_("Fermé le"), null=True, blank=True)
    closing_reason = models.CharField(_("Motif de fermeture"), max_length=200, blank=True)

    privacy = {"number": Privacy.PERSONAL, "closing_reason": Privacy.SENSITIVE}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
                name="file_period",
            ),
            models.UniqueConstraint(
                fields=["person", "institution"],
                condition=models.Q(closed_on__isnull=True),
                name="file_open_once",
            ),
        ]
        indexes = [models.Index(fields=["institution", "number"], name="file_by_number")]

    def __str__(self) -> str:
        return self.number


class NameWord(models.Model):
    """A word that occurs in somebody's name: the vocabulary in which a typing error is looked up.

    The database gathers it from `name_key`; only its search functions read it.
    """

    word = models.TextField(primary_key=True, db_collation="C")

    privacy = {"word": Privacy.PERSONAL}

    class Meta:
        indexes = [
            GinIndex(models.Func(models.F("word"), function="accord.spellings"), name="nameword_by_spelling"),
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="nameword_by_look"),
        ]

    def __str__(self) -> str:
        return self.word
