"""The few addresses of allauth that this house opens. Sign-up and the rest have none."""

from allauth.account import views
from django.urls import path

from raprong.web.shell.pages import open_to_accounts

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", open_to_accounts(views.logout), name="account_logout"),
    path("closed/", views.account_inactive, name="account_inactive"),
    path("password/", open_to_accounts(views.password_change), name="account_change_password"),
    path("password/again/", open_to_accounts(views.reauthenticate), name="account_reauthenticate"),
]
