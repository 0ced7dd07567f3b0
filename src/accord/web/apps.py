"""The shell that every screen stands in."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base templates, components, home, search and the case page."""

    name = "accord.web"
    label = "web"

    def ready(self) -> None:
        """Say in the journal's words what reading and printing a whole case is."""
        from django.utils.translation import gettext_lazy as _

        from accord.foundation.journal.enums import say

        say(
            subjects={"case file": _("copie d’un dossier")},
            purposes={
                "read a case file": _("lire un dossier en entier"),
                "print a case file": _("imprimer un dossier"),
            },
        )
