from django.apps import AppConfig


class Circulation(AppConfig):
    name = "raprong.circulation"
    default_auto_field = "django.db.models.BigAutoField"
