"""Everything that a page template may write; docs/explanation/look.md says what for what."""

from accord.web.templatetags.interface import acts, lists, marks, shell, writing
from accord.web.templatetags.interface.library import register

__all__ = ["acts", "lists", "marks", "register", "shell", "writing"]
