"""Runs in LibreOffice's own Python: starts Writer, and does what each line of its input says."""

import json
import os
import subprocess
import sys
import time
import traceback

import uno
from com.sun.star.beans import PropertyValue

FILTERS = {".docx": "MS Word 2007 XML", ".odt": "writer8", ".html": "HTML (StarWriter)"}
ANNOTATION = "com.sun.star.text.textfield.Annotation"
TABLE = "com.sun.star.text.TextTable"


def setting(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Session:
    def __init__(self, folder):
        pipe = f"coproduce{os.getpid()}"
        self.process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard",
             f"-env:UserInstallation=file://{folder}/profile", f"--accept=pipe,name={pipe};urp;"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        self.context = self.reached(resolver, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        self.desktop = self.service("com.sun.star.frame.Desktop")
        self.dispatcher = self.service("com.sun.star.frame.DispatchHelper")
        self.document = None

    def reached(self, resolver, address):
        for _ in range(480):
            try:
                return resolver.resolve(address)
            except Exception:
                time.sleep(0.25)
        raise RuntimeError("LibreOffice did not start")

    def service(self, name):
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def be(self, author):
        """The name under which changes are tracked from now on."""
        provider = self.service("com.sun.star.configuration.ConfigurationProvider")
        node = setting("nodepath", "/org.openoffice.UserProfile/Data")
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationUpdateAccess", (node,)
        )
        first, _, last = author.partition(" ")
        access.setPropertyValue("givenname", first)
        access.setPropertyValue("sn", last)
        access.commitChanges()

    def ready(self):
        return True

    def open(self, path, author):
        if self.document is not None:
            self.document.close(True)
        if author:
            self.be(author)
        self.document = self.desktop.loadComponentFromURL(
            f"file://{path}", "_blank", 0, (setting("Hidden", True),)
        )
        return True

    def is_protected(self):
        return len(self.document.RedlineProtectionKey) > 0

    def unprotect(self):
        self.document.RedlineProtectionKey = uno.ByteSequence(b"")

    def track(self, on):
        self.unprotect()
        self.document.RecordChanges = on

    def all(self, what):
        """Accept or reject every tracked change."""
        self.unprotect()
        frame = self.document.CurrentController.Frame
        self.dispatcher.executeDispatch(frame, f".uno:{what}AllTrackedChanges", "", 0, ())

    def texts(self):
        """Every paragraph that has words, a row as the list of its cells."""
        made = []
        for part in self.parts(self.document.Text):
            if part.supportsService(TABLE):
                rows = {}
                for name in part.CellNames:
                    number = int("".join(sign for sign in name if sign.isdigit()))
                    rows.setdefault(number, []).append(part.getCellByName(name).String)
                made += [rows[number] for number in sorted(rows)]
            elif part.String.strip():
                made.append(part.String)
        return made

    def styles(self):
        """Style and depth in a list (-1: in none) of every paragraph that has words."""
        made = []
        for part in self.parts(self.document.Text):
            if not part.supportsService(TABLE) and part.String.strip():
                listed = part.NumberingIsNumber and part.NumberingRules
                made.append([part.ParaStyleName, part.NumberingLevel if listed else -1])
        return made

    def footnotes(self):
        notes = self.document.Footnotes
        return [notes.getByIndex(number).String for number in range(notes.Count)]

    def parts(self, text):
        found = text.createEnumeration()
        while found.hasMoreElements():
            yield found.nextElement()

    def changes(self):
        made = []
        found = self.document.Redlines.createEnumeration()
        while found.hasMoreElements():
            one = found.nextElement()
            at = one.RedlineDateTime
            when = f"{at.Year:04}-{at.Month:02}-{at.Day:02} {at.Hours:02}:{at.Minutes:02}"
            made.append([one.RedlineType, one.RedlineAuthor, when])
        return made

    def comments(self):
        fields = self.document.TextFields.createEnumeration()
        made = []
        while fields.hasMoreElements():
            one = fields.nextElement()
            if one.supportsService(ANNOTATION):
                made.append([one.Author, one.Content, one.Resolved])
        return sorted(made)

    def place(self, words):
        search = self.document.createSearchDescriptor()
        search.SearchString = words
        found = self.document.findFirst(search)
        if found is None:
            raise LookupError(words)
        return found

    def replace(self, words, new):
        self.place(words).String = new

    def write(self, after, words):
        place = self.place(after)
        place.Text.insertString(place.End, words, False)

    def split(self, after):
        """Press Enter behind these words."""
        place = self.place(after)
        place.Text.insertControlCharacter(place.End, uno.getConstantByName(
            "com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK"), False)  # fmt: skip

    def item(self, after, words):
        """Press Enter at the end of a paragraph and type on."""
        place = self.place(after)
        cursor = place.Text.createTextCursorByRange(place.End)
        cursor.gotoEndOfParagraph(False)
        cursor.Text.insertControlCharacter(cursor, uno.getConstantByName(
            "com.sun.star.text.ControlCharacter.PARAGRAPH_BREAK"), False)  # fmt: skip
        cursor.Text.insertString(cursor, words, False)

    def remove_paragraph(self, words):
        place = self.place(words)
        cursor = place.Text.createTextCursorByRange(place)
        cursor.gotoStartOfParagraph(False)
        cursor.gotoNextParagraph(True)
        cursor.String = ""

    def join(self, words):
        """Delete the end of the paragraph with these words."""
        place = self.place(words)
        cursor = place.Text.createTextCursorByRange(place)
        cursor.gotoEndOfParagraph(False)
        cursor.goRight(1, True)
        cursor.String = ""

    def comment(self, on, words):
        place = self.place(on)
        note = self.document.createInstance(ANNOTATION)
        note.Content, note.Author = words, self.author()
        place.Text.insertTextContent(place, note, True)

    def author(self):
        provider = self.service("com.sun.star.configuration.ConfigurationProvider")
        node = setting("nodepath", "/org.openoffice.UserProfile/Data")
        access = provider.createInstanceWithArguments(
            "com.sun.star.configuration.ConfigurationAccess", (node,)
        )
        return f"{access.givenname} {access.sn}".strip()

    def save(self, path):
        ending = path[path.rindex(".") :]
        self.document.storeToURL(f"file://{path}", (setting("FilterName", FILTERS[ending]),))

    def end(self):
        try:
            if self.document is not None:
                self.document.close(True)
            self.desktop.terminate()
        except Exception:
            self.process.kill()
        self.process.wait(30)


def main():
    session = Session(sys.argv[1])
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"made": getattr(session, asked.pop("do"))(**asked)}
        except Exception:
            answer = {"trouble": traceback.format_exc()}
        print(json.dumps(answer), flush=True)
    session.end()


if __name__ == "__main__":
    main()
