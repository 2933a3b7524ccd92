from django.apps import AppConfig


class Processes(AppConfig):
    name = "raprong.processes"
    default_auto_field = "django.db.models.BigAutoField"
