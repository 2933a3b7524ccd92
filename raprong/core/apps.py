from django.apps import AppConfig


class Core(AppConfig):
    name = "raprong.core"
    default_auto_field = "django.db.models.BigAutoField"
