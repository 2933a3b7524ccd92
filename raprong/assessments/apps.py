from django.apps import AppConfig


class Assessments(AppConfig):
    name = "raprong.assessments"
    default_auto_field = "django.db.models.BigAutoField"
