"""The settings of an installation, with a handful of lines changed for tests."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# In memory where there is such a place: the commits of a test need not survive a power loss. The first process makes
# the folder and the worker processes of the same run share it.
if "RAPRONG_TESTS_DIR" not in os.environ:
    shared_memory = Path("/dev/shm")
    place = shared_memory if os.access(shared_memory, os.W_OK) else None
    os.environ["RAPRONG_TESTS_DIR"] = tempfile.mkdtemp(prefix="raprong-tests-", dir=place)
    atexit.register(shutil.rmtree, os.environ["RAPRONG_TESTS_DIR"], ignore_errors=True)
TESTS_DIR = Path(os.environ["RAPRONG_TESTS_DIR"]) / os.environ.get("PYTEST_XDIST_WORKER", "alone")
(TESTS_DIR / "static").mkdir(parents=True, exist_ok=True)

os.environ["RAPRONG_DATA_DIR"] = str(TESTS_DIR)
os.environ["RAPRONG_SECRET_KEY"] = "known to everybody, good for tests alone"

from raprong.config.settings import *  # noqa: E402, F403
from raprong.config.settings import DATABASES  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A real file: writers of several threads queue as they do in an installation.
    DATABASES["default"]["TEST"] = {"NAME": str(TESTS_DIR / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
