"""What holds for every test: names of tests never depend on the minute or the process."""


def pytest_make_parametrize_id(config: object, val: object, argname: str) -> str | None:
    """Name a parameter of bytes by its argument: packed files carry the time they were made.

    Processes that share the tests (pytest-xdist) must collect the same names; a gzip or zip built while
    collecting differs from one second to the next. Equal names are numbered by pytest itself.
    """
    return argname if isinstance(val, bytes) else None
