"""Registers the app."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """accord.casework.referrals."""

    name = "accord.casework.referrals"
    label = "referrals"
