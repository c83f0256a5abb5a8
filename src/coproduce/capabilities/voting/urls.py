from django.urls import path

from .views import ballots, choosing, entering, moderating, papers, statements, voting

app_name = "voting"

_ALL = "projects/<uuid:project_id>/votes/"
_ONE = f"{_ALL}<uuid:ballot_id>/"
_STATEMENT = f"{_ONE}statements/<uuid:statement_id>/"
_VOTER = "vote/<str:link>/"

urlpatterns = [
    path(_ALL, ballots.ballots, name="ballots"),
    path(f"{_ALL}new/", ballots.new_ballot, name="new_ballot"),
    path(_ONE, ballots.ballot, name="ballot"),
    path(f"{_ONE}edit/", ballots.edit_ballot, name="edit_ballot"),
    path(f"{_ONE}open/", ballots.open_ballot, name="open_ballot"),
    path(f"{_ONE}close/", ballots.close_ballot, name="close_ballot"),
    path(f"{_ONE}statements/", statements.statements, name="statements"),
    path(f"{_ONE}statements/write/", statements.write, name="write"),
    path(f"{_ONE}statements/from/<str:kind>/", choosing.choose, name="choose"),
    path(f"{_ONE}statements/from/<str:kind>/words/", choosing.word, name="word"),
    path(f"{_STATEMENT}reword/", statements.reword, name="reword"),
    path(f"{_STATEMENT}replace/", statements.replace, name="replace"),
    path(f"{_ONE}moderation/", moderating.queue, name="queue"),
    path(f"{_ONE}moderation/log/", moderating.log, name="log"),
    path(f"{_ONE}moderation/log/<uuid:moderation_id>/undo/", moderating.undo, name="undo"),
    path(f"{_ONE}paper/", papers.papers, name="papers"),
    path(f"{_ONE}enter/", entering.enter_paper, name="enter_paper"),
    path(f"{_ONE}enter/phone/", entering.enter_phone, name="enter_phone"),
    # For who votes: with an account or without.
    path(_VOTER, voting.start, name="start"),
    path(f"{_VOTER}next/", voting.next_statement, name="next"),
    path(f"{_VOTER}mine/", voting.mine, name="mine"),
    path(f"{_VOTER}erase/", voting.erase, name="erase"),
    path(f"{_VOTER}add/", voting.add, name="add"),
    path(f"{_VOTER}<uuid:statement_id>/", voting.statement, name="statement"),
]
