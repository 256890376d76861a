"""A small archive of invented acts, one of them amended, and claims about them."""

ACTS: list[dict[str, object]] = [
    {
        "url": "https://gxt.zj.example/1.html",
        "title": "浙江省新能源汽车废旧动力电池回收利用管理办法",
        "document_number": "浙经信绿色〔2026〕58号",
        "issuers": ["浙江省经济和信息化厅", "浙江省生态环境厅"],
        "published": "2026-06-10",
        "text": """各市经信局、生态环境局：
现将《浙江省新能源汽车废旧动力电池回收利用管理办法》印发给你们，请遵照执行。
浙江省经济和信息化厅 浙江省生态环境厅
2026年6月8日
浙江省新能源汽车废旧动力电池回收利用管理办法
第一条 为规范新能源汽车废旧动力电池回收利用，制定本办法。
第二条 本办法适用于浙江省行政区域内废旧动力电池的回收、贮存、运输和综合利用。铅蓄电池不适用本办法。
第三条 综合利用企业应当自接收废旧动力电池之日起15日内通过全国新能源汽车动力电池溯源信息平台报送入库信息。
第四条 回收服务网点应当在每季度结束后10日内向所在地经信部门报送贮存情况。
第五条 废旧动力电池贮存时间不得超过6个月，单个网点贮存量不得超过30吨。
第六条 托运人应当在起运3个工作日前将运输方案告知承运人。
第七条 任何单位和个人不得将废旧动力电池用于电动自行车。
第八条 回收服务网点台账保存期限不少于3年。
第九条 企业可以委托第三方机构开展余能检测。
第十条 违反本办法第三条规定，未按时报送入库信息的，由经信部门责令限期改正；逾期未改正的，处一万元以上三万元以下罚款。
第十一条 本办法自2026年7月15日起施行，有效期三年。《浙江省动力电池回收试点办法》同时废止。""",
    },
    {
        "url": "https://gxt.hn.example/2.html",
        "title": "湖南省动力电池回收网点建设规范（征求意见稿）",
        "document_number": None,
        "issuers": ["湖南省工业和信息化厅"],
        "published": "2026-09-01",
        "text": """现将《湖南省动力电池回收网点建设规范（征求意见稿）》向社会公开征求意见，意见反馈截止日期为2026年9月30日。
第一条 回收网点应当配备消防设施。
第二条 网点贮存废旧动力电池不得超过3个月。
湖南省工业和信息化厅
2026年9月1日""",
    },
    {
        "url": "https://gxt.zj.example/3.html",
        "title": "关于修改《浙江省新能源汽车废旧动力电池回收利用管理办法》的决定",
        "document_number": "浙经信绿色〔2026〕90号",
        "issuers": ["浙江省经济和信息化厅", "浙江省生态环境厅"],
        "published": "2026-09-20",
        "text": """浙江省经济和信息化厅、浙江省生态环境厅决定对《浙江省新能源汽车废旧动力电池回收利用管理办法》作如下修改：
将第五条修改为：“第五条 废旧动力电池贮存时间不得超过3个月，单个网点贮存量不得超过50吨。”
本决定自2026年10月1日起施行。
浙江省经济和信息化厅 浙江省生态环境厅
2026年9月18日""",
    },
]

