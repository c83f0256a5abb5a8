"""A document as the answer to a request: `?format=docx` or `?format=pdf`."""

from django.http import HttpRequest, HttpResponse

from .content import Document, check

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def wanted_format(request: HttpRequest) -> str:
    """The format that the address asks for, if it is one of ours."""
    asked = request.GET.get("format", "")
    return asked if asked in FORMATS else ""


def as_file(document: Document, name: str, wanted: str) -> HttpResponse:
    """The document to download; `name` has no ending and no personal data."""
    check(document)
    # Word and typst together take tens of megabytes: nobody pays for them who does not ask.
    if wanted == "docx":
        from .word import as_word

        content = as_word(document)
    else:
        from .pdf import as_pdf

        content = as_pdf(document)
    disposition = f'attachment; filename="{name}.{wanted}"'
    return HttpResponse(content, content_type=FORMATS[wanted], headers={"Content-Disposition": disposition})
