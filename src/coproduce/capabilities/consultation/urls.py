from django.urls import path

from .views import calendar, coding, deciding, one, planning, public, replies, report

app_name = "consultation"

_ALL = "projects/<uuid:project_id>/consultations/"
_ONE = f"{_ALL}<uuid:consultation_id>/"
_REPLY = f"{_ONE}replies/<uuid:reply_id>/"
_CODE = f"{_ONE}codes/<uuid:code_id>/"
_PUBLIC = "consultations/<uuid:consultation_id>/"

urlpatterns = [
    path("organisation-calendar/", calendar.calendar, name="calendar"),
    path("organisation-calendar/<uuid:period_id>/remove/", calendar.remove_period, name="remove_period"),
    path(_ALL, planning.consultations, name="consultations"),
    path(f"{_ALL}new/", planning.new, name="new"),
    path(_ONE, one.consultation, name="consultation"),
    path(f"{_ONE}state/", one.state, name="state"),
    path(f"{_ONE}plan/", planning.edit, name="edit"),
    path(f"{_ONE}questions/", planning.questions, name="questions"),
    path(f"{_ONE}formats/", planning.formats, name="formats"),
    path(f"{_ONE}consultees/", planning.consultees, name="consultees"),
    path(f"{_ONE}reach/", one.reach, name="reach"),
    path(f"{_ONE}who-decides/", planning.deciders, name="deciders"),
    path(f"{_ONE}open/", planning.open_it, name="open"),
    path(f"{_ONE}close/", planning.close, name="close"),
    path(f"{_ONE}replies/", replies.replies, name="replies"),
    path(f"{_ONE}replies/enter/", replies.enter, name="enter"),
    path(f"{_ONE}replies/take-in/", replies.take_in, name="take_in"),
    path(_REPLY, replies.one_reply, name="one_reply"),
    path(f"{_REPLY}code/", replies.put_code, name="put_code"),
    path(f"{_REPLY}code/<uuid:coded_id>/remove/", replies.take_code, name="take_code"),
    path(f"{_REPLY}coded/", replies.finish, name="finish"),
    path(f"{_REPLY}leave-out/", replies.set_aside, name="set_aside"),
    path(f"{_ONE}codes/", coding.codes, name="codes"),
    path(f"{_ONE}codes/new/", coding.add_code, name="add_code"),
    path(f"{_ONE}codes/second/", coding.second, name="second"),
    path(_CODE, coding.edit_code, name="edit_code"),
    path(f"{_CODE}words/", coding.words_of_code, name="words_of_code"),
    path(f"{_ONE}considered/", deciding.consider, name="consider"),
    path(f"{_ONE}decided/", deciding.decided, name="decided"),
    path(f"{_ONE}report-words/", deciding.write_report, name="write_report"),
    path(f"{_ONE}publish/", deciding.publish_report, name="publish_report"),
    path("consultations/follow/confirm/<str:token>/", public.confirm, name="confirm"),
    path("consultations/follow/leave/<str:token>/", public.leave, name="leave"),
    path(_PUBLIC, public.page, name="page"),
    path(f"{_PUBLIC}draft/", public.draft, name="draft"),
    path(f"{_PUBLIC}reply/", public.reply, name="reply"),
    path(f"{_PUBLIC}received/<uuid:reply_id>/", public.received, name="received"),
    path(f"{_PUBLIC}paper/", public.paper, name="paper"),
    path(f"{_PUBLIC}follow/", public.follow, name="follow"),
    path(f"{_PUBLIC}follow/asked/", public.asked, name="asked"),
    path(f"{_PUBLIC}report/", report.report, name="report"),
    path(f"{_PUBLIC}report/replies/", report.replies, name="report_replies"),
    path(f"{_PUBLIC}report/points/", report.points, name="report_points"),
]
