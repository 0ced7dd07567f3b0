"""Registers the app."""

from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    """accord.purchasing.invoices."""

    name = "accord.purchasing.invoices"
    label = "invoices"
