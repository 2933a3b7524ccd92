from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Files(AppConfig):
    name = "raprong.files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # These need the models, which are there from now on.
        from raprong.core import regular
        from raprong.files.incoming import clear_away

        regular.register(
            regular.RegularJob("files.incoming", _("Files that nobody came back for"), regular.in_an_hour, clear_away)
        )
