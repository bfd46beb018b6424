# SPDX-License-Identifier: MIT
"""The training round, hidden checks and their consequence, and one's place in the list, in Chromium: what has to be right before one labels; when
one is stopped, and let go on; a full disk and a session that ends; what was skipped or flagged comes back at the end; a changed label stays in sight; undo and redo keep the
place. The keys and screens of a sentence of 18 dyads. A text from right to left, keys beyond ASCII, a codebook and a gazetteer that are edited while the server runs."""
import json, os, resource, sys, tempfile

sys.path.insert(0, os.path.dirname(__file__))
from browser import Driver, Server, records, stance, wait_for

LABEL = lambda name, key, value, *examples: {"name": name, "key": key, "value": value, "examples": [{"text": text, "source": "MLI", "target": "FRA", "why": why} for text, why in examples]}
CODEBOOK = {"name": "round", "heads": [
    {"name": "stance", "unit": "dyad", "question": "{source} towards {target}?", "labels": [
        LABEL("hostile", "h", -1, ("Mali accused France.", "An accusation is hostile.")), LABEL("neutral", "n", 0, ("Mali met France.", "To meet is neither.")),
        LABEL("friendly", "f", 1, ("Mali fed France.", "Aid is friendly."))]},
    {"name": "sentiment", "unit": "sentence", "labels": [{"name": "negative", "key": "1", "value": -1}, {"name": "positive", "key": "3", "value": 1}]}]}
RIGHT = {"accused": "h", "met": "n", "fed": "f"}


def make(work, name, *flags, sentences=40):
    folder, book = os.path.join(work, name), os.path.join(work, "codebook.json")
    with open(book, "w") as out:
        json.dump(CODEBOOK, out)
    stance("annotate", "init", folder, "--codebook", book, "--annotators", "ana", *flags)
    with open(os.path.join(folder, "units.jsonl"), "w") as out:
        for at in range(sentences):
            unit = {"article": "a", "sentence": at, "text": f"Mali left France for the {at}th time.", "unit": f"a#{at}:MLI>FRA", "source": "MLI", "target": "FRA", "head": "stance",
                    "mentions": [{"actor": "MLI", "start": 0, "end": 4}, {"actor": "FRA", "start": 10, "end": 16}]}
            out.write(json.dumps(unit) + "\n")
    return folder


def answer(browser, at, of, rightly):
    browser.wait_text(f"Training round: {at} of {of}")
    right = next(key for verb, key in RIGHT.items() if verb in browser.text(".sentence"))
    browser.keys(right if rightly else {"h": "n", "n": "f", "f": "h"}[right])
    browser.wait_text("Right: " if rightly else "You said ")
    browser.wait_text({"h": "An accusation is hostile.", "n": "To meet is neither.", "f": "Aid is friendly."}[right])
    browser.keys("enter")


def training(server, browser, folder):
    browser.open(server.links["ana"])
    browser.wait_text("3 of 3 have to be right before labelling begins")
    session = browser.run("return localStorage.getItem('stance-session')")
    record = {"unit": "a#0:MLI>FRA", "head": "stance", "label": "hostile"}
    assert server.ask("POST", "/api/act", {"act": "a" * 32, "records": [record]}, session=session)[0] == 403, "the round comes first"
    answer(browser, 1, 3, True), answer(browser, 2, 3, False), answer(browser, 3, 3, True)
    browser.wait_text("2 of 3 right; the mark is 3.")
    browser.open(server.url + "/#label")
    answer(browser, 1, 3, True)
    browser.wait_text("Training round: 2 of 3")
    browser.open("about:blank")
    browser.open(server.url)
    answer(browser, 2, 3, True), answer(browser, 3, 3, True)  # it goes on where it was left
    browser.wait_text("You have passed.")
    browser.click("#main a", "Label")
    browser.wait_text("unit ")
    lines = [json.loads(line) for line in open(os.path.join(folder, "practice", "ana.jsonl"))]
    assert [line["right"] for line in lines] == [True, False, True, True, True, True] and all(line["via"] == "web" for line in lines)
    return session


