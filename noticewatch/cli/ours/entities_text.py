"""The example of entities.yml that ``init`` writes beside the settings."""

from __future__ import annotations

from pathlib import Path

from noticewatch.application.user_errors import NoticewatchError

EXAMPLE_FILE = "entities.example.yml"
EXAMPLE = """\
# Your companies. Fill this in and call it entities.yml: noticewatch then says of each duty whether
# it applies to you, and finds you and your suppliers in notices. The file is never sent anywhere.
# `noticewatch doctor` checks it; `noticewatch me` shows what applies.
entities:
  - key: shanghai-import                 # a name of your own
    name: {zh: 上海示例进出口有限公司, en: Shanghai Example Import Co.}
    # credit_code: 91310000…              # the unified social credit code, checked
    aliases: []                          # short names and brands, as notices write them
    former_names: []
    # importer, domestic_agent, battery_maker, vehicle_maker, vehicle_importer, exporter, recycler,
    # cascade_user, collection_outlet, collection_company, vehicle_dismantler, swap_operator,
    # repair_shop, storage_operator, consignor, carrier, warehouse, customs_broker, testing_lab,
    # certifier, platform_operator
    roles: [importer, domestic_agent]
    places: [CN-SH]                      # provinces by code, or cities by name: 苏州
    deals_in: []                         # where you deal without having a place there
    handles: [packs, black_mass]         # what you deal in: packs, cells, black_mass, vehicles …
    permits:
      - {kind: hazardous-transport, number: 示例-1, until: 2027-03-31}
    suppliers:
      - {name: 江苏示例循环科技有限公司, aliases: [示例循环]}
    people: {owner: anna, deputy: li}    # names, or Slack user ids
"""


def write_example(path: Path) -> Path:
    """Write the example; one that is there already stays as it is."""
    if path.exists():
        return path
    try:
        path.write_text(EXAMPLE, encoding="utf-8")
    except OSError as error:
        raise NoticewatchError(f"{path} cannot be written: {error.strerror}") from error
    return path
