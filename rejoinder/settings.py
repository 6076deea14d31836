"""Maps the desk's configuration to Django; decides nothing of its own."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from rejoinder.plumbing.config import config, key, own_folder

_CONFIG = config()
_HERE = Path(__file__).parent


def _database() -> dict[str, Any]:
    if not _CONFIG.is_postgres:
        return {
            "ENGINE": "rejoinder.plumbing.sqlite",
            "NAME": own_folder(_CONFIG.data, "REJOINDER_DATA") / "desk.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # Writers queue at BEGIN instead of failing half way.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
                    # `rejoinder work` moves it on; a claim pays for a checkpoint only without it.
                    "PRAGMA wal_autocheckpoint=20000;"
                    "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
                ),
            },
        }
    parts = urlsplit(_CONFIG.database_url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = key("secret_key")
DEBUG = False
ALLOWED_HOSTS = [
    *{urlsplit(_CONFIG.base_url).hostname or "", _CONFIG.host, "localhost", "127.0.0.1"}
]
CSRF_TRUSTED_ORIGINS = [_CONFIG.base_url]
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "rejoinder.web",  # before allauth: its templates are ours
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rejoinder.plumbing",
    "rejoinder.team",
    "rejoinder.channels",
    "rejoinder.privacy",
    "rejoinder.listening",
    "rejoinder.budget",
    "rejoinder.outbox",
    "rejoinder.answers",
    "rejoinder.crisis",
    "rejoinder.desk",
    "rejoinder.reporting",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rejoinder.web.frame.middleware.traced",
    "rejoinder.web.frame.middleware.gives_way",
    "rejoinder.web.frame.middleware.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "rejoinder.web.frame.middleware.own_time_and_language",
    "rejoinder.web.frame.middleware.Rights",
    "allauth.account.middleware.AccountMiddleware",
]
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "rejoinder.plumbing.uploads.Bounded",
]
ROOT_URLCONF = "rejoinder.urls"
WSGI_APPLICATION = None
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rejoinder.web.frame.shell.shell",
            ]
        },
    }
]

# Who comes in
AUTH_USER_MODEL = "team.Advisor"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "inbox"
ACCOUNT_ADAPTER = "rejoinder.web.people.sign_in.ClosedDoor"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an owner gave the address, and the link by hand
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = urlsplit(_CONFIG.base_url).scheme == "http"
MFA_TOTP_ISSUER = "Rejoinder"
MFA_ADAPTER = "rejoinder.web.people.sign_in.SealedFactors"

# Cookies and headers
_HTTPS = _CONFIG.base_url.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "rejoinder.web.frame.errors.no_csrf"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Words and times
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [_HERE / "web" / "locale"]

# Files
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # straight from the packages: nothing to collect, nothing stale
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

EMAIL_SUBJECT_PREFIX = ""
LOGGING_CONFIG = None  # plumbing/logging.py sets it up once for each process
