from __future__ import annotations

from domain.text.title_normalization import normalise_title


def test_titles_of_one_act_are_one() -> None:
    same = [
        "工业和信息化部等五部门关于印发《新能源汽车动力蓄电池梯次利用管理办法》的通知",
        "五部门关于印发《新能源汽车动力蓄电池梯次利用管理办法》的通知（工信部联节〔2021〕114号）",
        "《新能源汽车动力蓄电池梯次利用管理办法》",
        "关于印发新能源汽车动力蓄电池梯次利用管理办法的通知_中华人民共和国工业和信息化部",
        "新能源汽车动力蓄电池　梯次利用管理办法-广东省工业和信息化厅",
    ]
    assert len({normalise_title(title) for title in same}) == 1


def test_titles_of_different_acts_stay_apart() -> None:
    act = "《铅蓄电池回收利用管理暂行办法》"
    apart = [
        act,
        f"关于{act}公开征求意见的公告",
        f"省经信厅关于转发国家发展改革委{act}的通知",
        f"{act}解读",
        "关于印发《铅蓄电池回收利用管理暂行办法》和《铅蓄电池目录》的通知",
        "铅蓄电池回收利用管理暂行办法（2024年本）",
    ]
    assert len({normalise_title(title) for title in apart}) == len(apart)
    draft = "关于《铅蓄电池回收利用管理暂行办法（征求意见稿）》公开征求意见的公告"
    assert normalise_title(draft) == normalise_title(apart[1])
