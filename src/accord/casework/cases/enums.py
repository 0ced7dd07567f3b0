"""Words of casework."""

from __future__ import annotations

from enum import IntFlag

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(IntFlag):
    """The data categories that every programme knows; a programme may add others from bit 16 on."""

    IDENTITY = 1 << 0
    BENEFITS = 1 << 1
    FINANCES = 1 << 2
    WORK = 1 << 3
    CAPACITY = 1 << 4
    MEDICAL = 1 << 5
    SOCIAL = 1 << 6
    LANGUAGE = 1 << 7
    PLAN = 1 << 8


class CaseState(models.TextChoices):
    """Where the case stands as a whole; its stage comes from the programme."""

    DRAFT = "draft", _("en préparation")
    ANNOUNCED = "announced", _("annoncé")
    OPEN = "open", _("en cours")
    CLOSED = "closed", _("clos")
    DECLINED = "declined", _("non retenu")
    EXPIRED = "expired", _("sans réponse")
    WITHDRAWN = "withdrawn", _("retiré")


RUNNING = (CaseState.OPEN, CaseState.ANNOUNCED, CaseState.DRAFT)
"""States of a case that is worked on, or about to be."""
ENDED = (CaseState.DECLINED, CaseState.EXPIRED, CaseState.WITHDRAWN)
"""States of a case that came to nothing."""


class Basis(models.TextChoices):
    """Why an institution may see something."""

    PARTY = "party", _("participe au dossier")
    CONSENT = "consent", _("par autorisation")
    LAW = "law", _("par la loi")
    EMERGENCY = "emergency", _("en urgence")


class ParticipantRole(models.TextChoices):
    """What an institution does in a case."""

    LEAD = "lead", _("conduit le dossier")
    ANNOUNCER = "announcer", _("a annoncé le cas")
    DESK = "desk", _("trie les annonces")
    MEMBER = "member", _("participe")
    INFORMED = "informed", _("est informée")


class Audience(models.TextChoices):
    """Who may read a record, as far as the authorisation goes."""

    CIRCLE = "circle", _("les institutions autorisées")
    PERSON = "person", _("les institutions autorisées et la personne")
    OWN = "own", _("mon institution seulement")


class StepState(models.TextChoices):
    """A step is open until somebody did it or gave it up."""

    OPEN = "open", _("à faire")
    DONE = "done", _("faite")
    DROPPED = "dropped", _("abandonnée")


class EventKind(models.TextChoices):
    """What the timeline tells."""

    CREATED = "created", _("Dossier créé")
    ANNOUNCED = "announced", _("Cas annoncé")
    ACCEPTED = "accepted", _("Annonce acceptée")
    DECLINED = "declined", _("Annonce non retenue")
    ASKED_BACK = "asked_back", _("Complément demandé")
    ANSWERED = "answered", _("Complément reçu")
    EXPIRED = "expired", _("Annonce restée sans réponse")
    WITHDRAWN = "withdrawn", _("Annonce retirée")
    STAGE = "stage", _("Étape")
    JOINED = "joined", _("Institution entrée dans le dossier")
    LEFT = "left", _("Institution sortie du dossier")
    LEAD = "lead", _("Conduite du dossier remise")
    CONSENT_GIVEN = "consent_given", _("Autorisation signée")
    CONSENT_NARROWED = "consent_narrowed", _("Autorisation restreinte")
    CONSENT_REVOKED = "consent_revoked", _("Autorisation révoquée")
    CONSENT_EXPIRED = "consent_expired", _("Autorisation échue")
    FILE_OPENED = "file_opened", _("Dossier ouvert dans une institution")
    FILE_CLOSED = "file_closed", _("Dossier fermé dans une institution")
    STEP_DONE = "step_done", _("Démarche accomplie")
    DOCUMENT = "document", _("Document ajouté")
    CLOSED = "closed", _("Dossier clos")
    REOPENED = "reopened", _("Dossier rouvert")
    CAPACITY = "capacity", _("Capacité de travail mise à jour")
    SUMMARY = "summary", _("Résumé fonctionnel publié")
    DIAGNOSIS_SIGNED = "diagnosis_signed", _("Partie du diagnostic signée")
    DIFFERENCE = "difference", _("Divergence notée")
    EMPLOYER_CONTACT = "employer_contact", _("Contact avec un employeur")
    PLAN_PROPOSED = "plan_proposed", _("Plan proposé")
    PLAN_SIGNED = "plan_signed", _("Plan signé par une institution")
    PLAN_AGREED = "plan_agreed", _("Plan convenu")
    PLAN_CHANGED = "plan_changed", _("Plan modifié")
    MEETING_PLANNED = "meeting_planned", _("Rencontre fixée")
    MEETING_MOVED = "meeting_moved", _("Rencontre déplacée")
    MEETING_CANCELLED = "meeting_cancelled", _("Rencontre annulée")
    MEETING_HELD = "meeting_held", _("Rencontre tenue")
    MINUTES_SIGNED = "minutes_signed", _("Procès-verbal signé")
    DETECTION = "detection", _("Réponse à la communication")
    NOTICE = "notice", _("Préavis communiqué")
    CIRCLE_JOINED = "circle_joined", _("Dossier entré dans un second cercle")
    CIRCLE_LEFT = "circle_left", _("Dossier sorti du second cercle")
    EMERGENCY = "emergency", _("Accès en urgence")
    PERSON_ACTED = "person_acted", _("Acte de la personne")
    MERGED = "merged", _("Personnes réunies")
    UNMERGED = "unmerged", _("Réunion annulée")
