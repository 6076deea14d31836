"""Its addresses: the helpdesk under a path of its own, as in many installations."""

from django.urls import include, path

urlpatterns = [path("helpdesk/", include("helpdesk.urls"))]
