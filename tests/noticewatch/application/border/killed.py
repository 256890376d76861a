"""Run ``noticewatch`` and kill this very process at the n-th call of a method: no test itself.

python -m tests.noticewatch.application.border.killed MODULE:CLASS.METHOD N ARGUMENTS…
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from typing import Any


def kill_at(target: str, count: int) -> None:
    """Have the method die by SIGKILL when it is called for the n-th time."""
    module, _, path = target.partition(":")
    owner, name = path.split(".")
    cls = getattr(importlib.import_module(module), owner)
    real, calls = getattr(cls, name), 0

    def dying(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)

    setattr(cls, name, dying)


if __name__ == "__main__":
    kill_at(sys.argv[1], int(sys.argv[2]))
    from noticewatch.cli.main import main

    sys.argv = ["noticewatch", *sys.argv[3:]]
    main()
