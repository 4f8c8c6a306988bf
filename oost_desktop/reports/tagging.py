# ruff: noqa: SLF001
"""Tagged sheets over a ReportLab canvas: a PDF/UA-1 file, whatever is drawn on it.

ReportLab knows no tags, so this module writes the marked-content operators and the structure tree
itself; it is the only one that touches the canvas's private parts (hence the line above). Every
mark on a page is made inside `tagged` or `artifact`. Headers and footers are drawn at the end,
when the number of pages is known. It decides neither what is drawn nor how it looks.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from oost_desktop.reports.fonts import Face, widths
from oost_desktop.reports.look import PAGE_HEIGHT, PAGE_WIDTH
from oost_desktop.reports.structure import Attached, Element, Marked, write

MarginPainter = Callable[[Any, int, int], None]
"""Draws header and footer: canvas, page number, number of pages."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


class Sheets:
    """A growing PDF: draw on `canvas` inside `tagged` or `artifact`, then `finish`.

    The bytes depend on what is drawn and on `made_on` alone, never on the clock.
    """

    def __init__(self, *, title: str, author: str, made_on: date, margins: MarginPainter) -> None:
        widths(Face.REGULAR)
        self._margins = margins
        self._title = title
        self._author = author
        self._out = BytesIO()
        self.canvas: Any = Canvas(
            self._out,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=Face.REGULAR.value,
            lang="en-GB",
            pdfVersion=(1, 7),
        )
        self._describe(made_on)
        self.root = Element("Document")
        self._kept: list[dict[str, Any]] = []
        self._owners: list[list[Element]] = [[]]
        self._links: list[tuple[Element, Any]] = []
        self._bookmarks = 0
        self._open = False

    @property
    def page_index(self) -> int:
        """The sheet being drawn on, from 0."""
        return len(self._kept)

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to `element`. May be used again for it on a later page."""
        owners = self._owners[-1]
        self._begin(f"/{element.tag} <</MCID {len(owners)}>> BDC")
        element.children.append(Marked(self.page_index, len(owners)))
        owners.append(element)
        yield
        self._end()

    @contextmanager
    def artifact(self, kind: str = "/Type /Layout") -> Iterator[None]:
        """What is drawn inside is decoration: a reader of the tags does not meet it."""
        self._begin(f"/Artifact <<{kind}>> BDC")
        yield
        self._end()

    def _begin(self, operator: str) -> None:
        assert not self._open, "marked content does not nest"
        self._open = True
        self.canvas._code.append(operator)

    def _end(self) -> None:
        self._open = False
        self.canvas._code.append("EMC")

    def link(
        self, element: Element, box: tuple[float, float, float, float], to: str, words: str
    ) -> None:
        """Make `box` (left, bottom, right, top, points) lead to the address `to`."""
        annotation = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Annot"),
                "Subtype": pdfdoc.PDFName("Link"),
                "Rect": pdfdoc.PDFArray([round(edge, 2) for edge in box]),
                "Border": pdfdoc.PDFArray([0, 0, 0]),
                "Contents": pdfdoc.PDFString(words),
                "F": 4,
                "A": pdfdoc.PDFDictionary(
                    {"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(to.encode("ascii"))}
                ),
            }
        )
        reference = self.canvas._doc.Reference(annotation)
        self.canvas._annotationrefs.append(reference)
        element.children.append(Attached(self.page_index, reference))
        self._links.append((element, annotation))

    def bookmark(self, words: str, level: int, top: float) -> None:
        """Add a line to the reader's side panel; `level` 0 is the outermost."""
        self._bookmarks += 1
        key = f"heading-{self._bookmarks}"
        self.canvas.bookmarkHorizontalAbsolute(key, top)
        self.canvas.addOutlineEntry(words, key, level=level)

    def next_page(self) -> None:
        """Put this sheet aside and begin a clean one."""
        assert not self._open, "a page ended inside marked content"
        self._kept.append(dict(self.canvas.__dict__))
        self._owners.append([])
        self.canvas._startPage()

    def finish(self) -> bytes:
        """Draw the margins, write the tree, and give the file. The sheets cannot be used again."""
        self._kept.append(dict(self.canvas.__dict__))
        for number, state in enumerate(self._kept, start=1):
            self.canvas.__dict__.update(state)
            self._margins(self.canvas, number, len(self._kept))
            self.canvas.showPage()
        self._write_tree()
        self.canvas.save()
        return self._out.getvalue()

    def _write_tree(self) -> None:
        document = self.canvas._doc
        pages = document.Pages.pages
        for index, page in enumerate(pages):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents = index
            page.Tabs = pdfdoc.PDFName("S")
        for offset, (_, annotation) in enumerate(self._links):
            annotation["StructParent"] = len(pages) + offset
        references = [document.Reference(page) for page in pages]
        owners = [element for element, _ in self._links]
        document.Catalog.StructTreeRoot = write(
            self.root, document, references, self._owners, owners
        )

    def _describe(self, made_on: date) -> None:
        canvas = self.canvas
        canvas.setTitle(self._title)
        canvas.setAuthor(self._author)
        canvas.setCreator("OOST Desktop")
        canvas.setSubject("")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        stamp = canvas._doc._timeStamp
        moment = datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC)
        stamp.t = moment.timestamp()
        stamp.lt = moment.timetuple()
        stamp.YMDhms = tuple(stamp.lt)[:6]
        catalog = canvas._doc.Catalog
        catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})
        words = _XMP.format(title=escape(self._title), author=escape(self._author))
        catalog.Metadata = pdfdoc.XMP(creator=lambda _: words.encode("utf-8"))
