from django.apps import AppConfig


class Cascade(AppConfig):
    name = "raprong.cascade"
    default_auto_field = "django.db.models.BigAutoField"
