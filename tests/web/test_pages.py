# SPDX-License-Identifier: MIT
"""The pages in headless Chromium: keys, the whole sentence, actors mended, undo, an outbox that outlives the server, the other pages;
phone and desktop, light and dark, 320 px, 400 %; axe-core where the registry is reached. STANCE_SHOTS: a folder for screenshots; STANCE_LOOKS=some or all: the looks, too,
as `make test-web` has them."""
import json, os, shutil, subprocess, sys, tarfile, tempfile, time

sys.path.insert(0, os.path.dirname(__file__))
from browser import ARTICLE, Driver, Server, records, stance, wait_for

TEXTS = {  # own words; the second article names nobody that a gazetteer knows
    "eight.txt": "Russia, China, Iran and Mali condemned France and Britain\n\nRussia, China and Iran met in Geneva.\n",
    "nobody.txt": "A quiet day\nThe villagers of Oakham thanked the miners of Elmford for the bridge.\nNothing else happened.\n",
}


def labels(folder, name):
    return {(r["unit"].split("#")[1], r["head"]): r["label"] for r in records(folder, name) if "retracts" not in r}


def saved(browser, name):
    wait_for(lambda: browser.text("#saving").strip() == f"{name}: saved", message=lambda: f"not saved: {browser.text('#saving')}")


def keys_and_sentence(server, browser, folder):
    browser.open(server.links["ana"])
    browser.wait_text("unit 1 of")
    assert "enter=" not in browser.run("return location.href"), "the token leaves the address bar"
    browser.wait_text("Mali (MLI, state)")
    browser.keys("h")
    browser.wait_text("unit 2 of")
    browser.run("dispatchEvent(new Event('x')); document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '\\u0440', code: 'KeyH', bubbles: true}))")  # a Russian layout
    browser.wait_text("unit 3 of")
    browser.run("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '\\u03b7', code: 'KeyN', bubbles: true}))")  # a Greek one
    browser.wait_text("unit 4 of")
    saved(browser, "ana")
    assert [r["label"] for r in records(folder, "ana")] == ["hostile", "hostile", "neutral"]
    assert all(r["via"] == "web" and r.get("seconds", 0) >= 0 and len(r["act"]) == 32 for r in records(folder, "ana"))
    browser.keys("u")
    browser.wait_text("unit 3 of")
    browser.keys("y")  # redo leads back
    browser.wait_text("unit 4 of")
    browser.keys("o")  # the rest of the sentence
    browser.wait_text("What is the sentiment")
    browser.keys("1")
    saved(browser, "ana")
    rest = [r for r in records(folder, "ana") if "accepted" in r.get("flags", [])]
    assert len(rest) == 3 and all(r["label"] == "neutral" for r in rest)
    browser.keys("?")
    browser.wait_text("the dyad the other way round")
    browser.keys("escape")
    wait_for(lambda: browser.run("return !document.querySelector('dialog')"))
    browser.open(server.url + "/#label/eight%230%3ACHN%3EIRN%7Cstance")
    browser.wait_text("China (CHN, state)")
    browser.keys("m")
    browser.wait_text("The whole sentence")
    before = len(records(folder, "ana"))
    browser.keys("f", "down", "h", "enter")
    saved(browser, "ana")
    new = records(folder, "ana")[before:]
    assert [r["label"] for r in new if "flags" not in r] == ["friendly", "hostile"], [(r["unit"], r["label"], r.get("flags")) for r in new]
    assert len({r["act"] for r in new}) == 1 and all(r["label"] == "neutral" for r in new if "flags" in r) and len(new) > 2
    browser.keys("u")
    browser.wait_text("undone")
    saved(browser, "ana")
    assert sum("retracts" in r for r in records(folder, "ana")[before:]) == len(new), "one undo takes the sentence back"


def flag_note_skip(browser, folder):
    browser.keys("x", ";")
    browser.wait_text("What should be remembered")
    browser.type("#note", "odd <b>one</b>")
    browser.click("dialog button", "Save")
    browser.wait_text("note: odd <b>one</b>")
    browser.keys(" ")
    saved(browser, "ana")
    last = records(folder, "ana")[-1]
    assert last["note"] == "odd <b>one</b>" and set(last["flags"]) == {"skip", "flagged"}, last
    browser.open(browser.run("return location.origin") + "/#mine")
    browser.wait_text("My decisions")
    browser.run("const s = document.querySelector('#filter-flag'); s.value = 'skip'; s.dispatchEvent(new Event('change'))")
    browser.wait_text("1 units")
    browser.click("#main .items button", "friendly")
    saved(browser, "ana")
    browser.wait_text("friendly, flagged")
    assert records(folder, "ana")[-1]["label"] == "friendly", "changed, and one stays"
    assert "My decisions" in browser.text("h1")


