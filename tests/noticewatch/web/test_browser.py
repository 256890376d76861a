"""The pages in a real headless Chromium: by mouse, by keyboard, on a phone, without script."""

import shutil
import threading
import time
from dataclasses import replace

import pytest
import uvicorn

from noticewatch.web.app import create_app
from tests.noticewatch.filled import fill
from tests.noticewatch.web.site import make_site

playwright_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(400),  # many pages each, and the machine may be busy
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.filterwarnings("default"),
]
TITLE = "江苏省废旧动力电池回收利用管理办法"
PAGES = (
    "/", "/search?q=动力电池", "/notices/1", "/notices/2", "/compare", "/matrix", "/map",
    "/map?by=implementation", "/deadlines", "/activity", "/sources", "/sources/cn-miit",
    "/searches", "/alerts", "/audit", "/compare?posting=1&a=1&b=2&view=side&show=all",
    "/compare?before=1&after=2", "/notices/1/compare?second=电池", "/settings", "/law", "/check",
    "/deadlines?ship_on=2027-01-20",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("browser")
    fill(folder)
    site = replace(make_site(folder), check=lambda key: None)
    server = uvicorn.Server(
        uvicorn.Config(create_app(site), port=0, log_level="warning", lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    assert server.started
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def browser():
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, address):
    """Opens pages; at the end nothing may have been blocked, failed or asked of other hosts."""
    contexts, problems = [], []

    def open_context(**options):
        context = browser.new_context(base_url=address, **options)
        context.set_default_timeout(60_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "request",
            lambda r: None if r.url.startswith(address) else problems.append(f"asked {r.url}"),
        )
        page.on("dialog", lambda dialog: (problems.append("a dialog opened"), dialog.dismiss()))
        return page

    yield open_context
    for context in contexts:
        context.close()
    assert problems == []


@pytest.mark.parametrize("script", [True, False])
def test_search_filter_and_read(visit, script):
    page = visit(java_script_enabled=script)
    page.goto("/")
    page.get_by_role("searchbox").fill("动力电池")
    page.get_by_role("button", name="Search").click()
    assert page.locator("mark").first.inner_text() == "动力电池"
    page.get_by_role("complementary").get_by_role("link", name="Penalties").click()
    assert "q=" in page.url
    assert "topic=penalty" in page.url
    page.locator("ol.hits a.title").first.click()
    assert page.locator("h1").inner_text() == TITLE
    row = page.locator("table.facts tbody tr").first
    assert "5,000" in row.inner_text()
    assert "30,000" in row.inner_text()


def test_what_matters_is_above_the_fold(visit):
    page = visit(viewport={"width": 1280, "height": 720})
    page.goto("/notices/1")
    for locator in (
        page.locator(".severity").first,
        page.locator(".says"),
        page.get_by_text("In force from", exact=True).first,
        page.get_by_text("Replaces", exact=True),
        page.get_by_text("Owner", exact=True),
        page.get_by_text("Next date", exact=True),
        page.get_by_role("button", name="Take it"),
        page.locator("table.duties tbody tr[id]").first,
    ):
        box = locator.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 720


def test_compare_by_keyboard(visit):
    page = visit()
    page.goto("/notices/1")
    page.get_by_role("link", name="version 1 → 2").click()
    page.wait_for_url("**/compare?**")
    page.wait_for_load_state("load")
    page.keyboard.press("j")
    focused = page.locator("section.part:focus")
    assert "第二条" in focused.inner_text()
    assert focused.locator("del").first.inner_text()
    page.keyboard.press("k")
    page.get_by_role("link", name="Side by side").click()
    page.get_by_role("link", name="Whole text").click()
    assert "为规范废旧动力电池回收利用" in page.locator(".same").first.inner_text()
    page.keyboard.press("/")


def test_the_keyboard_alone_is_enough(visit):
    page = visit()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#main"
    page.keyboard.press("/")
    page.keyboard.type("动力电池")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    link = page.locator("ol.hits a.title").first
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/notices/**")


@pytest.mark.parametrize("script", [True, False])
def test_acknowledge_and_give_feedback(visit, script):
    page = visit(java_script_enabled=script)
    page.goto("/notices/1")
    handling = page.locator("form[action$='/acknowledge']")
    handling.get_by_label("Your name").fill("李雷")
    handling.get_by_label("Assign to").fill("韩梅梅")
    handling.locator("button[value='assigned']").click()
    page.wait_for_url("**#handling")
    assert page.locator("dl.key").get_by_text("韩梅梅").is_visible()
    page.locator("summary", has_text="Feedback").click()
    feedback = page.locator("form[action$='/feedback']")
    feedback.get_by_label("Verdict").select_option("wrong_topic")
    assert feedback.get_by_label("Your name").input_value() == "李雷"
    feedback.get_by_role("button", name="Send").click()
    page.wait_for_url("**#feedback")
    assert "李雷: wrong topic" in page.locator("main").inner_text()
    page.goto("/audit")
    assert "韩梅梅" in page.locator("tbody").inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_a_search_is_saved_and_becomes_a_subscription(visit, script):
    name = f"溯源 {script}"
    page = visit(java_script_enabled=script)
    page.goto("/search?q=动力电池&jurisdiction=CN-JS")
    page.get_by_text("Save this search, get alerts").click()
    form = page.locator("form[action='/searches']")
    form.get_by_label("Name of the search").fill(name)
    form.get_by_label("Send to channel").select_option("terminal")
    form.get_by_label("When").select_option("weekly mon 08:00")
    form.get_by_label("Your name").fill("李雷")
    form.get_by_role("button", name="Save").click()
    page.wait_for_url("**/searches")
    row = page.get_by_role("row").filter(has_text=name)
    assert "Jiangsu" in row.inner_text()
    assert "terminal" in row.inner_text()
    assert row.get_by_role("link", name="Atom").get_attribute("href").startswith("/feed.atom?q=")
    row.get_by_role("link", name=name).click()
    assert page.locator("mark").first.inner_text() == "动力电池"
    page.goto("/searches")
    page.get_by_role("button", name=f"Remove {name}").click()
    page.wait_for_load_state("load")
    assert name not in page.locator("main").inner_text()


@pytest.mark.parametrize("script", [True, False])
def test_a_reminder_is_asked_for(visit, script):
    page = visit(java_script_enabled=script)
    page.goto("/notices/1#remind")
    if not script:
        page.get_by_text("Remind a channel of this notice").click()
    form = page.locator("form[action$='/remind']")
    form.get_by_label("On the day").fill("2026-12-29" if script else "2026-12-28")
    form.get_by_label("Your name").fill("李雷")
    form.get_by_role("button", name="Remind").click()
    page.wait_for_url("**#handling")
    day = "2026-12-29 09:00" if script else "2026-12-28 09:00"
    assert page.get_by_text(f"Reminder: terminal, {day}").is_visible()


def test_a_source_is_checked_now(visit):
    page = visit()
    page.goto("/sources?state=blocked")
    page.get_by_role("button", name="Check now cn-miit").click()
    page.wait_for_url("**/sources/cn-miit")
    assert "is under way" in page.locator("main").inner_text()
    assert page.get_by_role("button", name="Check now").count() == 0


@pytest.mark.parametrize("width", [375, 1280])
def test_no_page_scrolls_sideways(visit, width):
    page = visit(viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def _contrast(page) -> list[str]:
    return page.evaluate(
        """() => {
        const parse = (text) => (text.match(/[0-9.]+/g) || []).map(Number);
        const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
          .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
          .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
        const ground = (element) => {
          for (let e = element; e; e = e.parentElement) {
            const colour = parse(getComputedStyle(e).backgroundColor);
            if (colour.length === 3 || colour[3] > 0) return colour;
          }
          return [255, 255, 255];
        };
        const poor = [];
        for (const e of document.querySelectorAll("main *, header *, footer *")) {
          const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
          if (!own || e.closest("svg") || !e.checkVisibility()) continue;
          const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${e.outerHTML.slice(0, 80)}`);
        }
        return poor;
      }"""
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_and_controls_have_names(visit, scheme):
    page = visit(color_scheme=scheme)
    for path in PAGES:
        page.goto(path)
        assert _contrast(page) == [], path
        assert page.locator("main h1").count() == 1, path
        for role in ("banner", "main", "contentinfo"):
            assert page.get_by_role(role).count() == 1, (path, role)
        unnamed = page.evaluate(
            """() => [...document.querySelectorAll("input:not([type=hidden]),select,button")]
            .filter((e) => !(e.labels?.length || e.textContent.trim() || e.ariaLabel))
            .map((e) => e.outerHTML)"""
        )
        assert unnamed == [], path


@pytest.mark.parametrize(
    ("language", "width", "scheme"), [("en", 1280, "light"), ("zh", 390, "dark")]
)
def test_axe_finds_nothing(visit, address, language, width, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.context.add_cookies([{"name": "lang", "value": language, "url": address}])
    for path in PAGES:
        page.goto(path)
        found = axe.run(page)
        assert found.violations_count == 0, (path, found.generate_report())


def test_hostile_notice_runs_nothing(visit):
    page = visit()
    for path in ("/notices/2", "/search?q=alert", "/search?q=<script>alert(3)</script>"):
        page.goto(path)
        assert page.locator("main img, main script").count() == 0
