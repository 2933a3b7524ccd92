from django.apps import AppConfig


class Cli(AppConfig):
    name = "raprong.cli"
