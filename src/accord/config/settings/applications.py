"""Which apps, in which order a request meets them, and how pages are rendered."""

from __future__ import annotations

from accord.config.environment import read

ROOT_URLCONF = "accord.config.urls"
WSGI_APPLICATION = "accord.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "accord.web",
    "accord.purchasing.invoices",
    "accord.purchasing.measures",
    "accord.purchasing.providers",
    "accord.casework.window",
    "accord.casework.durations",
    "accord.casework.advice",
    "accord.casework.detection",
    "accord.casework.emergencies",
    "accord.casework.medical",
    "accord.casework.referrals",
    "accord.casework.meetings",
    "accord.casework.plans",
    "accord.casework.employers",
    "accord.casework.diagnosis",
    "accord.casework.capacity",
    "accord.casework.consents",
    "accord.casework.cases",
    "accord.people.matching",
    "accord.people.persons",
    "accord.network.programmes",
    "accord.network.agreements",
    "accord.network.institutions",
    "accord.foundation.documents",
    "accord.foundation.notifications",
    "accord.foundation.accounts",
    "accord.foundation.journal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accord.web.middleware.ActorOfRequest",
    "accord.web.middleware.LanguageOfUser",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "accord.web.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "accord.web.templatetags.interface",
            ],
        },
    }
]
FORM_RENDERER = "accord.web.rendering.FormRenderer"

ACCORD_BASE_URL = read("ACCORD_BASE_URL").rstrip("/")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": read("ACCORD_LOG_LEVEL")},
    "loggers": {
        "django.db.backends": {"level": "WARNING"},
        "procrastinate.blueprints": {"level": "WARNING"},
        "procrastinate.jobs": {"level": "WARNING"},
        "procrastinate.periodic": {"level": "WARNING"},
    },
}
