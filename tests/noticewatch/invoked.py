"""Run commands in this process and read their answers."""

import json

from click.testing import CliRunner

from noticewatch.application.application import Application
from noticewatch.cli.main import cli


def run(*arguments, code=0, **options):
    done = CliRunner().invoke(cli, list(arguments), obj=Application(), **options)
    assert done.exit_code == code, (done.output, done.exception)
    return done


def as_json(*arguments, code=0):
    return json.loads(run(*arguments, "--json", code=code).stdout)


def findings(*more, code=0):
    return {item["check"]: item for item in as_json("doctor", *more, code=code)["findings"]}
