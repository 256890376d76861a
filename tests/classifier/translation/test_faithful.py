"""What a machine translation may not lose or make up."""

from __future__ import annotations

import pytest

from classifier.translation.faithful import loss

KEPT = [
    ("综合利用企业应当自接收之日起三十日内报送入库信息。", "Comprehensive utilisation enterprises shall report the receipt within thirty days from the date of receipt."),
    ("逾期不改正的，处五万元以上五十万元以下罚款。", "Where no correction is made in time, a fine of not less than 50,000 yuan but not more than 500,000 yuan shall be imposed."),
    ("任何单位和个人不得擅自拆解废旧动力电池。", "No unit or individual may dismantle used power batteries without authorisation."),
    ("本办法自2026年4月1日起施行。", "These Measures shall come into force on April 1, 2026."),
    ("本办法自二〇二六年四月一日起施行。", "These Measures take effect on 1 Apr 2026."),
    ("锂回收率不低于90%。", "The lithium recovery rate shall be no less than 90%."),
    ("企业可以委托第三方办理。", "Enterprises may entrust a third party."),
    ("第七批符合条件的企业名单公示", "Publication of the seventh batch of qualifying enterprises"),
    ("总投资2.6亿元，年处理3万吨。", "Total investment of 260 million yuan, treating 30,000 tonnes a year."),
    ("违反本办法第十二条规定的，责令改正，可以并处一万元以下罚款。", "Whoever violates Article 12 shall be ordered to make corrections and may also be fined up to 10,000 yuan."),
    ("未取得许可证从事经营活动的，没收违法所得。", "Illegal gains from operating without a licence shall be confiscated."),
    ("不断完善回收体系", "Continuously improve the recycling system"),
    ("关于印发《动力电池回收管理办法》的通知", "Notice on issuing the Measures for Power Battery Recycling"),
    ("应当在15个工作日内备案，最迟不超过二十五个工作日。", "Filing shall be made within 15 working days and in no case later than twenty-five working days."),
]  # fmt: skip
LOST = [
    ("综合利用企业应当自接收之日起三十日内报送入库信息。", "Enterprises shall report within 13 days of receipt.", "number"),
    ("综合利用企业应当自接收之日起三十日内报送入库信息。", "Enterprises may report within thirty days of receipt.", "duty"),
    ("综合利用企业应当自接收之日起三十日内报送入库信息。", "Enterprises report within thirty days of receipt.", "duty"),
    ("任何单位和个人不得擅自拆解废旧动力电池。", "Units and individuals may dismantle used power batteries without authorisation.", "prohibition"),
    ("未取得许可证从事经营活动的，没收违法所得。", "Illegal gains from operating under a licence are confiscated.", "negation"),
    ("本办法自2026年4月1日起施行。", "These Measures shall come into force on April 11, 2026.", "number"),
    ("本办法自2026年4月1日起施行。", "These Measures shall come into force on March 1, 2026.", "number"),
    ("逾期不改正的，处五万元以上五十万元以下罚款。", "A fine of 5,000 to 50,000 yuan is imposed if not corrected.", "number"),
    ("企业可以委托第三方办理。", "Enterprises must entrust a third party.", "permission"),
    ("锂回收率不低于90%。", "The lithium recovery rate is 90%.", "lower limit"),
    ("罚款数额不超过三万元。", "The fine is 30,000 yuan.", "upper limit"),
    ("违规的，责令停产。", "Violators stop production.", "order"),
    ("企业应当登记。", "Enterprises shall register at http://evil.example/ now.", "address"),
    ("企业应当登记。", "企业应当登记。", "not translated"),
    ("企业应当登记。", "  ", "nothing"),
    ("企业应当登记。", "Enterprises shall register within 5 days.", "does not hold"),
    ("企业应当登记。", "Enterprises shall not register.", "does not hold"),
    ("企业应当登记。", "Enterprises shall register. " * 40, "length"),
]  # fmt: skip


@pytest.mark.parametrize(("chinese", "english"), KEPT)
def test_a_faithful_translation_is_shown(chinese: str, english: str) -> None:
    assert loss(chinese, english) is None


@pytest.mark.parametrize(("chinese", "english", "why"), LOST)
def test_a_loss_withholds_it(chinese: str, english: str, why: str) -> None:
    assert why in (loss(chinese, english) or "")
