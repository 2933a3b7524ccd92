from django.apps import AppConfig


class Signatures(AppConfig):
    name = "raprong.signatures"
    default_auto_field = "django.db.models.BigAutoField"
