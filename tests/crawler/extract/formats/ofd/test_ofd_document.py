"""An OFD is read by what its files name, whatever the names are, and as it is shown."""

from __future__ import annotations

import pytest

from crawler.extract.file_extractor import extract_file
from domain.records.states import AttachmentStatus as Status
from tests.fakes.files import zipped
from tests.fakes.ofd_files import content, element, package, path, root, words

ONE = "第一条 综合利用企业应当在十日内完成溯源备案。"
TWO = "第二条 未备案的，处一万元罚款。"
READ = ["第一条综合利用企业应当在十日内完成溯源备案。", "第二条未备案的，处一万元罚款。"]
SCAN = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="3" CTM="210 0 0 297 0 0"/>'


def read(*objects: str) -> list[str]:
    return extract_file("a.ofd", package([("a.xml", content(*objects))])).text.split("\n")


@pytest.mark.parametrize(
    "names",
    [("Pages/Page_0/Content.xml", "Pages/Page_1/Content.xml"), ("Pages/Page_1/Content.xml", "Pages/Page_0/Content.xml"),
     ("Pages/P1.xml", "Pages/P2.xml"), ("Content_0.xml", "Pages/Page_Insert_55_2/Content.xml"), ("Pages/Page_0/Page.xml", "x/y/z.xml")],
)  # fmt: skip
def test_pages_in_the_order_of_the_document(names: tuple[str, str]) -> None:
    pages = [(name, content(words(text, 20, 40))) for name, text in zip(names, (ONE, TWO), strict=True)]  # fmt: skip
    assert extract_file("a.ofd", package(pages)).text.split("\n") == READ


@pytest.mark.parametrize("location", ["/Doc_0/a.xml", "Doc_0/a.xml", "./a.xml", "A.XML"])
def test_locations_of_any_kind(location: str) -> None:
    listed = element("Pages", element("Page", ID="1", BaseLoc=location))
    members = {"Doc_0/Document.xml": root("Document", listed)}
    body = package([("a.xml", content(words(ONE, 20, 40)))], members=members)
    assert extract_file("a.ofd", body).text == READ[0]


def test_pages_without_a_list_are_found_by_their_names() -> None:
    pages = {f"Doc_0/Pages/Page_{n}/Content.xml": content(words(text, 20, 40)) for n, text in ((10, TWO), (2, ONE))}  # fmt: skip
    body = zipped({"OFD.xml": root("OFD", ""), **pages})
    assert extract_file("a.ofd", body).text.split("\n") == READ


def test_a_template_is_part_of_its_page() -> None:
    form = content(words("综合利用许可证", 60, 20, size=8), words("持证单位：", 20, 60))
    body = package(
        [
            (
                "a.xml",
                content(words("某再生资源公司", 50, 60), before='<ofd:Template TemplateID="7"/>'),
            )
        ],
        common=element("TemplatePage", ID="7", BaseLoc="Tpls/T.xml"),
        members={"Doc_0/Tpls/T.xml": form},
    )
    assert extract_file("a.ofd", body).text == "综合利用许可证\n持证单位：某再生资源公司"


def unit(number: int, *objects: str) -> str:
    return element("CompositeGraphicUnit", element("Content", "".join(objects)), ID=str(number))


def test_composite_units_inside_each_other() -> None:
    inner = '<ofd:CompositeObject ResourceID="21" Boundary="0 20 100 50" CTM="0.5 0 0 0.5 10 0"/>'
    again = '<ofd:CompositeObject ResourceID="20" Boundary="0 40 100 50"/>'
    units = element("CompositeGraphicUnits", unit(20, words(ONE, 10, 10), inner) + unit(21, words(TWO, 0, 0, size=10), again))  # fmt: skip
    placed = '<ofd:PageBlock><ofd:CompositeObject ResourceID="20" Boundary="20 20 170 100"/></ofd:PageBlock>'
    body = package(
        [("a.xml", content(placed))],
        common=element("PublicRes", "PublicRes.xml"),
        members={"Doc_0/PublicRes.xml": root("Res", units)},
    )
    assert extract_file("a.ofd", body).text.split("\n") == READ


def test_characters_stand_where_their_steps_lead() -> None:
    assert read(words("企业备案", 20, 40, code='DeltaX="g 3 10"'), words("应当", 25, 40, code='DeltaX="20"'),
                words("在三十日内完成。", 55, 40)) == ["企应业备当案在三十日内完成。"]  # fmt: skip
    single = [words(char, 20 + 5 * n, 40) for n, char in enumerate("企业应当在三十日内备案")]
    assert read(*reversed(single)) == ["企业应当在三十日内备案"]


@pytest.mark.parametrize(
    "matrix", ["0.5 0 0 0.5 0 0", "0 0.5 -0.5 0 100 0", "-0.5 0 0 -0.5 150 10"]
)
def test_transformed_text(matrix: str) -> None:
    turned = matrix.startswith("0 ")
    one, two = ((60, 20), (40, 20)) if turned else ((20, 40), (20, 60))
    if matrix.startswith("-"):
        one, two = two, one
    extra = f'CTM="{matrix}"'
    assert (
        read(words(TWO, *two, size=10, extra=extra), words(ONE, *one, size=10, extra=extra)) == READ
    )


