"""What a screen reader is given: Chromium's own accessibility tree, read in order."""

from typing import Any

from playwright.sync_api import Page


class Ear:
    """The accessibility tree of a page as it stands now."""

    def __init__(self, page: Page) -> None:
        self.devtools = page.context.new_cdp_session(page)
        nodes = self.devtools.send("Accessibility.getFullAXTree")["nodes"]
        self.by_id = {node["nodeId"]: node for node in nodes}
        self.by_element = {node.get("backendDOMNodeId"): node for node in nodes}

    def hears(self, selector: str) -> str:
        """The words of one element, as they are read out."""
        return " ".join("".join(self._words(self._node(selector))).replace("\u00a0", " ").split())

    def roles(self, selector: str) -> list[str]:
        """What kinds of things are inside, in order."""
        return [role for role in self._roles(self._node(selector)) if role]

    def _node(self, selector: str) -> Any:
        root = self.devtools.send("DOM.getDocument")["root"]["nodeId"]
        found = self.devtools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        assert found, f"Nothing on the page is {selector}"
        described = self.devtools.send("DOM.describeNode", {"nodeId": found})["node"]
        return self.by_element[described["backendNodeId"]]

    def _words(self, node: Any) -> list[str]:
        role = node.get("role", {}).get("value", "")
        if role == "StaticText":
            return [] if node.get("ignored") else [node["name"]["value"]]
        return [
            words
            for id in node.get("childIds", [])
            if id in self.by_id
            for words in self._words(self.by_id[id])
        ]

    def _roles(self, node: Any) -> list[str]:
        own = "" if node.get("ignored") else node.get("role", {}).get("value", "")
        inner = [self.by_id[id] for id in node.get("childIds", []) if id in self.by_id]
        return [own, *(role for one in inner for role in self._roles(one))]