CLAIMS: list[tuple[str, str]] = [
    ("《浙江省新能源汽车废旧动力电池回收利用管理办法》自2026年7月15日起施行。", "supported"),
    ("《浙江省新能源汽车废旧动力电池回收利用管理办法》自2026年7月1日起施行。", "contradicted"),
    (
        "《浙江省新能源汽车废旧动力电池回收利用管理办法》（浙经信绿色〔2026〕58号）有效期三年。",
        "supported",
    ),
    (
        "《浙江省新能源汽车废旧动力电池回收利用管理办法》（浙经信绿色〔2026〕85号）有效期三年。",
        "contradicted",
    ),
    ("《浙江省新能源汽车废旧动力电池回收利用管理办法》有效期五年。", "contradicted"),
    (
        "根据《浙江省新能源汽车废旧动力电池回收利用管理办法》，综合利用企业应当自接收废旧动力电池之日起15日内报送入库信息。",
        "supported",
    ),
    (
        "根据《浙江省新能源汽车废旧动力电池回收利用管理办法》，综合利用企业应当自接收废旧动力电池之日起30日内报送入库信息。",
        "contradicted",
    ),
    (
        "根据浙江省新能源汽车废旧动力电池回收利用管理办法，综合利用企业应当自接收之日起15个工作日内报送入库信息。",
        "contradicted",
    ),
    (
        "根据浙江省新能源汽车废旧动力电池回收利用管理办法，托运人应当在起运3个工作日前将运输方案告知承运人。",
        "supported",
    ),
    (
        "根据浙江省新能源汽车废旧动力电池回收利用管理办法，托运人应当在起运后3个工作日内将运输方案告知承运人。",
        "contradicted",
    ),
    (
        "根据浙江省新能源汽车废旧动力电池回收利用管理办法，废旧动力电池贮存时间不得超过6个月。",
        "outdated",
    ),
    (
        "根据浙江省新能源汽车废旧动力电池回收利用管理办法，废旧动力电池贮存时间不得超过3个月。",
        "supported",
    ),
    (
        "根据浙江省新能源汽车废旧动力电池回收利用管理办法，废旧动力电池贮存时间不得超过12个月。",
        "contradicted",
    ),
    ("根据浙江省新能源汽车废旧动力电池回收利用管理办法，单个网点贮存量不得超过50吨。", "supported"),
    (
        "根据浙江省新能源汽车废旧动力电池回收利用管理办法，企业必须委托第三方机构开展余能检测。",
        "contradicted",
    ),
    (
        "根据浙江省新能源汽车废旧动力电池回收利用管理办法，企业可以委托第三方机构开展余能检测。",
        "supported",
    ),
    (
        "根据浙江省新能源汽车废旧动力电池回收利用管理办法，废旧动力电池可以用于电动自行车。",
        "contradicted",
    ),
    ("根据浙江省新能源汽车废旧动力电池回收利用管理办法，台账保存期限不少于3年。", "supported"),
    ("根据浙江省新能源汽车废旧动力电池回收利用管理办法，台账保存期限不少于5年。", "contradicted"),
    (
        "根据浙江省新能源汽车废旧动力电池回收利用管理办法，未按时报送入库信息且逾期未改正的，处一万元以上三万元以下罚款。",
        "supported",
    ),
    (
        "根据浙江省新能源汽车废旧动力电池回收利用管理办法，未按时报送入库信息且逾期未改正的，处五万元以上十万元以下罚款。",
        "contradicted",
    ),
    ("浙江省新能源汽车废旧动力电池回收利用管理办法适用于铅蓄电池。", "contradicted"),
    (
        "浙江省新能源汽车废旧动力电池回收利用管理办法由浙江省经济和信息化厅、浙江省生态环境厅联合印发。",
        "supported",
    ),
    ("浙江省新能源汽车废旧动力电池回收利用管理办法由浙江省商务厅印发。", "contradicted"),
    ("根据浙江省新能源汽车废旧动力电池回收利用管理办法，海关可以扣押电池并冻结企业账户。", "none"),
    ("江苏省新能源汽车废旧动力电池回收利用管理办法自2026年7月15日起施行。", "none"),
    ("《湖南省动力电池回收网点建设规范》已正式施行。", "contradicted"),
    (
        "湖南省动力电池回收网点建设规范（征求意见稿）的意见反馈截止日期为2026年9月30日。",
        "supported",
    ),
    (
        "湖南省动力电池回收网点建设规范（征求意见稿）的意见反馈截止日期为2026年10月30日。",
        "contradicted",
    ),
    ("湖南省动力电池回收网点建设规范（征求意见稿）已正式施行。", "contradicted"),
    ("Zhejiang's measures on used power batteries took effect on 15 July 2026.", "supported"),
    (
        "The Zhejiang measures (浙经信绿色〔2026〕58号) took effect on 15 August 2026.",
        "contradicted",
    ),
    (
        "Under 浙经信绿色〔2026〕58号, recyclers must report intake within 15 days of receipt.",
        "supported",
    ),
    (
        "Under 浙经信绿色〔2026〕58号, recyclers must report intake within 30 days of receipt.",
        "contradicted",
    ),
    (
        "Under 浙经信绿色〔2026〕58号, used batteries may not be stored for more than three months.",
        "supported",
    ),
    (
        "Under 浙经信绿色〔2026〕58号, used batteries may not be stored for more than six months.",
        "outdated",
    ),
    ("Under 浙经信绿色〔2026〕58号, ledgers must be kept for at least three years.", "supported"),
    ("Under 浙经信绿色〔2026〕58号, ledgers must be kept for at least ten years.", "contradicted"),
    (
        "Under 浙经信绿色〔2026〕58号, consignors must notify the carrier within 3 working days after dispatch.",
        "contradicted",
    ),
    (
        "Under 浙经信绿色〔2026〕58号, recyclers that fail to report face a fine of 10,000 to 30,000 yuan.",
        "supported",
    ),
    (
        "Under 浙经信绿色〔2026〕58号, recyclers that fail to report face a fine of up to 300,000 yuan.",
        "contradicted",
    ),
    ("Recyclers in Zhejiang must report intake within 15 days of receipt.", "supported"),
    ("Recyclers in Zhejiang must report intake within 45 days of receipt.", "contradicted"),
    ("Recyclers in Jiangsu must report intake within 15 days of receipt.", "none"),
]

