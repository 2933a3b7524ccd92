from django.apps import AppConfig


class Files(AppConfig):
    name = "raprong.files"
    default_auto_field = "django.db.models.BigAutoField"
