"""How django-allauth behaves in this house."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.lib.locked_text import locked, unlocked

PASSWORD_CHANGED = "account/messages/password_changed.txt"


class ClosedAdapter(DefaultAccountAdapter):
    """Nobody signs up; of allauth's messages only the one that says something new is shown."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is closed. Ask the administrator of your office."),
        "email_password_mismatch": gettext_lazy("The name or the password is not right. Try again."),
        "username_password_mismatch": gettext_lazy("The name or the password is not right. Try again."),
        "enter_current_password": gettext_lazy("This is not your password of today."),
        "incorrect_password": gettext_lazy("The password is not right."),
        "too_many_login_attempts": gettext_lazy("Too many attempts failed. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Any, password: str) -> None:
        """What its owner chooses is no longer temporary."""
        user.password_is_temporary = False
        super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return get_script_prefix()

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        if message_template == PASSWORD_CHANGED:
            messages.success(request, _("Your password is changed."))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie in the database locked with the installation's passphrase."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right, or it was used already. Type the one shown now."),
    }

    def encrypt(self, text: str) -> str:
        return locked(text, settings.KEYS_PASSPHRASE)

    def decrypt(self, encrypted_text: str) -> str:
        return unlocked(encrypted_text, settings.KEYS_PASSPHRASE)
