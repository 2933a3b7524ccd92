from django.apps import AppConfig


class Organisation(AppConfig):
    name = "raprong.organisation"
    default_auto_field = "django.db.models.BigAutoField"
