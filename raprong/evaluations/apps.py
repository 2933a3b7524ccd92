from django.apps import AppConfig


class Evaluations(AppConfig):
    name = "raprong.evaluations"
    default_auto_field = "django.db.models.BigAutoField"
