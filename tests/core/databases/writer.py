"""A process of its own that writes to a database file: `writer.py DATABASE NUMBER_OF_WRITES [--die-while-writing]`."""

import os
import sys
import time

import django
from django.conf import settings

_, path, writes, *flags = sys.argv
settings.configure(
    DATABASES={"default": {"ENGINE": "raprong.core.databases.sqlite3", "NAME": path}},
    INSTALLED_APPS=[],
)
django.setup()

from django.db import connection, transaction  # noqa: E402

for _ in range(int(writes)):
    with transaction.atomic(), connection.cursor() as cursor:
        (count,) = cursor.execute("SELECT n FROM counter").fetchone()
        if "--die-while-writing" in flags:
            cursor.execute("UPDATE counter SET n = 1000000")
            os._exit(9)
        time.sleep(0.001)
        cursor.execute("UPDATE counter SET n = %s", [count + 1])
