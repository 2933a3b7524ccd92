"""How a test sits down at the keyboard."""

from collections.abc import Callable

from django.test import Client

PASSWORD = "known to every test"
SignIn = Callable[[str], Client]
