"""Kinds of institutions and what people do in them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an institution is; programmes speak of kinds."""

    AI_OFFICE = "ai_office", _("Office de l’assurance-invalidité")
    EMPLOYMENT_OFFICE = "employment_office", _("Office de l’emploi")
    SOCIAL_AID = "social_aid", _("Aide sociale")
    CII_OFFICE = "cii_office", _("Bureau CII")
    MEDICAL_SERVICE = "medical_service", _("Service médical régional")
    INSURER_DAILY_LAMAL = "insurer_daily_lamal", _("Assureur d’indemnités journalières (LAMal)")
    INSURER_DAILY_LCA = "insurer_daily_lca", _("Assureur d’indemnités journalières (LCA)")
    INSURER_ACCIDENT = "insurer_accident", _("Assureur-accidents (LAA)")
    PENSION_FUND = "pension_fund", _("Institution de prévoyance (LPP)")
    HEALTH_FUND = "health_fund", _("Caisse d’assurance maladie")
    EMPLOYER = "employer", _("Employeur")
    CAREER_GUIDANCE = "career_guidance", _("Orientation professionnelle")
    ASSOCIATION = "association", _("Association")
    PROVIDER = "provider", _("Prestataire")


class Role(models.TextChoices):
    """What a member does for her institution."""

    CASEWORKER = "caseworker", _("Gestionnaire de cas")
    REFERENT = "referent", _("Référent CII")
    DESK = "desk", _("Bureau CII")
    SECRETARY = "secretary", _("Secrétariat")
    DOCTOR = "doctor", _("Médecin")
    MANAGER = "manager", _("Responsable")
    ADMINISTRATOR = "administrator", _("Administrateur de l’institution")
    DATA_PROTECTION = "data_protection", _("Délégué à la protection des données")


CASE_ROLES = (Role.CASEWORKER, Role.REFERENT, Role.DESK, Role.MANAGER, Role.DOCTOR, Role.SECRETARY)
"""Roles that work on cases."""