def checks(server, browser, lead, folder, session):
    """Gold says hostile everywhere; ana says neutral. Half of her units are hidden checks."""
    for at in range(60):
        if "paused" in browser.text("body").lower():
            break
        before = browser.text(".sentence")
        browser.keys("n")
        wait_for(lambda: "aused" in browser.text("body") or browser.text(".sentence") != before, message=lambda: f"the page stands still after {at}:\n" + browser.text("body"))
    browser.wait_text("Your labelling is paused: 0 of 10 hidden checks were right; the mark is 80%")
    made = len(records(folder, "ana"))
    record = {"unit": "a#0:MLI>FRA", "head": "stance", "label": "hostile"}
    assert server.ask("POST", "/api/act", {"act": "b" * 32, "records": [record]}, session=session)[0] == 403
    assert server.ask("POST", "/api/undo", {"act": "c" * 32}, session=session)[0] == 403
    assert len(records(folder, "ana")) == made
    lead.open(server.links["eva"])
    lead.wait_text("ana")
    lead.open(server.url + "/#people")
    lead.wait_text("paused (0 of 10 hidden checks were right")
    lead.wait_text("3 of 3")
    lead.click("#people button", "Resume") if lead.run("return !!document.querySelector('#people')") else lead.click("button", "Resume")
    wait_for(lambda: "paused" not in lead.text("body"))
    browser.open("about:blank")
    browser.open(server.url + "/#label")
    browser.wait_text("unit ")
    before = browser.text(".sentence")
    browser.keys("n")
    wait_for(lambda: browser.text(".sentence") != before)
    wait_for(lambda: len(records(folder, "ana")) == made + 1)
    assert "paused" not in browser.text("body"), "checks before the talk count no more"
    wait_for(lambda: browser.text("#saving").strip() == "ana: saved")
    lead.run("[...document.querySelectorAll('tr')].find((row) => row.innerText.startsWith('ana')).querySelector('button').click()")  # while ana's page is open: it learns so from the refusal
    lead.wait_text("paused")
    browser.keys("n")
    browser.wait_text("Your labelling is paused")
    browser.wait_text("1 refused")


def late_answer(browser):
    """An answer that comes when another page is open is not drawn over it."""
    browser.run("""const real = window.fetch;
        window.fetch = (path, options) => path.startsWith('/api/articles') ? new Promise((come) => { window.late = () => come(real(path, options)); }) : real(path, options);
        location.hash = '#articles';""")
    wait_for(lambda: browser.run("return Boolean(window.late)"))
    browser.run("location.hash = '#mine'")
    browser.wait_text("My decisions", "h1")
    browser.run_async("const done = arguments[0]; window.late(); setTimeout(done, 500);")
    assert browser.text("h1") == "My decisions", browser.text("body")


def old_queue(browser):
    """An answer to the queue that was made before a decision and comes after it does not take the decision back."""
    browser.run("""const real = window.fetch;
        window.fetch = (path, options) => {
          const answer = real(path, options);
          return path.startsWith('/api/queue') && !window.late ? new Promise((come) => { window.late = () => come(answer); }) : answer;
        };""")
    browser.keys("n")  # asks for more units, before the decision is known to the server or after it: late in any case
    wait_for(lambda: browser.run("return Boolean(window.late)"))
    browser.wait_text("unit 2 of 6")
    browser.keys("n")
    browser.wait_text("unit 3 of 6")
    wait_for(lambda: browser.text("#saving").strip() == "ana: saved")
    browser.run_async("const done = arguments[0]; window.late(); setTimeout(done, 500);")
    browser.keys("left")
    browser.wait_text("unit 2 of 6")
    browser.wait_text("Now: neutral")
    browser.keys("u", "u")
    browser.wait_text("unit 1 of 6, 0 decided")
    browser.wait_text("Now: undecided")


