# SPDX-License-Identifier: MIT
"""A team of three, as the README sets it up: eva leads; ana labels in the browser, ben at the terminal (tmux) at once; they disagree;
eva adjudicates and looks at agreement; ben withdraws; all is exported."""
import json, os, subprocess, sys, tempfile, time

sys.path.insert(0, os.path.dirname(__file__))
from browser import ARTICLE, Driver, Server, records, stance, wait_for

UNITS = 20


class Terminal:
    def __init__(self, *command):
        self.name = f"stance-team-{os.getpid()}"
        self.tmux("new-session", "-d", "-s", "s", "-x", "100", "-y", "30", " ".join(command) + "; echo ended with $?; sleep 100")

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-L", self.name, "-f", "/dev/null", *arguments], capture_output=True, text=True, check=True).stdout

    def text(self):
        return self.tmux("capture-pane", "-p", "-t", "s")

    def wait(self, text):
        wait_for(lambda: text in self.text(), message=lambda: f"'{text}' is not on the screen:\n{self.text()}")

    def key(self, key):
        self.tmux("send-keys", "-t", "s", key)

    def end(self):
        subprocess.run(["tmux", "-L", self.name, "kill-server"], capture_output=True)


def main():
    with tempfile.TemporaryDirectory(prefix="stance-web-") as work:
        folder = os.path.join(work, "study")
        stance("annotate", "init", folder, "--annotators", "ana,ben")
        stance("annotate", "add", folder, ARTICLE)
        server, driver, terminal = Server(folder, invite=["eva=lead", "ana"]), Driver(), None
        try:
            ana, eva = driver.browser(), driver.browser()
            ana.open(server.links["ana"])
            ana.wait_text("unit 1 of")
            os.environ["TERM"] = "xterm-256color"
            terminal = Terminal("LC_ALL=C.UTF-8", os.environ["STANCE"], "annotate", "label", folder, "--as", "ben")
            terminal.wait(" done (0%)")
            # the one says when the other has the journal
            subprocess_status = subprocess.run([os.environ["STANCE"], "annotate", "label", folder, "--as", "ana"], capture_output=True, text=True)
            assert subprocess_status.returncode == 2 and "in use by another process" in subprocess_status.stderr, subprocess_status
            for number in range(UNITS):  # both at once: the sentence's question has other keys
                is_dyad = "towards" in ana.text("#question")
                ana.keys(("n" if number % 3 else "h") if is_dyad else "2")
                wait_for(lambda: len(records(folder, "ana")) == number + 1, message=lambda: f"ana {number}: {ana.text('body')}")
                ana.wait_text(f"{number + 1} decided")
                at_terminal = "towards" in terminal.text()
                terminal.key(("f" if number % 5 == 0 else "n") if at_terminal else "2")
                terminal.wait(f" {number + 1}/")
            terminal.key("q")
            terminal.wait("ended with 0")
            eva.open(server.links["eva"])
            eva.wait_text("Team")
            wait_for(lambda: "ben" in eva.text("main"), message=lambda: eva.text("main"))
            eva.open(server.url + "/#agreement")
            eva.wait_text("labelled")
            agree = json.loads(stance("annotate", "agree", folder, "--json", "--bootstrap", "200"))
            head = agree["stance"] if "stance" in agree else agree["heads"]["stance"]
            disputed = head["disputed"]
            assert disputed >= 5, head
            pair = head["pairs"][0]
            cell = pair["confusion"][1][2]  # neutral, friendly: a cell opens its units
            assert pair["annotators"] == ["ana", "ben"] and cell, pair
            eva.run("document.querySelector('[aria-label^=\"ana neutral, ben friendly: \"]').click()")
            eva.wait_text(f"{cell} unit")
            eva.wait_text("ana: neutral, ben: friendly")
            eva.open(server.url + "/#disputed")
            eva.wait_text(f"{disputed} units")
            eva.open(server.url + "/#adjudicate")
            for number in range(disputed):
                eva.wait_text("Choose before you see the labels")
                assert "hostile," not in eva.text(".dock"), "blind first"
                eva.keys("n")
                eva.wait_text("Your first choice: neutral")
                assert "ana" not in eva.text(".dock") and "ben" not in eva.text(".dock"), "names are hidden"
                eva.keys("h")
                wait_for(lambda: sum("blind:neutral" in r.get("flags", []) for r in records(folder, "gold.jsonl")) == number + 1, message=lambda: eva.text("main"))
            eva.wait_text("No labels differ")
            gold = records(folder, "gold.jsonl")
            assert sum("merged" in r.get("flags", []) for r in gold) >= 10 and all(r["annotator"] == "eva" for r in gold)
            # ben withdraws
            server.ask("POST", "/api/people", {"name": "ben"}, session=eva.run("return localStorage.getItem('stance-session')"))
            eva.open(server.url + "/#people")
            eva.wait_text("ben")
            eva.run("[...document.querySelectorAll('tr')].find((r) => r.innerText.startsWith('ben')).querySelector('.danger').click()")
            eva.click("dialog button", "Yes")
            eva.wait_text("withdrawn")
            assert not os.path.exists(os.path.join(folder, "labels", "ben.jsonl")) and os.path.exists(os.path.join(folder, "withdrawn", "ben.jsonl"))
            assert not any("merged" in json.loads(line).get("flags", []) for line in stance("annotate", "export", folder, "--gold").splitlines())
            refused = subprocess.run([os.environ["STANCE"], "annotate", "label", folder, "--as", "ben"], capture_output=True, text=True)
            assert refused.returncode == 2 and "has withdrawn" in refused.stderr, refused.stderr
            exported = [json.loads(line) for line in stance("annotate", "export", folder, "--as", "ana").splitlines()]
            assert len(exported) == UNITS and all(r["via"] == "web" for r in exported)
            assert len(stance("annotate", "export", folder, "--gold").splitlines()) >= disputed
            stance("annotate", "status", folder)
        finally:
            if terminal:
                terminal.end()
            driver.quit()
            server.stop()
    print("team: done")


main()
