"""The votes of a closed ballot as a file, for whoever runs the project."""

import tempfile
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from coproduce.capabilities.voting import queries as voting
from coproduce.core.access import NotThere, Purpose


@require_GET
def download(request: HttpRequest, project_id: UUID, ballot_id: UUID) -> FileResponse:
    """Made while the visitor waits and kept nowhere."""
    _visit, ballot = voting.ballot_for(request.user, project_id, ballot_id, Purpose.RUN)
    if not ballot.is_closed:
        raise NotThere
    # It brings NumPy and SciPy, which are not for the pages of the web server.
    from .taking import pack_votes

    pack = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    pack_votes(ballot, pack)
    pack.seek(0)
    name = f"votes-{ballot.ref}.zip"
    return FileResponse(pack, as_attachment=True, filename=name, content_type="application/zip")
