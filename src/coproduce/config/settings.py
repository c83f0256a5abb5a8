"""Django's settings. What an installation may change comes from its environment; docs/how-to/run.md lists it."""

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from .sqlite_library import use_safe_sqlite

use_safe_sqlite()

from .database import database_settings  # noqa: E402  (asks which SQLite runs)
from .home import home_folder, secret  # noqa: E402

COPRODUCE_HOME = home_folder()
COPRODUCE_DEMO = os.environ.get("COPRODUCE_DEMO") == "1"
COPRODUCE_JURISDICTION = os.environ.get("COPRODUCE_JURISDICTION", "england")
# Counts of people under this stay hidden: ten is the usual threshold for statistics about people.
COPRODUCE_SMALL_NUMBER = os.environ.get("COPRODUCE_SMALL_NUMBER", "10")
# A table of equality monitoring takes at least so many new forms, so that it says nothing of any one of them.
COPRODUCE_MONITORING_BATCH = os.environ.get("COPRODUCE_MONITORING_BATCH", "30")
# Wraps the key of each sealed round; kept outside the database, so that a copy of the database opens nothing.
COPRODUCE_SEAL_KEY = secret(COPRODUCE_HOME, "seal")

SECRET_KEY = secret(COPRODUCE_HOME, "secret")
DEBUG = False
ALLOWED_HOSTS = [
    host for host in os.environ.get("COPRODUCE_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host
]
_HTTPS = os.environ.get("COPRODUCE_HTTPS") == "1"
# What links in e-mails begin with; the task worker has no request that would say.
COPRODUCE_ADDRESS = os.environ.get("COPRODUCE_ADDRESS") or (
    f"https://{ALLOWED_HOSTS[0]}" if _HTTPS else f"http://{ALLOWED_HOSTS[0]}:8000"
)

CAPABILITIES = [
    name
    for name in (
        "accounts",
        "projects",
        "people",
        "questions",
        "rounds",
        "approach",
        "barriers",
        "drafting",
        "plans",
        "voting",
        "insights",
        "labs",
        "live",
        "equality",
        "consultation",
        "feedback",
        "signoff",
        "review",
        "charter",
    )
    if (Path(__file__).parents[1] / "capabilities" / name / "models.py").exists()
    or (Path(__file__).parents[1] / "capabilities" / name / "models").exists()
]

INSTALLED_APPS = [
    *(f"coproduce.capabilities.{name}" for name in CAPABILITIES),
    "coproduce.outward.exports",
    "coproduce.outward.portfolio",
    "coproduce.outward.vote_files",
    "coproduce.outward.vote_report",
    "coproduce.ui",
    "coproduce.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "coproduce.config.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "coproduce.config.urls"
WSGI_APPLICATION = "coproduce.config.wsgi.application"
FORM_RENDERER = "coproduce.ui.forms.Renderer"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coproduce.config.context.installation",
            ],
        },
    }
]

DATABASES = {"default": database_settings(os.environ.get("DATABASE_URL", ""), COPRODUCE_HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "coproduce.capabilities.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_REQUIRED = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _HTTPS

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

EMAIL_HOST = os.environ.get("COPRODUCE_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("COPRODUCE_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("COPRODUCE_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("COPRODUCE_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("COPRODUCE_SMTP_TLS") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("COPRODUCE_FROM_EMAIL", "coproduce@localhost")
# The demo sends nothing to anybody.
EMAIL_BACKEND = (
    "django.core.mail.backends.dummy.EmailBackend"
    if COPRODUCE_DEMO
    else "django.core.mail.backends.smtp.EmailBackend"
)

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "__Host-session" if _HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "coproduce.config.quiet_logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
