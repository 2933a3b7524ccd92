from django.apps import AppConfig


class Stationery(AppConfig):
    name = "raprong.stationery"
    default_auto_field = "django.db.models.BigAutoField"
