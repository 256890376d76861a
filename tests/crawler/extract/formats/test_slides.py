"""Slides stand in the order in which they are shown."""

from __future__ import annotations

from crawler.extract.formats import extract_file
from tests.fakes.files import docx, p, zipped
from tests.fakes.sheet_files import relations

_NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def slide(inner: str, attributes: str = "") -> str:
    return f"<p:sld {_NAMES} {attributes}><p:cSld><p:spTree>{inner}</p:spTree></p:cSld></p:sld>"


def words(text: str, properties: str = "") -> str:
    return f"<a:r><a:rPr {properties}/><a:t>{text}</a:t></a:r>"


def shape(inner: str, attributes: str = "") -> str:
    return f"<p:sp><p:nvSpPr><p:cNvPr {attributes}/></p:nvSpPr><p:txBody><a:p>{inner}</a:p></p:txBody></p:sp>"


def cell(text: str, attributes: str = "") -> str:
    return f"<a:tc {attributes}><a:txBody><a:p>{words(text)}</a:p></a:txBody></a:tc>"


def test_slides_tables_and_objects_as_they_are_shown() -> None:
    table = (
        f"<a:tbl><a:tr>{cell('指标')}{cell('要求', 'gridSpan=' + chr(34) + '2' + chr(34))}{cell('旧', 'hMerge=' + chr(34) + '1' + chr(34))}</a:tr>"
        f"<a:tr>{cell('锂')}{cell('95%')}{cell('98%')}</a:tr></a:tbl>"
    )
    first = (
        shape(words("处") + words("九万元", 'strike="sngStrike"') + words("罚款，不超过10") + words("4", 'baseline="30000"') + words("个"))
        + shape(words("隐藏的形状"), 'hidden="1"')
        + "<mc:AlternateContent><mc:Choice>" + shape(words("只读一次")) + "</mc:Choice><mc:Fallback>"
        + shape(words("只读一次")) + "</mc:Fallback></mc:AlternateContent>" + table
        + '<p:oleObj progId="Word.Document.12" r:id="rId5"/>'
    )  # fmt: skip
    ids = "".join(f'<p:sldId r:id="rId{n}"/>' for n in (2, 1, 3))
    body = zipped(
        {
            "ppt/presentation.xml": f"<p:presentation {_NAMES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": relations(
                *((f"rId{n}", "slide", f"slides/slide{n}.xml") for n in (1, 2, 3))
            ),
            "ppt/slides/slide1.xml": slide(first),
            "ppt/slides/slide2.xml": slide(shape(words("封面"))),
            "ppt/slides/slide3.xml": slide(shape(words("隐藏的一页")), 'show="0"'),
            "ppt/slides/_rels/slide1.xml.rels": relations(
                ("rId5", "package", "../embeddings/附.docx")
            ),
            "ppt/embeddings/附.docx": docx(p("嵌入的文件内容，共十余字。")),
        }
    )
    found = extract_file("a.pptx", body)
    assert found.text == (
        "封面\n处罚款，不超过10⁴个\n只读一次\n指标\t要求\t\n锂\t95%\t98%\n"
        "【附.docx】\n嵌入的文件内容，共十余字。"
    )
    assert found.tables == ((("指标", "要求", ""), ("锂", "95%", "98%")),)
