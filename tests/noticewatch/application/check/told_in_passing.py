"""Acts of an invented ministry and the articles that speak of them in passing."""

from __future__ import annotations

ACTS: list[dict[str, object]] = [
    {
        "url": "https://a1.example.cn/act.html",
        "title": "动力电池梯次产品备案与标识管理办法",
        "issuers": ["工业和信息化部", "国家市场监督管理总局"],
        "document_number": "工信部联节〔2026〕83号",
        "published": "2026-04-03",
        "text": "第一条　为规范梯次产品的备案与标识，制定本办法。\n"
        "第二条　在中华人民共和国境内生产、销售梯次产品的，适用本办法。船用电池和航空电池不适"
        "用本办法。\n"
        "第三条　梯次利用企业应当在产品上市前30日向省级工业和信息化主管部门备案。\n"
        "第四条　备案应当提交产品检测报告、使用说明书和回收承诺书。\n"
        "第五条　梯次产品应当在显著位置标注“再利用”字样，字高不得小于5毫米。\n"
        "第六条　梯次利用企业应当为产品提供不少于3年的质保。\n"
        "第七条　销售梯次产品的网络平台应当核验备案编号，核验记录保存不得少于4年。\n"
        "第八条　备案信息发生变更的，应当自变更之日起12个工作日内办理变更手续。\n"
        "第九条　梯次利用企业应当每半年向省级工业和信息化主管部门报送产销数量。\n"
        "第十条　省级工业和信息化主管部门应当自收到材料之日起8个工作日内完成备案。\n"
        "第十一条　未备案即销售梯次产品的，由县级以上工业和信息化主管部门责令改正，处2万元以"
        "上8万元以下罚款。\n"
        "第十二条　伪造备案编号的，处5万元以上15万元以下罚款。\n"
        "第十三条　备案不收取任何费用。\n"
        "第十四条　本办法自2026年7月1日起施行。《梯次利用产品备案暂行办法》（工信部节〔2020〕"
        "71号）同时废止。",
    },
    {
        "url": "https://a2.example.cn/act.html",
        "title": "梯次利用产品备案暂行办法",
        "issuers": ["工业和信息化部"],
        "document_number": "工信部节〔2020〕71号",
        "published": "2020-08-21",
        "text": "第一条　为规范梯次利用产品备案，制定本办法。\n"
        "第二条　梯次利用企业应当在产品上市前60日向工业和信息化部备案。\n"
        "第三条　梯次利用企业应当为产品提供不少于1年的质保。\n"
        "第四条　备案信息发生变更的，应当在30个工作日内办理变更手续。\n"
        "第五条　未备案的，予以通报。\n"
        "第六条　本办法自2020年10月1日起施行。",
    },
    {
        "url": "https://a3.example.cn/act.html",
        "title": "废旧动力电池铁路运输安全管理规定",
        "issuers": ["国家铁路局", "交通运输部"],
        "document_number": "国铁运输监〔2026〕14号",
        "published": "2026-02-25",
        "text": "第一条　为保障废旧动力电池铁路运输安全，制定本规定。\n"
        "第二条　托运人应当在装车72小时前向铁路运输企业提报运输申请。\n"
        "第三条　托运电池的荷电状态不得高于25%。\n"
        "第四条　电池应当装入专用集装箱，每箱净重不得超过18吨。\n"
        "第五条　集装箱应当配备温度传感器，数据上传间隔不得大于3分钟。\n"
        "第六条　箱内温度达到55℃的，押运人员应当立即通知车站值班员。\n"
        "第七条　运输单据保存期限不得少于2年。\n"
        "第八条　客运列车不得运输废旧动力电池。\n"
        "第九条　铁路运输企业应当每季度开展一次应急演练。\n"
        "第十条　未提报申请即装车的，由铁路监管部门责令改正，处3000元以上1万元以下罚款。\n"
        "第十一条　本规定自2026年5月15日起施行。",
    },
    {
        "url": "https://a4.example.cn/act.html",
        "title": "湖北省动力电池回收网点消防管理办法",
        "issuers": ["湖北省应急管理厅", "湖北省商务厅"],
        "document_number": "鄂应急规〔2026〕6号",
        "published": "2026-03-18",
        "jurisdiction": "CN-HB",
        "text": "第一条　为加强回收网点消防安全管理，制定本办法。\n"
        "第二条　网点电池堆放高度不得超过1.5米。\n"
        "第三条　网点应当配备不少于4具灭火器。\n"
        "第四条　网点从业人员每年接受消防培训不得少于6学时。\n"
        "第五条　网点应当于每月15日前向县级消防救援机构报送存量。\n"
        "第六条　网点与加油站的距离不得小于50米。\n"
        "第七条　电池存放时间不得超过45日。\n"
        "第八条　违反本办法第七条规定的，由县级应急管理部门责令限期清运；逾期不清运的，处5000"
        "元以上1.5万元以下罚款。\n"
        "第九条　本办法自2026年5月1日起施行，有效期4年。",
    },
    {
        "url": "https://a5.example.cn/act.html",
        "title": "湖南省动力电池回收网点消防管理办法",
        "issuers": ["湖南省应急管理厅"],
        "document_number": "湘应急规〔2026〕9号",
        "published": "2026-04-22",
        "jurisdiction": "CN-HN",
        "text": "第一条　为加强回收网点消防安全管理，制定本办法。\n"
        "第二条　网点电池堆放高度不得超过1.2米。\n"
        "第三条　网点应当配备不少于6具灭火器。\n"
        "第四条　网点应当于每季度首月10日前向县级消防救援机构报送存量。\n"
        "第五条　电池存放时间不得超过60日。\n"
        "第六条　本办法自2026年7月1日起施行。",
    },
    {
        "url": "https://a6.example.cn/act.html",
        "title": "动力电池再生材料认证实施规则（征求意见稿）",
        "issuers": ["国家认证认可监督管理委员会"],
        "published": "2026-09-02",
        "text": "现就《动力电池再生材料认证实施规则（征求意见稿）》公开征求意见，请于2026年10月8日前"
        "反馈。\n"
        "第一条　认证采用型式试验加工厂检查的模式。\n"
        "第二条　再生镍含量达到16%的产品方可使用再生标志。\n"
        "第三条　认证证书有效期为5年。\n"
        "第四条　获证企业应当每年接受一次监督检查。\n"
        "第五条　本规则自　年　月　日起实施。",
    },
    {
        "url": "https://a7.example.cn/act.html",
        "title": "关于调整梯次产品备案材料的公告",
        "issuers": ["工业和信息化部"],
        "document_number": "工业和信息化部公告2026年第58号",
        "published": "2026-09-15",
        "text": "根据实施情况，现就《动力电池梯次产品备案与标识管理办法》（工信部联节〔2026〕83号）的"
        "备案事项公告如下：\n"
        "一、已上市产品的补备案期限由2026年9月30日延长至2026年12月15日。\n"
        "二、出口产品可以只提交英文说明书。\n"
        "三、备案系统网址为https://tcba.example.net。\n"
        "四、本公告自发布之日起施行。",
    },
    {
        "url": "https://a8.example.cn/act.html",
        "title": "关于动力电池质量追溯执法案例的通报",
        "issuers": ["国家市场监督管理总局"],
        "document_number": "市监质函〔2026〕77号",
        "published": "2026-10-12",
        "text": "现将2026年查处的3起案例通报如下：\n"
        "案例一：成都某能源公司未备案销售梯次产品案。该公司销售梯次产品320件。2026年8月，成都"
        "市经济和信息化局对其处6万元罚款。\n"
        "案例二：合肥某网络平台未核验备案编号案。2026年9月，合肥市市场监督管理局给予警告，未"
        "处罚款。\n"
        "案例三：厦门某贸易公司伪造备案编号案。2026年9月，厦门市市场监督管理局对其处12万元罚"
        "款。",
    },
    {
        "url": "https://a9.example.cn/act.html",
        "title": "福建省退役动力电池跨省转移管理办法",
        "issuers": ["福建省生态环境厅"],
        "document_number": "闽环规〔2026〕5号",
        "published": "2026-05-06",
        "jurisdiction": "CN-FJ",
        "text": "第一条　为规范退役动力电池跨省转移，制定本办法。\n"
        "第二条　转出单位应当在转移前10个工作日在“闽电转”平台提交转移计划。\n"
        "第三条　省内转移不需要提交转移计划。\n"
        "第四条　接收单位应当在接收后3个工作日内确认数量。\n"
        "第五条　转移联单保存期限不得少于5年。\n"
        "第六条　转移计划由设区的市生态环境部门审核。\n"
        "第七条　本办法自2026年6月15日起施行。",
    },
]  # fmt: skip
LABELS = [
    (
        "The new measures on the filing and labelling of second-life battery products took effect on 1 July 2026.",
        "supported",
    ),
    ("They were issued by the industry ministry and the market regulator.", "supported"),
    (
        "Second-life companies must file 30 days before the product is put on the market.",
        "supported",
    ),
    ("Changes of the filed information must be filed within 20 working days.", "contradicted"),
    ("Second-life companies have to give a warranty of at least three years.", "supported"),
    ("Online platforms must keep the verification records for at least two years.", "contradicted"),
    ("The filing costs 500 yuan per product.", "contradicted"),
    ("Selling second-life products without filing is fined 20,000 to 80,000 yuan.", "supported"),
    ("Anyone who forges a filing number faces a fine of up to 300,000 yuan.", "contradicted"),
    ("The measures also apply to marine batteries.", None),
    ("Second-life companies report production and sales every quarter.", "contradicted"),
    ("Products already on the market had to be filed by 30 September 2026.", "outdated"),
    ("The filing system can be reached at https://tcba.example.net.", "supported"),
    ("The 2020 interim measures on the filing of second-life products still apply.", "outdated"),
    (
        "A Chengdu company was fined 60,000 yuan for selling second-life products without filing.",
        "supported",
    ),
    ("A Xiamen trader was fined 200,000 yuan for forging a filing number.", "contradicted"),
    ("Honestly, we believe that half of the small second-life workshops will close.", "opinion"),
    ("Guizhou will pay a premium for second-life products.", "none"),
]
RAIL_AND_PROVINCES = [
    (
        "Under the new rules on the rail transport of used batteries, the consignor applies 72 hours before loading.",
        "supported",
    ),
    ("The state of charge may be up to 40 percent.", "contradicted"),
    ("Each container may hold no more than 18 tonnes net.", "supported"),
    ("Passenger trains may carry used batteries.", "contradicted"),
    ("Transport documents must be kept for five years.", "contradicted"),
    ("In Hubei batteries may be stacked up to 1.2 metres high.", "contradicted"),
    ("Hubei outlets report their stock by the 15th of each month.", "supported"),
    ("In Hunan outlets need at least six fire extinguishers.", "supported"),
    ("Hunan outlets may store batteries for 45 days at most.", "contradicted"),
    ("A certificate for recycled material is valid for five years.", "contradicted"),
    ("The draft certification rules would require a recycled nickel content of 16 percent.", None),
    (
        "In Fujian a transfer plan is submitted within ten working days after the transfer.",
        "contradicted",
    ),
    ("In Fujian transfers within the province need a transfer plan too.", "contradicted"),
    (
        "The Fujian transfer plan is reviewed by the provincial environment department.",
        "contradicted",
    ),
    ("Fujian keeps transfer manifests for five years, and drivers need a special badge.", "partly"),
    ("Shipping rates for batteries rose by 8 percent in October.", "opinion"),
    ("Gansu bans the export of battery scrap.", "none"),
]
CHINESE = [
    ("梯次利用企业应当在产品上市前30日备案。", "supported"),
    ("备案由县级工业和信息化主管部门办理。", None),
    ("省级主管部门自收到材料之日起15个工作日内完成备案。", "contradicted"),
    ("梯次产品应当标注“再利用”字样，字高不得小于5毫米。", "supported"),
    ("梯次利用企业应当为产品提供不少于1年的质保。", "outdated"),
    ("未备案即销售梯次产品的，处2万元以上8万元以下罚款。", "supported"),
    ("网络平台可以不核验备案编号。", "contradicted"),
    ("备案信息变更的，应当在变更前12个工作日办理手续。", "contradicted"),
    ("梯次利用企业每半年报送产销数量。", "supported"),
    ("出口产品可以只提交英文说明书。", "supported"),
    ("梯次产品备案与标识管理办法由工信部和商务部联合印发。", "contradicted"),
    ("铁路运输的集装箱温度数据上传间隔不得大于3分钟。", "supported"),
    ("箱内温度达到55℃的，托运人应当立即通知车站值班员。", "contradicted"),
    ("铁路运输企业应当每年开展一次应急演练。", "contradicted"),
    ("湖北的网点应当配备不少于6具灭火器。", "contradicted"),
    ("湖南网点电池存放时间不得超过60日。", "supported"),
    ("福建转出单位应在“皖电转”平台提交转移计划。", "contradicted"),
    ("福建省接收单位应当在接收后3个工作日内确认数量。", "supported"),
    ("再生材料认证证书有效期5年的规定已经施行。", "contradicted"),
    ("业内人士预计，明年认证费用将下降三成。", "opinion"),
    ("青海将对梯次产品免征消费税。", "none"),
    ("合肥一家网络平台因未核验备案编号被处3万元罚款。", None),
]