def outbox(server, browser, folder):
    """The server dies; one labels on; nothing is lost, nothing is double."""
    browser.open(server.url + "/#label")
    browser.wait_text("unit ")
    saved(browser, "ana")
    before = len(records(folder, "ana"))
    server.kill()
    for count in range(1, 5):
        browser.keys(" ")
        browser.wait_text(f"{count} unsent", "#saving")
    assert browser.run("return document.querySelector('#saving').className") == "waiting"
    assert "saved" not in browser.text("#saving")
    server.start()
    saved(browser, "ana")
    new = records(folder, "ana")[before:]
    assert len(new) == 4 and len({r["act"] for r in new}) == 4, new
    again = browser.run_async("const done = arguments[1]; fetch('/api/act', {method: 'POST', headers: {'Content-Type': 'application/json', 'Stance-Session': localStorage.getItem('stance-session')}, body: JSON.stringify({act: arguments[0].act, records: [{unit: arguments[0].unit, head: arguments[0].head, label: 'hostile'}]})}).then((r) => r.json()).then(done)", new[0])
    assert again["repeated"] and again["saved"] == 0
    assert len(records(folder, "ana")) == before + 4


def choose(browser, words):
    for word in words:
        browser.click("dialog .word", word)


def actors(server, browser, folder):
    browser.open(server.url + "/#articles")
    browser.click("a", "A quiet day")
    browser.wait_text("The villagers of Oakham")
    # an article without actors gets a dyad: both ends are new actors, which is asked for
    browser.click("#main .items li:nth-child(2) button")
    choose(browser, ["villagers"])
    browser.click("dialog button", "Dyad from here")
    for name, words in (("Villagers of Oakham", None), ("Elmford miners", ["miners"])):
        if words:
            browser.wait_text("To whom?")
            choose(browser, words)
            browser.click("dialog button", "To these")
        browser.type("#actor-search", name)
        browser.click("dialog .found button", "None of these")
        browser.wait_text("No gazetteer knows this name")
        browser.click("dialog button", "Yes, add it")
    browser.wait_text("added (undo takes it back)", "#say")
    browser.wait_text("Villagers of Oakham \u2192 Elmford miners")
    added = json.load(open(os.path.join(folder, "actors-added.json")))["actors"]
    assert [a["name"] for a in added] == ["Villagers of Oakham", "Elmford miners"], added
    unit = json.loads(open(os.path.join(folder, "units.jsonl")).read().splitlines()[-1])
    assert unit["by"] == "ana" and unit["source"] == added[0]["id"] and unit["target"] == added[1]["id"]
    assert "added" in records(folder, "ana")[-1]["flags"]
    # wrong actor, found by an alias: here, and on a second yes in the article
    browser.open(server.url + "/#label/" + "eight%230%3ARUS%3ECHN%7Cstance")
    browser.wait_text("China (CHN, state)")
    browser.keys("a")
    choose(browser, ["Russia"])
    browser.click("dialog button", "This is")
    browser.type("#actor-search", "ankara")
    browser.click("dialog .found button", "Turk")
    browser.wait_text("other sentence")
    browser.click("dialog button", "Yes, in the article")
    wait_for(lambda: "eight#1:TUR>CHN" in {r["unit"] for r in records(folder, "ana")}, message=lambda: browser.text("body"))
    own = {r["unit"]: r for r in records(folder, "ana")}
    assert "not-a-dyad" in own["eight#0:RUS>CHN"]["flags"] and "added" in own["eight#0:TUR>CHN"]["flags"]
    assert "not-a-dyad" in own["eight#1:RUS>CHN"]["flags"] and "added" in own["eight#1:TUR>CHN"]["flags"]
    status = json.loads(stance("annotate", "status", folder, "--json"))
    dyads = status["annotators"][0]["dyads"]
    assert dyads["added"] >= 5 and dyads["refused"] >= 4, dyads


def practice_and_codebook(server, browser, folder):
    browser.open(server.url + "/#practice")
    browser.wait_text("Training round: 1 of")
    browser.keys("h")
    browser.wait_text("On")
    browser.open(server.url + "/#codebook")
    browser.wait_text("Codebook: international")
    path = os.path.join(folder, "codebook.json")
    book = json.load(open(path))
    book["heads"][0]["labels"][0]["definition"] = "Another wording."
    json.dump(book, open(path, "w"))
    browser.open(server.url + "/#mine")
    browser.wait_text("My decisions")
    browser.open(server.url + "/#codebook")
    browser.wait_text("Changed since you last looked")
    browser.wait_text("changed: stance: hostile")


def overflow(browser):
    return browser.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")


def axe_source():
    """axe-core's script, or None where the registry is not reached."""
    if not shutil.which("npm"):
        return None
    with tempfile.TemporaryDirectory(prefix="stance-axe-") as work:
        try:
            done = subprocess.run(["npm", "pack", "axe-core@4.10.2", "--silent"], cwd=work, capture_output=True, text=True, timeout=120)
        except subprocess.TimeoutExpired:
            return None
        found = [name for name in os.listdir(work) if name.endswith(".tgz")]
        if done.returncode or not found:
            return None
        with tarfile.open(os.path.join(work, found[0])) as archive:
            return archive.extractfile("package/axe.min.js").read().decode()


def judge(browser, axe, where):
    assert overflow(browser) <= 0, f"{where}: scrolls sideways"
    if not axe:
        return
    browser.run(axe)
    found = browser.run_async("const done = arguments[0]; axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then((r) => done(r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 150)).slice(0, 3).join(' '))))")
    assert not found, f"{where}: {found}"


