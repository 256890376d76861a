"""Write a case folder to be handed over, with its page as a PDF where a browser is installed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from archive.evidence.chain import sha256_of
from archive.store import Archive
from archive.transfer.case_file import write_case_folder
from noticewatch.application.check.lead_upkeep import lead_reports

PDF_NAME = "case.pdf"


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFolder:
    """What was written: how many files, and whether a PDF is among them."""

    files: int
    pdf: bool


def write_case(archive: Archive, notice_id: int, folder: Path) -> CaseFolder:
    """Every version, attachment, diff and hash of a notice; ArchiveError as the archive says."""
    count = write_case_folder(archive, notice_id, folder, lead_reports(archive, notice_id))
    pdf = printed((folder / "index.html").read_text(encoding="utf-8"))
    if pdf is None:
        return CaseFolder(files=count, pdf=False)
    (folder / PDF_NAME).write_bytes(pdf)
    with (folder / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.write(f"{sha256_of(pdf)}  {PDF_NAME}\n")
    return CaseFolder(files=count + 1, pdf=True)


def printed(html: str) -> bytes | None:
    """A page as it asks to be printed, without network and scripts; None without Chromium and
    the extra ``browser``, or where it fails."""
    from crawler.transport.rendering import chromium_path

    path = chromium_path()
    if path is None:
        return None
    from playwright.sync_api import Error, sync_playwright

    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=path,
                args=["--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"],
                chromium_sandbox=os.geteuid() != 0,
            )
            context = browser.new_context(java_script_enabled=False, offline=True)
            page = context.new_page()
            page.set_content(html, wait_until="domcontentloaded")
            content: bytes = page.pdf(prefer_css_page_size=True, print_background=True)
            browser.close()
    except Error:
        return None
    return content
