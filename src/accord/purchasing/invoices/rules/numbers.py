"""Official numbers with their check digits, and the decision number."""

from __future__ import annotations

import re

OFFICES = {
    "301": "ZH", "302": "BE", "303": "LU", "304": "UR", "305": "SZ", "306": "OW", "307": "NW", "308": "GL",
    "309": "ZG", "310": "FR", "311": "SO", "312": "BS", "313": "BL", "314": "SH", "315": "AR", "316": "AI",
    "317": "SG", "318": "GR", "319": "AG", "320": "TG", "321": "TI", "322": "VD", "323": "VS", "324": "NE",
    "325": "GE", "326": "FL", "327": "abroad", "350": "JU",
}  # fmt: skip
"""AI offices by the first three digits of a decision number (ZAS/CdC)."""

BEFORE_ANY_DECISION = "280"
"""Office + 280: services and reports for which no decision exists yet (KZIL no. 20)."""

QR_IBAN = range(30000, 32000)
"""Institution identifiers of QR-IBANs."""

_DECISION = re.compile(r"3(?:0[1-9]|1[0-9]|2[0-7]|50)(?:20[0-9]{2}[0-9]{7}|280)")
_CARRY = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)
_OLD_AVS_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def is_ean13(digits: str) -> bool:
    """The check digit of a GLN or of a thirteen-digit AVS number (weights 1 and 3)."""
    if len(digits) != 13 or not _digits(digits):
        return False
    return (sum(map(int, digits[::2])) + 3 * sum(map(int, digits[1::2]))) % 10 == 0


def is_old_avs(digits: str) -> bool:
    """The check digit of an eleven-digit AVS number, as 4.5 still takes it (mod 11)."""
    if len(digits) != 11 or not _digits(digits):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_OLD_AVS_WEIGHTS, digits[:10], strict=True))
    return (11 - total % 11) % 11 == int(digits[10])


def is_mod97(text: str) -> bool:
    """The check digits of an IBAN or of an RF reference (ISO 7064)."""
    turned = (text[4:] + text[:4]).upper()
    return (
        turned.isascii()
        and turned.isalnum()
        and int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
    )


def is_qr_reference(digits: str) -> bool:
    """The check digit of a payment reference (modulo 10, recursive)."""
    if not _digits(digits):
        return False
    carry = 0
    for digit in digits[:-1]:
        carry = _CARRY[(carry + int(digit)) % 10]
    return (10 - carry) % 10 == int(digits[-1])


def qr_check_digit(digits: str) -> str:
    """The last digit of a payment reference that begins with these."""
    return next(last for last in "0123456789" if is_qr_reference(digits + last))


def is_qr_iban(iban: str) -> bool:
    """Whether an account takes only payments with a 27-digit reference."""
    return _digits(iban[4:9]) and int(iban[4:9]) in QR_IBAN


def plain_decision(typed: str) -> str:
    """A decision number without the dots and spaces with which it is printed."""
    return re.sub(r"[\s.\u00a0]", "", typed)


def is_decision(digits: str) -> bool:
    """Office, year and serial in 14 digits; or office and 280."""
    return _DECISION.fullmatch(digits) is not None


def office_of(digits: str) -> str:
    """The canton whose office decided; empty when there is no such office."""
    return OFFICES.get(digits[:3], "")


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
