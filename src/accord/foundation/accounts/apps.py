"""Registers the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """accord.foundation.accounts."""

    name = "accord.foundation.accounts"
    label = "accounts"
