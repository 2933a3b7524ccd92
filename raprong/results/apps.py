from django.apps import AppConfig


class Results(AppConfig):
    name = "raprong.results"
    default_auto_field = "django.db.models.BigAutoField"
