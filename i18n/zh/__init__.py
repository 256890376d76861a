"""The Chinese catalogue: the sentence of every reason."""

from __future__ import annotations

from i18n.sentence import Catalogue
from i18n.zh.act_reasons import ACT_REASONS
from i18n.zh.change_reasons import CHANGE_REASONS
from i18n.zh.request_reasons import REQUEST_REASONS

CATALOGUE = Catalogue(sentences={**ACT_REASONS, **CHANGE_REASONS, **REQUEST_REASONS}, joint="；")
