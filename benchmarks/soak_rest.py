"""The service at its ordinary pace on the soak's archive, for the figures at rest."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    from benchmarks.soak_service import Clock
    from noticewatch.application.application import Application
    from noticewatch.daemon.service import run_service

    folder = Path(sys.argv[1])
    app = Application(
        config=folder / "noticewatch.yml",
        data_dir_option=folder / "data",
        sources_dir_option=folder / "sources",
        clock=Clock(folder / "clock.json"),
    )
    run_service(app, port=0)


if __name__ == "__main__":
    main()
