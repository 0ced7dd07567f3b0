"""A fifth programme, as small as one can be: an operator writes it without touching code."""

from __future__ import annotations

from pathlib import Path

import pytest

from accord.network.programmes.selectors import forget_read_programmes

TINY = """\
slug = "petit-cercle"
version = "1"
label = { fr = "Petit cercle", de = "Kleiner Kreis" }
description = { fr = "Deux institutions.", de = "Zwei Institutionen." }
canton = "NE"
number_prefix = "PC"

[[category]]
key = "identity"
bit = 0
sensitive = false
label = { fr = "Identité", de = "Personalien" }
explanation = { fr = "Votre nom.", de = "Ihr Name." }

[[category]]
key = "housing"
bit = 16
sensitive = true
label = { fr = "Logement", de = "Wohnen" }
explanation = { fr = "Où vous habitez.", de = "Wo Sie wohnen." }

[[circle]]
kind = "social_aid"
role = "desk"

[[circle]]
kind = "association"
role = "member"

[desk]
kind = "social_aid"
role = "caseworker"
announce_from = ["association", "social_aid"]

[[reason]]
key = "housing"
label = { fr = "Logement menacé", de = "Wohnung gefährdet" }

[[form_field]]
key = "tenure"
kind = "choice"
category = "housing"
choices = [
    { key = "tenant", label = { fr = "Locataire", de = "Miete" } },
    { key = "owner", label = { fr = "Propriétaire", de = "Eigentum" } },
]
label.fr = "Statut"
label.de = "Status"

[[stage]]
key = "announcement"
holder = "desk"
gates = []
days = 5
source = "parameter"
label = { fr = "Annonce", de = "Meldung" }

[[stage]]
key = "work"
holder = "lead"
gates = ["consent.active"]
label = { fr = "Travail commun", de = "Zusammenarbeit" }

[deadlines]
referral_reminder_days = { days = 3, source = "parameter" }
referral_expiry_days = { days = 9, source = "parameter" }
consent_warning_days = { days = [14, 2], source = "parameter" }

[[law]]
key = "rule"
article = "Loi art. 1"
from_kinds = ["social_aid"]
to_kinds = ["association"]
categories = ["identity"]
until_stage = "work"
source = "Loi"
confidence = "official"
label = { fr = "Règle", de = "Regel" }
condition = { fr = "Toujours.", de = "Immer." }

[[outcome]]
key = "kept"
category = "success"
label = { fr = "Logement conservé", de = "Wohnung erhalten" }

[retention]
case = { months = 12, source = "parameter" }

[consent]
recurring_allowed = true
default_months = 6
max_months = 12
source = "parameter"

[[consent.purpose]]
key = "stay"
label = { fr = "garder votre logement", de = "Ihre Wohnung behalten" }

[consent.text]
title = { fr = "Autorisation", de = "Vollmacht" }
intro = { fr = "Nous travaillons ensemble.", de = "Wir arbeiten zusammen." }
voluntary = { fr = "Vous êtes libre.", de = "Sie sind frei." }
purpose = { fr = "But : {purpose}", de = "Zweck: {purpose}" }
recipients = { fr = "Voir le tableau.", de = "Siehe Tabelle." }
shared = { fr = "Voir le tableau.", de = "Siehe Tabelle." }
form = { fr = "Par écrit.", de = "Schriftlich." }
one_off = { fr = "Une fois.", de = "Einmal." }
recurring = { fr = "Plusieurs fois.", de = "Mehrmals." }
duration = { fr = "Jusqu’au {valid_until}.", de = "Bis {valid_until}." }
revocation = { fr = "À tout moment.", de = "Jederzeit." }
consequences = { fr = "L’accès est coupé.", de = "Der Zugriff endet." }
retention = { fr = "{retention_months} mois.", de = "{retention_months} Monate." }
rights = { fr = "Voir votre dossier.", de = "Ihr Dossier sehen." }
law = { fr = "Aucune.", de = "Keines." }
signature = { fr = "{person}", de = "{person}" }
"""


@pytest.fixture
def tiny() -> str:
    """The text of the small programme."""
    return TINY


@pytest.fixture
def own_folder(tmp_path: Path) -> Path:
    """An operator's folder with his programme in it."""
    (tmp_path / "petit-cercle.toml").write_text(TINY, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def read_anew() -> None:
    """No programme is remembered from another test."""
    forget_read_programmes()
