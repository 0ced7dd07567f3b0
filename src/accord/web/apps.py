"""The shell that every screen stands in."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base templates, components, home, search and the case page."""

    name = "accord.web"
    label = "web"
