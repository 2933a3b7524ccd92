"""Settings of an installation. Everything that differs between two installations comes from the environment."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from raprong.config.environment import flag, secret_key, text, words

PACKAGE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(text("RAPRONG_DATA_DIR", "data")).resolve()

DEBUG = flag("RAPRONG_DEBUG")
SECRET_KEY = secret_key(DATA_DIR / "secret-key")
ALLOWED_HOSTS = words("RAPRONG_ALLOWED_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = words("RAPRONG_TRUSTED_ORIGINS")
BEHIND_TLS = flag("RAPRONG_BEHIND_TLS")

# --- Raprong's own -------------------------------------------------------------------------------------------------
DEMONSTRATION = flag("RAPRONG_DEMONSTRATION")
DEFINITION_DIRS = [PACKAGE_DIR / "definitions", *(Path(p) for p in words("RAPRONG_DEFINITIONS"))]
FILES_DIR = DATA_DIR / "files"
FONTS_DIR = Path(text("RAPRONG_FONTS", str(DATA_DIR / "fonts")))  # one folder for each typeface of one's own
KEYS_DIR = DATA_DIR / "keys"
KEYS_PASSPHRASE = text("RAPRONG_KEYS_PASSPHRASE", SECRET_KEY)
SIGNING_TOKENS = text("RAPRONG_SIGNING_TOKENS")  # a file; see raprong.signatures.certificates
LARGEST_UPLOAD_BYTES = int(text("RAPRONG_LARGEST_UPLOAD_BYTES", str(20 * 1024 * 1024)))
MOST_FILES_AT_ONCE = int(text("RAPRONG_MOST_FILES_AT_ONCE", "20"))  # in one form
MOST_INCOMING_FILES = int(text("RAPRONG_MOST_INCOMING_FILES", "100"))  # of one person, on their way or not yet taken
MOST_INCOMING_BYTES = int(text("RAPRONG_MOST_INCOMING_BYTES", str(1024 * 1024 * 1024)))
LINK_NETWORKS = words("RAPRONG_LINK_NETWORKS")  # closed networks from which links may be fetched
VIRUS_SCANNER = text("RAPRONG_VIRUS_SCANNER")  # host:port or a socket's path; empty: none

# --- Applications, upstairs last -----------------------------------------------------------------------------------
ROOMS = [
    "raprong.core",
    "raprong.audit",
    "raprong.organisation",
    "raprong.access",
    "raprong.files",
    "raprong.notifications",
    "raprong.seals",
    "raprong.stationery",
    "raprong.records",
    "raprong.signatures",
    "raprong.processes",
    "raprong.circulation",
    "raprong.kpis",
    "raprong.agreements",
    "raprong.cascade",
    "raprong.results",
    "raprong.evidence",
    "raprong.assessments",
    "raprong.evaluations",
    "raprong.objections",
]
INSTALLED_APPS = [
    *ROOMS,
    "raprong.web",
    "raprong.cli",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "raprong.web.shell.middleware.ArrivalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "raprong.web.shell.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "raprong.web.home.first_run.FirstRunMiddleware",
    "raprong.web.shell.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "raprong.web.shell.middleware.PersonMiddleware",
    "raprong.web.shell.middleware.TakenMiddleware",
    "raprong.web.shell.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "raprong.config.urls"
WSGI_APPLICATION = "raprong.config.wsgi.application"

# --- Database ------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.parse(
        text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'raprong.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "raprong.core.databases.sqlite3"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- E-mail: sent only where a server is named -----------------------------------------------------------------------
EMAIL_HOST = text("RAPRONG_EMAIL_HOST")
EMAIL_PORT = int(text("RAPRONG_EMAIL_PORT", "587"))
EMAIL_HOST_USER = text("RAPRONG_EMAIL_USER")
EMAIL_HOST_PASSWORD = text("RAPRONG_EMAIL_PASSWORD")
EMAIL_USE_SSL = text("RAPRONG_EMAIL_SECURITY") == "tls"
EMAIL_USE_TLS = text("RAPRONG_EMAIL_SECURITY") not in ("tls", "none")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = text("RAPRONG_EMAIL_FROM", "raprong@localhost")
NOTICE_WEBHOOK = text("RAPRONG_NOTICE_WEBHOOK")
NOTICE_WEBHOOK_KEY = text("RAPRONG_NOTICE_WEBHOOK_KEY")
NOTICE_WEBHOOK_TITLE = text("RAPRONG_NOTICE_WEBHOOK_TITLE")
SITE_ADDRESS = text("RAPRONG_SITE_ADDRESS", "http://127.0.0.1:8000" if DEMONSTRATION else "")

# --- Seals: who confirms their moment, where a server for that is named ---------------------------------------------
TIMESTAMP_SERVER = text("RAPRONG_TIMESTAMP_SERVER")
TIMESTAMP_USER = text("RAPRONG_TIMESTAMP_USER")
TIMESTAMP_PASSWORD = text("RAPRONG_TIMESTAMP_PASSWORD")
TIMESTAMP_REQUIRED = flag("RAPRONG_TIMESTAMP_REQUIRED")
CLOCK_TOLERANCE_SECONDS = int(text("RAPRONG_CLOCK_TOLERANCE_SECONDS", "300"))

# --- People --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:work"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "raprong.web.accounts.adapter.ClosedAdapter"
ACCOUNT_FORMS = {
    "login": "raprong.web.accounts.forms.SignInForm",
    "change_password": "raprong.web.accounts.forms.OwnPasswordForm",
    "reauthenticate": "raprong.web.accounts.forms.OnceMoreForm",
}
MFA_ADAPTER = "raprong.web.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "raprong.web.accounts.second_factor_forms.SignInCodeForm",
    "reauthenticate": "raprong.web.accounts.second_factor_forms.OnceMoreCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# A whole department may sign in within a minute, and all of it may come from one address; passwords are guarded by the
# count of failures for each account.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "60/m/ip,5/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS else 0

# Attempts are counted by all processes of the server together; in memory each would grant them anew.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA_DIR / "attempts",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
CSRF_FAILURE_VIEW = "raprong.web.shell.errors.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"

# No third-party host at run time and no inline code: whatever a page needs lies in our own static files.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

# --- Pages ---------------------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE_DIR / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "raprong.web.jinja.environment",
            "context_processors": ["raprong.web.shell.context.shell"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PACKAGE_DIR / "web" / "static"]
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # one page may hold the choices of 500 KPIs, or the matrix of their sources
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "raprong.files.uploads.BoundedUploadHandler",  # what is too large for memory
]
FILE_UPLOAD_TEMP_DIR = None

# --- Language and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = sorted((PACKAGE_DIR / "web").glob("**/locale"))
USE_I18N = True
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": text("RAPRONG_LOG_LEVEL", "WARNING")},
    # What is wrong with somebody's signature is an answer to whoever asked, not a fault of ours.
    "loggers": {name: {"level": "CRITICAL"} for name in ("pyhanko", "pyhanko_certvalidator")},
}
