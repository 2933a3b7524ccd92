from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection

from raprong.cli import serving
from raprong.cli.command import Word
from raprong.core.databases.preparing import bring_up_to_date, migrations_waiting


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ArgumentTypeError(f"a port is a number from 1 to 65535, not {text}")
    return int(text)


class Command(Word):
    """`raprong serve`: prepare the database and serve the application, with a worker for jobs beside it."""

    help = "Prepare the database and serve the application until Ctrl-C, with a worker for jobs beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=port_number, default=8000, help="the port (default: %(default)s)")

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        serving.check_port_is_free(host, port)
        serving.check_front_end_is_built()
        self.prepare_database()
        self.say("Starting the server")
        serving.serve(host, port, when_ready=lambda: self.say_address(host, port))
        self.say("Stopped.")

    def prepare_database(self) -> None:
        try:
            waiting = migrations_waiting()
        except OperationalError as error:
            self.stop([f"The database does not answer: {error}".strip(), "Look at DATABASE_URL and its server."])
        if waiting:
            self.say(f"Preparing the {connection.display_name} database in {where()}")
            bring_up_to_date()

    def say_address(self, host: str, port: int) -> None:
        name = f"[{host}]" if ":" in host else host
        self.say(f"Raprong is at http://{name}:{port}  (Ctrl-C stops it)")


def where() -> str:
    """Where the data lie, without what is secret in an address."""
    database = settings.DATABASES["default"]
    return str(settings.DATA_DIR) if connection.vendor == "sqlite" else f"{database['HOST']}/{database['NAME']}"