def place(server, browser, folder):
    browser.open(server.links["ana"])
    browser.wait_text("unit 1 of 6")
    old_queue(browser)
    browser.keys(" ")  # skipped
    browser.wait_text("unit 2 of 6")
    browser.keys("x", "h")  # flagged and decided
    browser.wait_text("unit 3 of 6")
    browser.keys("h")
    browser.wait_text("unit 4 of 6")
    browser.keys("left", "left")
    browser.wait_text("unit 2 of 6")
    browser.keys("f")  # an old label is changed: one stays
    browser.wait_text("Now: friendly")
    browser.wait_text("unit 2 of 6")
    browser.keys("tab")
    browser.open(server.url + "/#label/a%233%3AMLI%3EFRA%7Cstance")
    browser.wait_text("unit 4 of 6")
    browser.keys("n")
    browser.wait_text("unit 5 of 6")
    browser.keys("u")
    browser.wait_text("unit 4 of 6")
    browser.wait_text("Now: undecided")
    browser.keys("y")
    browser.wait_text("unit 5 of 6")
    browser.keys("u", "u")
    browser.wait_text("unit 2 of 6")
    browser.keys("y", "y")
    browser.wait_text("unit 5 of 6")
    browser.keys("n")
    browser.wait_text("unit 6 of 6")
    browser.keys("n")
    browser.wait_text("unit 1 of 6")  # what was skipped comes back
    browser.wait_text("you skipped this one")
    browser.keys("n")
    browser.wait_text("unit 2 of 6")
    browser.wait_text("you flagged this one")
    browser.keys("h")
    browser.wait_text("All units are decided")
    wait_for(lambda: browser.text("#saving").strip() == "ana: saved")
    state = {}
    for record in records(folder, "ana"):
        state[record["unit"]] = record["label"]
    assert state == {f"a#{at}:MLI>FRA": label for at, label in enumerate(["neutral", "hostile", "hostile", "neutral", "neutral", "neutral"])}, state


def trouble(server, browser, folder):
    """The disk is full, then the session ends in mid-label: red, and nothing is lost."""
    before = len(records(folder, "ana"))
    limit = lambda size: resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    limit(os.path.getsize(os.path.join(folder, "labels", "ana.jsonl")) + 100)
    browser.open("about:blank")
    browser.open(server.url + "/#label/a%233%3AMLI%3EFRA%7Cstance")
    browser.wait_text("unit 4 of 6")
    browser.keys("h", "f")
    browser.wait_text("2 unsent: cannot write: File too large", "#saving")
    assert browser.run("return document.querySelector('#saving').className") == "waiting"
    assert len(records(folder, "ana")) == before and server.process.poll() is None
    limit(resource.RLIM_INFINITY)
    wait_for(lambda: browser.text("#saving").strip() == "ana: saved")
    assert [r["label"] for r in records(folder, "ana")[before:]] == ["hostile", "friendly"]
    assert server.ask("POST", "/api/leave", {}, session=browser.run("return localStorage.getItem('stance-session')"))[0] == 200
    browser.keys("n")
    browser.wait_text("1 unsent: your session has ended", "#saving")
    server.stop()
    again = Server(folder, invite=["ana"], port=server.port)
    browser.open(again.links["ana"])
    wait_for(lambda: browser.text("#saving").strip() == "ana: saved")
    assert [r["label"] for r in records(folder, "ana")[before:]] == ["hostile", "friendly", "neutral"]
    return again


