"""Ask, record, narrow, revoke: each writes or ends disclosures in the same transaction."""

from accord.casework.consents.services.ending import (
    expire_consents,
    lapse_consents,
    leave_second_circle,
    narrow_consent,
    revoke_consent,
    warn_of_expiry,
)
from accord.casework.consents.services.gates import consent_is_active
from accord.casework.consents.services.granting import (
    abandon_consent,
    prepare_consent,
    sign_on_paper,
    sign_on_screen,
)
from accord.casework.consents.services.printing import print_form

__all__ = [
    "abandon_consent",
    "consent_is_active",
    "expire_consents",
    "lapse_consents",
    "leave_second_circle",
    "narrow_consent",
    "prepare_consent",
    "print_form",
    "revoke_consent",
    "sign_on_paper",
    "sign_on_screen",
    "warn_of_expiry",
]
