"""The finish of a Word file from Pandoc: A4, Japanese fonts, header, footer and page numbers, and no time of its own."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from playbooks.texts import Language

FONT = "Yu Gothic"
"""Comes with Windows and with Office on every system."""

MADE = (1980, 1, 1, 0, 0, 0)
"""The time of every part inside; the earliest that a ZIP can say."""

_MM = 56.693
"""Twentieths of a point, Word's measure, in a millimetre."""
_WIDTH, _HEIGHT, _SIDE = round(210 * _MM), round(297 * _MM), round(18 * _MM)
_PANDOC_WIDTH = 7920

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = f'xmlns:w="{_W}" xmlns:r="{_R}"'
_FONTS = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
_BORDER = 'w:val="single" w:sz="4" w:space="0" w:color="B9C2CA"'

_FRAME = (
    "<w:pBdr>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="24" w:space="6" w:color="B3261E"/>'
        for side in ("top", "left", "bottom", "right")
    )
    + '</w:pBdr><w:ind w:left="170" w:right="170"/>'
)
"""The red frame of the wall card; lines below each other that have the same one stand in one frame."""

# A paragraph style for each box of the templates: (space inside in points, colour of its edge, ground, size, bold).
_BOXES = {
    "Note": '<w:rPr><w:color w:val="5B6770"/><w:sz w:val="17"/></w:rPr>',
    "Notice": f'<w:pPr><w:pBdr><w:left {_BORDER.replace("4", "24", 1)}/></w:pBdr><w:shd w:val="clear" w:fill="EEF2F5"/></w:pPr>',
    "Card": f'<w:pPr>{_FRAME}</w:pPr><w:rPr><w:sz w:val="40"/></w:rPr>',
    "CardTitle": f'<w:pPr>{_FRAME}</w:pPr><w:rPr><w:b/><w:color w:val="B3261E"/><w:sz w:val="56"/></w:rPr>',
    "Door": '<w:rPr><w:b/><w:sz w:val="52"/></w:rPr>',
    "DoorName": '<w:pPr><w:jc w:val="right"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr>',
    "Poster": '<w:rPr><w:sz w:val="30"/></w:rPr>',
    "Steps": "",
    "Sheet": "",
    "Log": "",
    "Cover": "",
    "Blank": "",
    "Sign": "",
    "Keep": "",
}
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="Table"><w:name w:val="Table"/><w:qFormat/><w:rPr><w:sz w:val="17"/></w:rPr>'
    f"<w:tblPr><w:tblInd w:w='0' w:type='dxa'/><w:tblBorders><w:top {_BORDER}/><w:bottom {_BORDER}/><w:insideH {_BORDER}/>"
    "</w:tblBorders><w:tblCellMar><w:top w:w='40' w:type='dxa'/><w:left w:w='90' w:type='dxa'/><w:bottom w:w='40' w:type='dxa'/>"
    "<w:right w:w='90' w:type='dxa'/></w:tblCellMar></w:tblPr><w:tblStylePr w:type='firstRow'><w:rPr><w:b/></w:rPr><w:tcPr>"
    "<w:shd w:val='clear' w:fill='EEF2F5'/></w:tcPr></w:tblStylePr></w:style>"
)


def finished(
    made: bytes, *, title: str, facility: str, marks: str, foot: str, language: Language, date: datetime
) -> bytes:
    """Finish what Pandoc made; ``date`` (aware) is the file's own. The parts come in one order, so equal makes equal."""
    with ZipFile(BytesIO(made)) as pandoc:
        parts = {name: pandoc.read(name) for name in pandoc.namelist()}
    at = date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    parts["word/styles.xml"] = _styles(parts["word/styles.xml"].decode(), language).encode()
    parts["word/document.xml"] = _document(parts["word/document.xml"].decode()).encode()
    parts["docProps/core.xml"] = _properties(parts["docProps/core.xml"].decode(), title, facility, at).encode()
    parts["word/header1.xml"] = _edge("hdr", [facility, marks, title]).encode()
    parts["word/footer1.xml"] = _edge("ftr", [foot, "", ""], numbered=True).encode()
    _announce(parts)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name in sorted(parts, key=lambda part: (part != "[Content_Types].xml", part)):
            entry = ZipInfo(name, MADE)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            file.writestr(entry, parts[name])
    return out.getvalue()


