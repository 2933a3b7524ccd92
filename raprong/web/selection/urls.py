from django.urls import path

from raprong.web.selection import views

app_name = "selection"
urlpatterns = [
    path("of/<str:run>/compare/", views.compare, name="compare"),
    path("of/<str:run>/meetings/open/", views.open_meeting, name="open-meeting"),
    path("meetings/<str:meeting>/", views.meeting, name="meeting"),
    path("meetings/<str:meeting>/facts/", views.revise_meeting, name="revise-meeting"),
    path("meetings/<str:meeting>/compare/", views.compare_in_meeting, name="compare-in-meeting"),
    path("meetings/<str:meeting>/slides/", views.slides, name="slides"),
    path("meetings/<str:meeting>/slides/<str:kpi>/", views.slide, name="slide"),
    path("meetings/<str:meeting>/parts/<str:kpi>/", views.parts_in_meeting, name="parts-in-meeting"),
    path("meetings/<str:meeting>/minutes/", views.minutes, name="minutes"),
    path("meetings/<str:meeting>/close/", views.close_meeting, name="close-meeting"),
    path("parts/<str:kpi>/", views.parts, name="parts"),
]