def disagree(server):
    """ben decides what ana has decided, and sees some of it otherwise."""
    session = server.enter("ben")
    units = server.ask("GET", "/api/queue?units=60", session=session)[1]["items"]
    for head, some in (("stance", ["hostile", "neutral", "neutral", "friendly"]), ("sentiment", ["negative", "neutral"])):
        own = [unit for unit in units if unit["head"] == head]
        body = {"act": head.ljust(32, "0"), "records": [{"unit": unit["unit"], "head": head, "label": some[i % len(some)], "seconds": 3} for i, unit in enumerate(own)]}
        assert server.ask("POST", "/api/act", body, session=session)[0] == 200


def looks(server, driver, first, axe):
    disagree(server)
    shots = os.environ.get("STANCE_SHOTS")
    session = first.run("return localStorage.getItem('stance-session')")
    lead = driver.browser()
    lead.open(server.links["eva"])
    lead.wait_text("eva: saved")
    lead_session = lead.run("return localStorage.getItem('stance-session')")
    forms = {"desktop": {}, "dark": {"dark": True}, "phone": {"width": 390, "height": 780, "mobile": True}, "phone-dark": {"width": 390, "height": 780, "mobile": True, "dark": True}, "narrow": {"width": 320, "height": 640, "mobile": True}}
    if os.environ.get("STANCE_LOOKS") != "all":  # `make test-web` looks at all
        forms = {form: forms[form] for form in ("dark", "phone")}
    for form, how in forms.items():
        browser = driver.browser(**how)
        for owner, pages in ((session, ["label", "matrix", "mine", "codebook", "articles", "practice", "article/eight"]), (lead_session, ["people", "agreement", "team", "disputed", "adjudicate"])):
            pages = pages if os.environ.get("STANCE_LOOKS") == "all" else pages[:3]
            browser.open(server.url + "/favicon.svg")
            browser.run("localStorage.setItem('stance-session', arguments[0])", owner)
            for page in pages:
                browser.open(server.url + "/#" + ("label/eight%230%3ACHN%3EIRN%7Cstance" if page == "matrix" else page))
                browser.run("location.reload()")
                wait_for(lambda: "Loading" not in browser.text("main") and browser.text("h1"), message=f"{page} does not open")
                if page == "matrix":
                    browser.wait_text("China (CHN")
                    browser.run("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'm', code: 'KeyM', bubbles: true}))")
                    browser.wait_text("The whole sentence")
                if form in ("desktop", "dark") and page == "label":
                    assert browser.run("const b = document.querySelector('.labels button').getBoundingClientRect(); return b.height") >= 44
                if form.startswith("phone") and page == "label":  # the labels are in reach of the thumb
                    assert browser.run("const b = document.querySelector('.labels button').getBoundingClientRect(); return b.bottom <= innerHeight && b.top > innerHeight * .3"), "labels in the lower part of the screen"
                    assert browser.run("const s = document.querySelector('.sentence').getBoundingClientRect(), d = document.querySelector('.dock').getBoundingClientRect(); return s.top + 60 < d.top"), "the sentence is in sight"
                judge(browser, axe, f"{form}, {page}")
                if shots:
                    browser.screenshot(os.path.join(shots, f"{form}-{page.replace('/', '-')}.png"))
        browser.quit()
    zoomed = driver.browser(width=1280, height=1024)
    zoomed.open(server.url + "/favicon.svg")
    zoomed.run("localStorage.setItem('stance-session', arguments[0])", session)
    zoomed.devtools("Emulation.setDeviceMetricsOverride", width=320, height=256, deviceScaleFactor=4, mobile=False)  # 400 % of 1280 x 1024
    zoomed.open(server.url + "/#label")
    zoomed.wait_text("unit ")
    judge(zoomed, axe, "400 %")
    if shots:
        zoomed.screenshot(os.path.join(shots, "zoom-400.png"))


def main():
    axe = axe_source() if os.environ.get("STANCE_LOOKS") else None
    if os.environ.get("STANCE_LOOKS") and not axe:
        print("axe-core is not reached: accessibility was not judged", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="stance-web-") as work:
        folder = os.path.join(work, "p")
        stance("annotate", "init", folder, "--annotators", "ana,ben")
        stance("annotate", "add", folder, ARTICLE)
        for name, text in TEXTS.items():
            with open(os.path.join(work, name), "w") as out:
                out.write(text)
            stance("annotate", "add", folder, os.path.join(work, name), "--dyads-only")
        server, driver = Server(folder, invite=["eva=lead", "ana", "ben"]), Driver()
        try:
            browser = driver.browser()
            keys_and_sentence(server, browser, folder)
            flag_note_skip(browser, folder)
            outbox(server, browser, folder)
            actors(server, browser, folder)
            practice_and_codebook(server, browser, folder)
            if os.environ.get("STANCE_LOOKS"):
                looks(server, driver, browser, axe)
        finally:
            driver.quit()
            server.stop()
    print("pages: done")


main()
