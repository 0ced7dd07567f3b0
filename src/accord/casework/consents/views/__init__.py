"""Screens of the authorisation."""

from accord.casework.consents.views.composing import compose, sentence
from accord.casework.consents.views.ending import abandon, narrow, revoke, second_circle_left
from accord.casework.consents.views.law import by_law
from accord.casework.consents.views.showing import evidence, form_pdf, show
from accord.casework.consents.views.signing import sign_paper, sign_screen

__all__ = [
    "abandon",
    "by_law",
    "compose",
    "evidence",
    "form_pdf",
    "narrow",
    "revoke",
    "second_circle_left",
    "sentence",
    "show",
    "sign_paper",
    "sign_screen",
]