def _styles(xml: str, language: Language) -> str:
    xml = re.sub(r"<w:rFonts [^>]*Theme[^>]*/>", _FONTS, xml)
    xml = xml.replace('<w:sz w:val="24" />', '<w:sz w:val="20" />', 1).replace(
        'w:eastAsia="zh-CN"', 'w:eastAsia="ja-JP"'
    )
    if language == "ja":
        xml = xml.replace('w:val="en-US"', 'w:val="ja-JP"', 1)
    xml = re.sub(r'<w:style [^>]*w:styleId="Table".*?</w:style>', _TABLE, xml, flags=re.DOTALL)
    for name, look in _BOXES.items():
        xml = re.sub(rf'<w:style [^>]*w:styleId="{name}".*?</w:style>', "", xml, flags=re.DOTALL)
        style = f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/><w:basedOn w:val="BodyText"/>'
        xml = xml.replace("</w:styles>", f"{style}<w:qFormat/>{look}</w:style></w:styles>")
    return xml


def _document(xml: str) -> str:
    edges = f'<w:headerReference {_NAMESPACES} w:type="default" r:id="rIdHead"/><w:footerReference {_NAMESPACES} w:type="default" r:id="rIdFoot"/>'
    page = (
        f'<w:pgSz w:w="{_WIDTH}" w:h="{_HEIGHT}"/><w:pgMar w:top="1361" w:right="{_SIDE}" w:bottom="1134" w:left="{_SIDE}"'
        ' w:header="567" w:footer="567" w:gutter="0"/>'
    )
    before, found, section = xml.rpartition("<w:sectPr>")
    xml = f"{before}{found}{edges}{section.replace('</w:sectPr>', page + '</w:sectPr>', 1)}"
    scale = (_WIDTH - 2 * _SIDE) / _PANDOC_WIDTH
    return re.sub(r'<w:gridCol w:w="(\d+)" />', lambda m: f'<w:gridCol w:w="{round(int(m[1]) * scale)}" />', xml)


def _properties(xml: str, title: str, facility: str, at: str) -> str:
    xml = re.sub(r"(<dcterms:(\w+) [^>]*>)[^<]*", rf"\g<1>{at}", xml)
    xml = xml.replace("<dc:title></dc:title>", f"<dc:title>{escape(title)}</dc:title>")
    return xml.replace("<dc:creator></dc:creator>", f"<dc:creator>{escape(facility)}</dc:creator>")


def _edge(kind: str, texts: list[str], *, numbered: bool = False) -> str:
    tabs = f'<w:tabs><w:tab w:val="center" w:pos="{(_WIDTH - 2 * _SIDE) // 2}"/><w:tab w:val="right" w:pos="{_WIDTH - 2 * _SIDE}"/></w:tabs>'
    look = '<w:rPr><w:color w:val="5B6770"/><w:sz w:val="16"/></w:rPr>'
    loud = '<w:rPr><w:b/><w:color w:val="B3261E"/><w:sz w:val="26"/></w:rPr>'
    left, middle, right = (f'<w:t xml:space="preserve">{escape(text)}</w:t>' for text in texts)
    end = (
        f'{_field("PAGE")}<w:r>{look}<w:t xml:space="preserve"> / </w:t></w:r>{_field("NUMPAGES")}' if numbered else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{kind} {_NAMESPACES}><w:p><w:pPr>{tabs}</w:pPr>'
        f"<w:r>{look}{left}</w:r><w:r>{loud}<w:tab/>{middle}</w:r><w:r>{look}<w:tab/>{right}</w:r>{end}</w:p></w:{kind}>"
    )


def _field(name: str) -> str:
    look = '<w:rPr><w:color w:val="5B6770"/><w:sz w:val="16"/></w:rPr>'
    return f'<w:fldSimple w:instr=" {name} "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'


def _announce(parts: dict[str, bytes]) -> None:
    """Name the header and the footer where Word looks for them."""
    types, links = "[Content_Types].xml", "word/_rels/document.xml.rels"
    of = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    named = "".join(f'<Override PartName="/word/{n}1.xml" ContentType="{of}.{n}+xml"/>' for n in ("header", "footer"))
    linked = "".join(
        f'<Relationship Id="{id_}" Type="{_R}/{n}" Target="{n}1.xml"/>'
        for id_, n in (("rIdHead", "header"), ("rIdFoot", "footer"))
    )
    parts[types] = parts[types].replace(b"</Types>", named.encode() + b"</Types>")
    parts[links] = parts[links].replace(b"</Relationships>", linked.encode() + b"</Relationships>")