def eighteen(work):
    """A sentence of 18 dyads, three of them hostile, and its sentiment, for two: (folder, the hostile ones)."""
    actors = ["MLI", "FRA", "RUS", "CHN", "USA"]
    text = ", ".join(actors)
    mentions = [{"actor": actor, "start": 5 * i, "end": 5 * i + 3} for i, actor in enumerate(actors)]
    pairs = [(a, b) for a in actors for b in actors if a != b][:18]
    folder = make(work, "r", "--annotators", "ana,ben", sentences=0)
    with open(os.path.join(folder, "units.jsonl"), "w") as out:
        for source, target in pairs:
            out.write(json.dumps({"article": "a", "sentence": 0, "text": text, "unit": f"a#0:{source}>{target}", "source": source, "target": target, "head": "stance", "mentions": mentions}) + "\n")
        out.write(json.dumps({"article": "a", "sentence": 0, "text": text, "unit": "a#0", "head": "sentiment", "mentions": mentions}) + "\n")
    return folder, [f"a#0:{a}>{b}" for a, b in (pairs[0], pairs[1], pairs[5])]


def effort(server, browser, folder, hostile):
    """Keys and screens, one by one and by the matrix; both must come to the same labels. docs/annotation.md states the figures."""
    def counted(name, press):
        browser.open(server.links[name])
        browser.wait_text("unit 1 of 19")
        browser.run("window.screens = [document.querySelector('#main').innerText.split('Now:')[0]]; new MutationObserver(() => { const t = document.querySelector('h1').innerText + (document.querySelector('.question')?.innerText || ''); if (t !== screens.at(-1)) screens.push(t); }).observe(document.querySelector('#main'), {childList: true})")
        keys = press()
        browser.wait_text("All units are decided")
        wait_for(lambda: browser.text("#saving").strip() == f"{name}: saved")
        return keys, browser.run("return screens.length") - 1  # without the one that says that it is over

    def one_by_one():
        for unit in [json.loads(line)["unit"] for line in open(os.path.join(folder, "units.jsonl"))]:
            browser.wait_text(unit, "section")
            browser.keys("h" if unit in hostile else "3" if ":" not in unit else "n")
        return 19

    def by_matrix():
        keys = ["m", "h", "right", "h", "down", "h", "enter"]  # 0 1 in the first row, below it the fifth pair
        browser.keys(*keys)
        browser.wait_text("unit 19 of 19")
        browser.keys("3")
        return len(keys) + 1

    assert counted("ana", one_by_one) == (19, 19)
    done = counted("ben", by_matrix)
    assert done == (8, 3), done
    found = [{r["unit"]: r["label"] for r in records(folder, name)} for name in ("ana", "ben")]
    assert found[0] == found[1] and {u for u, label in found[0].items() if label == "hostile"} == set(hostile), found
    assert sum("accepted" in r.get("flags", []) for r in records(folder, "ben")) == 15


def other_scripts(work):
    folder, book, actors, text = (os.path.join(work, name) for name in ("s", "keys.json", "own.json", "ar.txt"))
    labels = [{"name": name, "key": key, "value": value} for name, key, value in (("feindlich", "\u00e9", -1), ('neutral "mild"', "\u0436", 0), ("freundlich", "\u00f6", 1))]
    content = {"name": "keys", "heads": [{"name": "haltung", "unit": "dyad", "question": "{source} \u2014 {target}?", "labels": labels}]}
    mali, france = "\u0645\u0627\u0644\u064a", "\u0641\u0631\u0646\u0633\u0627"
    gazetteer = {"actors": [{"id": "MLI", "name": mali, "type": "state"}, {"id": "FRA", "name": france, "type": "state"}]}
    for path, what in ((book, content), (actors, gazetteer)):
        with open(path, "w") as out:
            json.dump(what, out)
    with open(text, "w") as out:
        out.write(f"{mali} \u062a\u062f\u064a\u0646 {france}\n\n\u062f\u0627\u0646\u062a {mali} {france} \u0628\u0634\u062f\u0629 \u0628\u0639\u062f \u0642\u0631\u0627\u0631 \u0627\u0644\u062d\u0643\u0648\u0645\u0629 \u0627\u0644\u062c\u062f\u064a\u062f\u0629.\n")
    stance("annotate", "init", folder, "--codebook", book, "--actors", actors, "--annotators", "ana")
    stance("annotate", "add", folder, "--any-language", text)
    return folder


