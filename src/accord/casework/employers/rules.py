"""What makes an enterprise the same one, and when somebody may speak with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from stdnum.ch import uid as enterprise_number
from stdnum.exceptions import ValidationError

from accord.people.persons.rules import name_key

LEGAL_FORMS = frozenset(
    {
        "sa",
        "ag",
        "sarl",
        "gmbh",
        "sagl",
        "sas",
        "snc",
        "scoop",
        "cie",
        "co",
        "fondation",
        "stiftung",
        "verein",
    }
)
"""Words that do not tell two enterprises apart (CO art. 620, 772: forms of companies)."""
EARLIEST_PLAN_DAYS, LATEST_PLAN_DAYS = 366, 731
"""A contact is written down at most a year after it took place, and planned at most two years ahead."""


def enterprise_key(name: str) -> str:
    """A name as it is compared: folded, without its legal form, unless nothing else would remain."""
    words = name_key(re.sub(r"(?<=\b\w)\.(?=\w\b)", "", name)).casefold().split()
    kept = [word for word in words if word not in LEGAL_FORMS]
    return " ".join(kept or words)


def normalise_uid(typed: str) -> str | None:
    """CHE-123.456.788 as the register writes it; an empty text for none, None when it cannot be one.

    Source: LIDE (RS 431.03) art. 6; the check digit is modulo 11.
    """
    if not typed.strip():
        return ""
    text = re.sub(r"\s*(TVA|MWST|IVA|VAT|HR|RC)\s*$", "", typed.strip(), flags=re.IGNORECASE)
    try:
        return str(enterprise_number.format(enterprise_number.validate(text)))
    except ValidationError:
        return None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is about to be planned, as far as the rules ask."""

    about: str
    ground: str
    consent_on: date | None
    legal_article: str
    planned_for: date


def problem_of(plan: Plan, today: date) -> tuple[str, str] | None:
    """The field and the reason for which a contact cannot be planned; None when it may.

    Nobody speaks with an employer about a person who does not know of it, unless an article says so (mission:
    contacts with employers are coordinated and rest on the person's consent).
    """
    if plan.ground == "not_asked" and plan.about != "enterprise":
        return "ground", "not_asked"
    if plan.ground == "given" and plan.consent_on is None:
        return "consent_on", "no_day"
    if plan.ground == "given" and plan.consent_on is not None and plan.consent_on > today:
        return "consent_on", "future"
    if plan.ground == "law" and not plan.legal_article.strip():
        return "legal_article", "no_article"
    if not -EARLIEST_PLAN_DAYS <= (plan.planned_for - today).days <= LATEST_PLAN_DAYS:
        return "planned_for", "far"
    return None
