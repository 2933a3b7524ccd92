from django.urls import path

from raprong.web.organisation import orders, views

app_name = "organisation"
urlpatterns = [
    path("", views.people, name="people"),
    path("units/add/", views.add_unit, name="add-unit"),
    path("units/<str:unit>/", views.unit, name="unit"),
    path("orders/", orders.orders, name="orders"),
    path("orders/<str:order>/end/", orders.end_order, name="end-order"),
    path("people/add/", views.add_person, name="add-person"),
    path("people/<str:person>/", views.person, name="person"),
    path("people/<str:person>/appoint/", views.appoint, name="appoint"),
    path("people/<str:person>/posts/<str:position>/end/", views.end_post, name="end-post"),
    path("people/<str:person>/roles/", views.give_role, name="give-role"),
    path("people/<str:person>/roles/<str:grant>/end/", views.end_role, name="end-role"),
    path("people/<str:person>/address/", views.give_address, name="give-address"),
    path("people/<str:person>/password/", views.new_password, name="new-password"),
    path("people/<str:person>/second-factor/", views.take_away, name="take-away"),
]
