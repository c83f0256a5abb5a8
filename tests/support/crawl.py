"""Finds the pages of a running site by following its links, as a person with a role in it does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urljoin, urlsplit

import httpx
from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve

EACH = 2  # pages of one kind that are enough


def kind_of(address: str, aside: tuple[str, ...] = ()) -> str:
    """The name of the address and the questions it takes: pages of one kind look alike."""
    parts = urlsplit(address)
    try:
        name = resolve(parts.path).view_name
    except Resolver404:
        name = parts.path
    questions = ",".join(sorted(set(parse_qs(parts.query, keep_blank_values=True)) - set(aside)))
    return f"{name}?{questions}" if questions else name


@dataclass
class Visitor:
    """Somebody with a browser that only follows links."""

    url: str
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.url, follow_redirects=True, timeout=60)

    def sign_in_as(self, person: str) -> None:
        """By the code or the name on one of the demo's cards."""
        cards = BeautifulSoup(self.client.get("/demo/people/").text, "html.parser")
        for form in cards.find_all("form"):
            button = form.find("button", attrs={"data-person": True})
            if button and (button["data-person"] == person or person in button.get_text()):
                self.submit(str(form["action"]), {})
                return
        raise LookupError(f"No card for {person}")

    def submit(self, path: str, values: dict[str, str]) -> httpx.Response:
        token = self.client.cookies.get("csrf") or ""
        return self.client.post(
            path, data={**values, "csrfmiddlewaretoken": token}, headers={"Referer": self.url}
        )

    def pages(self, start: str = "/") -> Iterator[tuple[str, httpx.Response]]:
        """Every kind of page that can be reached, each kind at most twice, with its answer."""
        queue, met, seen = [start], {start}, dict[str, int]()
        while queue:
            path = queue.pop(0)
            kind = kind_of(path)
            if seen.get(kind, 0) >= (1 if "?" in kind else EACH):
                continue
            seen[kind] = seen.get(kind, 0) + 1
            response = self.client.get(path)
            yield path, response
            if "text/html" in response.headers.get("Content-Type", ""):
                fresh = [link for link in links(str(response.url), response.text) if link not in met]
                met.update(fresh)
                queue += fresh


def links(base: str, html: str) -> list[str]:
    """The addresses on the same site that a page links to, in order, each once."""
    host = urlsplit(base).netloc
    found = (
        urljoin(base, str(a["href"])) for a in BeautifulSoup(html, "html.parser").find_all("a", href=True)
    )
    ours = (urlsplit(address) for address in found)
    paths = (
        parts.path + (f"?{parts.query}" if parts.query else "")
        for parts in ours
        if parts.netloc == host and parts.scheme in {"http", "https"} and not _leads_out(parts.path)
    )
    return list(dict.fromkeys(paths))


def _leads_out(path: str) -> bool:
    return bool(re.match(r"/(static|account/logout)/", path))
