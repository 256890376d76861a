"""Fill an archive that pages are served from."""

import pytest

from tests.noticewatch.filled import fill


@pytest.fixture
def folder(tmp_path):
    fill(tmp_path)
    return tmp_path