def test_tables_by_row() -> None:
    rows = (("序号", "违法行为", "罚款"), ("1", "未备案", "一万元"), ("2", "虚假编码", "五万元"))
    level = "".join(f"M 20 {60 + 8 * n} L 170 {60 + 8 * n} " for n in range(4))
    upright = "".join(f"M {x} 60 L {x} 84 " for x in (20, 40, 110, 170))
    cells = [words(row[column], (22, 42, 112)[column], 61 + 8 * n, size=4) for column in range(3) for n, row in enumerate(rows)]  # fmt: skip
    body = package([("a.xml", content(path(level + upright), *cells))])
    assert extract_file("a.ofd", body).tables == (rows,)


WHITE = '<ofd:FillColor Value="255 255 255"/>'
COVER = path("M 15 78 L 150 78 L 150 92 L 15 92 C", extra='Fill="true" Stroke="false"', inner=WHITE)


@pytest.mark.parametrize(
    "hidden",
    [
        [words("第三条 罚款九万元。", 20, 80, extra='Visible="false"')],
        [words("第三条 罚款九万元。", 20, 80, extra='Alpha="0"')],
        [words("第三条 罚款九万元。", 20, 80, inner=WHITE)],
        [words("第三条 罚款九万元。", 20, 300)],
        [words("第三条 罚款九万元。", 20, 80), COVER],
        [words("第三条 罚款九万元。", 20, 80), path("M 20 83 L 68 83")],
    ],
)
def test_text_that_nobody_sees_is_no_text(hidden: list[str]) -> None:
    assert read(words(ONE, 20, 40), words(TWO, 20, 60), *hidden) == READ


def test_pages_that_are_pictures_lost_or_illegible_are_named() -> None:
    pages = [
        ("a.xml", content(words(ONE, 20, 40))), ("b.xml", content(SCAN)), ("c.xml", ""), ("d.xml", content()),
        ("e.xml", content(words("\ue101\ue102\ue103" * 10, 20, 40))),
        ("f.xml", content(SCAN, words("— 6 —", 100, 285, size=4))),
    ]  # fmt: skip
    found = extract_file("a.ofd", package(pages))
    assert (found.status, found.unread) == (
        Status.PARTIAL,
        (("第2页", Status.NO_TEXT), ("第3页", Status.BROKEN), ("第5页", Status.NO_TEXT), ("第6页的图像", Status.NO_TEXT)),
    )  # fmt: skip
    assert found.text.startswith(READ[0])
    assert extract_file("a.ofd", package(pages[1:2])).status is Status.NO_TEXT


def test_sentences_go_on_over_the_page() -> None:
    texts = ("违反本办法规定，未按要求上传溯源编码的，责令改正，处五万元以", "上十万元以下罚款。")
    pages = [
        (f"{n}.xml", content(words(text, 20, 40), words(f"第{n}页", 100, 285, size=3), words("某省文件", 90, 8, size=3)))
        for n, text in enumerate(texts, 1)
    ]  # fmt: skip
    assert extract_file("a.ofd", package(pages)).text == "".join(texts)


def test_attached_files_and_annotations() -> None:
    attachment = element(
        "Attachment", element("FileLoc", "f.txt"), ID="1", Name="附件一", Format="txt"
    )
    listed = element("Page", element("FileLoc", "Page_0/Annotation.xml"), PageID="1")
    look = element("Appearance", words("同意备案", 0, 0), Boundary="20 60 100 10")
    notes = element("Annot", look, Type="Stamp") + element("Annot", look.replace("同意", "样稿"), Type="Watermark")  # fmt: skip
    body = package(
        [("a.xml", content(words(ONE, 20, 40)))],
        after=element("Annotations", "Annots/Annotations.xml") + element("Attachments", "Attachs/Attachments.xml"),
        members={
            "Doc_0/Attachs/Attachments.xml": root("Attachments", attachment),
            "Doc_0/Attachs/f.txt": "附件里的文字应当读出来。".encode(),
            "Doc_0/Annots/Annotations.xml": root("Annotations", listed),
            "Doc_0/Annots/Page_0/Annotation.xml": root("PageAnnot", notes),
        },
    )  # fmt: skip
    assert extract_file("a.ofd", body).text.split("\n") == [
        READ[0], "同意备案", "【附件一.txt】", "附件里的文字应当读出来。",
    ]  # fmt: skip


def test_several_documents_in_one_file() -> None:
    bodies = "".join(
        element("DocBody", element("DocRoot", f"Doc_{n}/Document.xml")) for n in (0, 1)
    )
    second = element("Pages", element("Page", ID="1", BaseLoc="Pages/x.xml"))
    body = package(
        [("a.xml", content(words(ONE, 20, 40)))],
        members={
            "OFD.xml": root("OFD", bodies),
            "Doc_1/Document.xml": root("Document", second),
            "Doc_1/Pages/x.xml": content(words(TWO, 20, 40)),
        },
    )
    assert extract_file("a.ofd", body).text.split("\n") == READ


def test_an_encrypted_package() -> None:
    body = package([("a.xml", content())], members={"Doc_0/Encryptions.xml": root("E", "")})
    assert extract_file("a.ofd", body).status is Status.ENCRYPTED