# Each is nearly right: something in it is wrong, or the text does not say it.
TRAPS = (
    'Under 浙经信绿色〔2026〕58号, recyclers must report outgoing batteries within 15 days of receipt.',
    'Under 浙经信绿色〔2026〕58号, recyclers must report intake within 15 days of dispatch.',
    'Under 浙经信绿色〔2026〕58号, collection outlets must report storage status within 10 days of each month.',
    'Under 浙经信绿色〔2026〕58号, used batteries may not be stored for at least three months.',
    'Under 浙经信绿色〔2026〕58号, ledgers must be kept for at most three years.',
    'Under 浙经信绿色〔2026〕58号, carriers must notify the consignor 3 working days before dispatch.',
    'Under 浙经信绿色〔2026〕58号, recyclers that fail to report face a fine of 10,000 to 30,000 yuan for each battery.',
    '根据浙经信绿色〔2026〕58号，综合利用企业应当自出库之日起15日内报送入库信息。',
    '根据浙经信绿色〔2026〕58号，回收服务网点应当在每月结束后10日内向所在地经信部门报送贮存情况。',
    '根据浙经信绿色〔2026〕58号，回收服务网点应当在每季度结束后10日内向所在地生态环境部门报送贮存情况。',
    '根据浙经信绿色〔2026〕58号，承运人应当在起运3个工作日前将运输方案告知托运人。',
    '根据浙经信绿色〔2026〕58号，托运人可以在起运3个工作日前将运输方案告知承运人。',
    '根据浙经信绿色〔2026〕58号，废旧动力电池贮存时间不得少于3个月。',
    '根据浙经信绿色〔2026〕58号，台账保存期限不超过3年。',
    '根据浙经信绿色〔2026〕58号，综合利用企业应当自接收废旧动力电池之日起15日内通过省级平台报送入库信息。',
    '根据浙经信绿色〔2026〕58号，未按时报送出库信息的，处一万元以上三万元以下罚款。',
    '根据浙经信绿色〔2026〕58号，企业不得委托第三方机构开展余能检测。',
    '江苏省规定，综合利用企业应当自接收废旧动力电池之日起15日内报送入库信息。',
    '浙经信绿色〔2026〕58号自2026年7月15日起施行，适用于全国。',
)  # fmt: skip
