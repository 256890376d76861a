"""The English catalogue: the sentence of every reason."""

from __future__ import annotations

from i18n.en.act_reasons import ACT_REASONS
from i18n.en.change_reasons import CHANGE_REASONS
from i18n.en.request_reasons import REQUEST_REASONS
from i18n.sentence import Catalogue

CATALOGUE = Catalogue(sentences={**ACT_REASONS, **CHANGE_REASONS, **REQUEST_REASONS}, joint="; ")