def edited_meanwhile(server, browser, folder):
    browser.open(server.links["ana"])
    browser.wait_text("unit 1 of 4")
    assert browser.run("const s = document.querySelector('.sentence'); return [getComputedStyle(s).direction, s.lang]") == ["rtl", "ar"]
    assert browser.run("const m = [...document.querySelectorAll('.sentence mark')].map((e) => e.getBoundingClientRect().left); return m[0] > m[1]"), "the first word stands at the right"
    browser.keys("\u00e9")
    browser.wait_text("unit 2 of 4")
    path = os.path.join(folder, "codebook.json")
    book = json.load(open(path))
    book["heads"][0]["labels"].append({"name": "unklar", "key": "k", "value": 0})
    json.dump(book, open(path, "w"))
    actors = os.path.join(folder, "actors", "own.json")
    gazetteer = json.load(open(actors))
    gazetteer["actors"][0]["name"] = "Mali"
    json.dump(gazetteer, open(actors, "w"))
    browser.keys("\u0436")
    browser.wait_text("unit 3 of 4")
    browser.open(server.url + "/#codebook")
    browser.wait_text("until your lead starts the server anew")
    with open(path, "a") as out:
        out.write("[")
    browser.open(server.url + "/#mine")
    browser.wait_text("My decisions")
    browser.open(server.url + "/#codebook")
    browser.wait_text("codebook.json")  # by name and line, not half a page
    json.dump(book, open(path, "w"))
    server.stop()
    again = Server(folder, invite=["ana"])
    browser.open(again.links["ana"])
    browser.wait_text("unit 3 of 4")
    browser.wait_text("Mali (MLI, state)")
    browser.keys("k")
    browser.wait_text("unit 4 of 4")
    wait_for(lambda: len(records(folder, "ana")) == 3)
    kept = records(folder, "ana")
    assert [r["label"] for r in kept] == ["feindlich", 'neutral "mild"', "unklar"] and kept[0]["codebook"] == kept[1]["codebook"] != kept[2]["codebook"]
    return again


def main():
    with tempfile.TemporaryDirectory(prefix="stance-web-") as work:
        driver, servers = Driver(), []
        try:
            folder = make(work, "p", "--practice", "3", "--practice-pass", "1", "--check-gold", "0.5", "--check-pass", "0.8")
            gold = [{**json.loads(line), "label": "hostile", "annotator": "dora", "at": "2026-11-23T10:00:00.000Z"} for line in open(os.path.join(folder, "units.jsonl"))]
            with open(os.path.join(folder, "gold.jsonl"), "w") as out:
                out.writelines(json.dumps(line) + "\n" for line in gold)
            servers.append(Server(folder, invite=["eva=lead", "ana"]))
            browser, lead = driver.browser(), driver.browser()
            session = training(servers[0], browser, folder)
            checks(servers[0], browser, lead, folder, session)
            late_answer(browser)
            browser.quit(), lead.quit()
            folder = make(work, "q", sentences=6)
            servers.append(Server(folder, invite=["ana"]))
            browser = driver.browser()
            place(servers[1], browser, folder)
            servers.append(trouble(servers[1], browser, folder))
            browser.quit()
            folder, hostile = eighteen(work)
            servers.append(Server(folder, invite=["ana", "ben"]))
            browser = driver.browser()
            effort(servers[-1], browser, folder, hostile)
            folder = other_scripts(work)
            servers.append(Server(folder, invite=["ana"]))
            servers.append(edited_meanwhile(servers[-1], browser, folder))
        finally:
            driver.quit()
            for server in servers:
                if server.process.poll() is None:
                    server.stop()
    print("round: done")


main()
