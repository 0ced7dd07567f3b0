"""The words that a programme file may use. Each list is the contract between files and code."""

from __future__ import annotations

LANGUAGES = ("fr", "de", "it", "en")
REQUIRED_LANGUAGES = ("fr", "de")

CATEGORY_BITS = {
    "identity": 0,
    "benefits": 1,
    "finances": 2,
    "work": 3,
    "capacity": 4,
    "medical": 5,
    "social": 6,
    "language": 7,
    "plan": 8,
}
"""Data categories that mean the same in every programme."""
FIRST_OWN_BIT, LAST_BIT = 16, 30
"""Bits that a programme may give to categories of its own."""

INSTITUTION_KINDS = (
    "ai_office",
    "employment_office",
    "social_aid",
    "cii_office",
    "medical_service",
    "insurer_daily_lamal",
    "insurer_daily_lca",
    "insurer_accident",
    "pension_fund",
    "health_fund",
    "employer",
    "career_guidance",
    "association",
    "provider",
)
USER_ROLES = (
    "caseworker",
    "referent",
    "desk",
    "secretary",
    "doctor",
    "manager",
    "administrator",
    "data_protection",
)

CIRCLE_ROLES = ("desk", "lead_possible", "member", "informed")
"""The desk triages and may lead; `lead_possible` is a member that may lead; `informed` only gets told."""
LEADING_ROLES = ("desk", "lead_possible")

GATES = (
    "referral.accepted",
    "insured.informed",
    "consent.active",
    "assessment.held",
    "diagnosis.shared",
    "plan.agreed",
    "steps.done",
)
"""Rules that a stage may demand before a case enters it; casework answers each of them."""

HOLDERS = ("announcer", "desk", "lead")
FIELD_KINDS = ("text", "long_text", "date", "choice", "yes_no", "number", "percent")
QUESTION_KINDS = ("limitations", "capacity", "fitness", "other")
PERSON_PRESENCE = ("yes", "no", "optional")
DOCTOR_PRESENCE = ("required", "optional", "exception", "none")
OUTCOME_CATEGORIES = ("success", "durable", "neutral", "interrupted")
RETENTION_KINDS = ("case", "declined_referral", "consent", "document", "medical", "meeting")
CONFIDENCE = ("seed", "official", "secondary", "deduced", "parameter")
"""How well a rule is founded: the mission's own texts, law or authority, press or association, our
deduction, or a number that each canton sets."""

CONSENT_PLACEHOLDERS = (
    "person",
    "birth_date",
    "programme",
    "institution",
    "purpose",
    "valid_from",
    "valid_until",
    "retention_months",
)
