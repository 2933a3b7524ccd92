from django.apps import AppConfig


class Kpis(AppConfig):
    name = "raprong.kpis"
    default_auto_field = "django.db.models.BigAutoField"
