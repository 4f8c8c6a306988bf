"""The structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8): what a screen reader walks.

`Element` is built while pages are drawn; `write` turns the finished tree into PDF objects of a
ReportLab document. It does not draw, and does not check that the nesting makes sense.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase import pdfdoc


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of marked content: page index and the number it bears on that page."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class Attached:
    """An annotation (a link) on a page, by the reference of its PDF object."""

    page: int
    reference: Any


class Element:
    """A node of the tree: a standard tag, its attributes, its children in reading order.

    Attributes: `alt` (words for a picture), `scope` (Row or Column, of a TH), `columns` (how many
    columns a cell spans), `numbering` (Disc or None, of an L), `box` (of a Figure, points).
    """

    __slots__ = ("alt", "attributes", "children", "reference", "tag")

    def __init__(
        self,
        tag: str,
        parent: "Element | None" = None,
        *,
        alt: str = "",
        scope: str = "",
        columns: int = 1,
        numbering: str = "",
        box: tuple[float, float, float, float] | None = None,
    ) -> None:
        self.tag = tag
        self.alt = alt
        self.children: list[Element | Marked | Attached] = []
        self.attributes = _attributes(scope, columns, numbering, box)
        self.reference: Any = None
        if parent is not None:
            parent.children.append(self)


def _attributes(
    scope: str, columns: int, numbering: str, box: tuple[float, float, float, float] | None
) -> str:
    table = (f"/Scope /{scope} " if scope else "") + (f"/ColSpan {columns} " if columns > 1 else "")
    if table:
        return f"/A << /O /Table {table}>>"
    if numbering:
        return f"/A << /O /List /ListNumbering /{numbering} >>"
    if box:
        edges = " ".join(f"{edge:.2f}" for edge in box)
        return f"/A << /O /Layout /Placement /Block /BBox [ {edges} ] >>"
    return ""


class _Written(pdfdoc.PDFObject):  # type: ignore[misc] # ReportLab has no types
    """An indirect object whose text is settled when the document is written.

    ReportLab's own dictionaries cost ten times as much, and a long table has thousands of cells.
    """

    def __init__(self, element: Element, parent: Any, pages: Sequence[Any]) -> None:
        self.element, self.parent, self.pages = element, parent, pages

    def format(self, document: Any) -> bytes:
        """The element as a PDF dictionary."""
        element = self.element
        parts = [f"<< /Type /StructElem /S /{element.tag} /P {_ref(self.parent, document)}"]
        if element.alt:
            parts.append(f"/Alt {_string(element.alt)}")
        if element.attributes:
            parts.append(element.attributes)
        kids = " ".join(self._child(child, document) for child in element.children)
        parts.append(f"/K [ {kids} ] >>")
        return "\n".join(parts).encode("latin-1")

    def _child(self, child: Element | Marked | Attached, document: Any) -> str:
        if isinstance(child, Element):
            return _ref(child.reference, document)
        page = _ref(self.pages[child.page], document)
        if isinstance(child, Marked):
            return f"<< /Type /MCR /Pg {page} /MCID {child.number} >>"
        return f"<< /Type /OBJR /Pg {page} /Obj {_ref(child.reference, document)} >>"


def _ref(reference: Any, document: Any) -> str:
    number, version = document.idToObjectNumberAndVersion[reference.name]
    return f"{number} {version} R"


def _string(text: str) -> str:
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def write(
    root: Element,
    document: Any,
    pages: Sequence[Any],
    owners: Sequence[Sequence[Element]],
    links: Sequence[Element],
) -> Any:
    """Register the tree with a ReportLab document and give the StructTreeRoot object.

    `pages` are page references. `owners[i][n]` owns marked content n of page i, which has
    StructParents i; `links[k]` owns the annotation with StructParent len(pages) + k.
    """
    tree = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
    _register(root, document.Reference(tree), document, pages)
    numbers: list[Any] = []
    for index, page_owners in enumerate(owners):
        row = pdfdoc.PDFArray([element.reference for element in page_owners])
        numbers += [index, document.Reference(row)]
    for index, element in enumerate(links, start=len(pages)):
        numbers += [index, element.reference]
    tree["K"] = pdfdoc.PDFArray([root.reference])
    tree["ParentTree"] = document.Reference(
        pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)})
    )
    tree["ParentTreeNextKey"] = len(pages) + len(links)
    return tree


def _register(element: Element, parent: Any, document: Any, pages: Sequence[Any]) -> None:
    element.reference = document.Reference(_Written(element, parent, pages))
    for child in element.children:
        if isinstance(child, Element):
            _register(child, element.reference, document, pages)
