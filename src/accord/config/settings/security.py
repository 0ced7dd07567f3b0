"""What keeps strangers out, and pages from doing what we did not write."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from accord.config.environment import fingerprint_keys, mode, number, read, secret_key

ACCORD_MODE = mode()
SECRET_KEY = secret_key()
DEBUG = False
_base = urlsplit(read("ACCORD_BASE_URL"))
_https = _base.scheme == "https"
ALLOWED_HOSTS = (
    [_base.hostname or "localhost"]
    if ACCORD_MODE == "production"
    else ["localhost", "127.0.0.1", "testserver"]
)
CSRF_TRUSTED_ORIGINS = [f"{_base.scheme}://{_base.netloc}"]

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "web:entrance" if ACCORD_MODE == "demo" else "account_login"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
CSRF_FAILURE_VIEW = "accord.web.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if _https and ACCORD_MODE == "production" else 0
SECURE_SSL_REDIRECT = _https and ACCORD_MODE == "production"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "accord.foundation.accounts.policies.NoSelfSignup"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _https
MFA_TOTP_ISSUER = "Accord"

ACCORD_FINGERPRINT_KEYS = fingerprint_keys()
ACCORD_FOLLOW_UP_QUESTIONS = tuple(
    number(f"ACCORD_FOLLOW_UP_{name}") for name in ("HOURLY", "DAILY", "HOUSE")
)
