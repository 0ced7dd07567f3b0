"""The shell that every screen stands in."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base templates, components, home, search and the case page."""

    name = "accord.web"
    label = "web"

    def ready(self) -> None:
        """Say in the journal's words what reading a whole case is; let the rooms speak with each other."""
        from django.utils.translation import gettext_lazy as _

        from accord.casework.durations.panels import show_further
        from accord.casework.medical.selectors.offering import offer_questions
        from accord.foundation.journal.enums import say
        from accord.web.composition import announced_questions, doctors_table

        offer_questions(announced_questions)
        show_further(doctors_table)
        say(
            subjects={"case file": _("copie d’un dossier")},
            purposes={
                "read a case file": _("lire un dossier en entier"),
                "print a case file": _("imprimer un dossier"),
            },
        )
