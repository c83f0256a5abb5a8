from uuid import UUID

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class VoteFilesConfig(AppConfig):
    name = "coproduce.outward.vote_files"
    label = "vote_files"

    def ready(self) -> None:
        from coproduce.capabilities.voting.terms import BALLOT_FILES
        from coproduce.ui.onward import Onward, add_onward

        def as_files(project_id: UUID, ballot_id: UUID) -> list[Onward]:
            href = reverse("vote_files:download", args=[project_id, ballot_id])
            return [Onward(_("Votes as files"), "", str(_("a zip file of CSV; it names nobody")), href)]

        add_onward(BALLOT_FILES, as_files)
