"""The few addresses of allauth that this house opens. Sign-up and the rest have none."""

from allauth.account import views
from allauth.mfa.base import views as codes
from django.urls import path

from raprong.web.accounts import second_factor
from raprong.web.shell.pages import open_to_accounts

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", open_to_accounts(views.logout), name="account_logout"),
    path("closed/", views.account_inactive, name="account_inactive"),
    path("password/", open_to_accounts(views.password_change), name="account_change_password"),
    path("password/again/", open_to_accounts(views.reauthenticate), name="account_reauthenticate"),
    path("code/", codes.authenticate, name="mfa_authenticate"),
    path("code/again/", open_to_accounts(codes.reauthenticate), name="mfa_reauthenticate"),
    path("second-factor/", second_factor.standing, name="mfa_index"),
    path("second-factor/set-up/", second_factor.set_up, name="mfa_activate_totp"),
    path("second-factor/recovery-codes/", second_factor.recovery_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/give-up/", second_factor.lay_down, name="mfa_deactivate_totp"),
]
