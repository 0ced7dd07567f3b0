"""Django's settings, by concern."""

from accord.config.settings.applications import *  # noqa: F403
from accord.config.settings.database import *  # noqa: F403
from accord.config.settings.exchange import *  # noqa: F403
from accord.config.settings.languages import *  # noqa: F403
from accord.config.settings.mail import *  # noqa: F403
from accord.config.settings.security import *  # noqa: F403
from accord.config.settings.storage import *  # noqa: F403
