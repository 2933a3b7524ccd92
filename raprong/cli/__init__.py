"""The `raprong` command: a door like the web. Each word is a management command of a few lines that calls one verb."""

import os
import sys


def main() -> None:
    """Run `raprong WORD ...`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raprong.config.settings")
    from django.core.management import execute_from_command_line  # after the settings are named

    execute_from_command_line(["raprong", *sys.argv[1:]])
