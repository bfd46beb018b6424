# SPDX-License-Identifier: MIT
"""Chromium by WebDriver (chromedriver), with Python's own library alone; and a server to look at."""
import base64, json, os, shutil, signal, socket, subprocess, sys, tempfile, time, urllib.error, urllib.request

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
KEYS = {"enter": "\ue007", "escape": "\ue00c", "left": "\ue012", "up": "\ue013", "right": "\ue014", "down": "\ue015", "tab": "\ue004", "space": " "}
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
os.environ.setdefault("STANCE", os.path.join(ROOT, "build", "stance"))
ARTICLE = os.path.join(ROOT, "corpora", "articles", "2022-05-03-mali-tears-up-defence-pacts.txt")
PATIENCE = int(os.environ.get("STANCE_PATIENCE", "60"))  # seconds: for loaded machines


def wait_for(what, seconds=PATIENCE, message="nothing came"):
    end = time.monotonic() + seconds
    while True:
        found = what()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(message() if callable(message) else message)
        time.sleep(0.05)


class Driver:
    """One chromedriver; browsers are its sessions."""

    def __init__(self):
        program = shutil.which("chromedriver") or "/usr/bin/chromedriver"
        self.log = tempfile.TemporaryFile()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder = tempfile.mkdtemp(prefix="stance-web-")  # of all that the browsers leave: they are killed
        self.process = subprocess.Popen([program, f"--port={self.port}"], stdout=self.log, stderr=self.log, env={**os.environ, "TMPDIR": self.folder})
        self.browsers = []
        wait_for(self.is_up, message="chromedriver did not start")

    def is_up(self):
        try:
            return self.call("GET", "/status")["ready"]
        except OSError:
            return False

    def call(self, method, path, body=None):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", method=method, data=None if body is None else json.dumps(body).encode(),
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"][:2000]) from None

    def browser(self, **how):
        browser = Browser(self, **how)
        self.browsers.append(browser)
        return browser

    def quit(self):
        for browser in self.browsers:
            browser.quit()
        self.process.terminate()
        self.process.wait()
        for _ in range(20):  # a browser's last process may still write
            shutil.rmtree(self.folder, ignore_errors=True)
            if not os.path.exists(self.folder):
                break
            time.sleep(0.1)


class Browser:
    def __init__(self, driver, width=1280, height=800, dark=False, mobile=False, language="en"):
        self.driver, self.folder = driver, tempfile.mkdtemp(prefix="profile-", dir=driver.folder)
        options = {"args": [*FLAGS, f"--user-data-dir={self.folder}", f"--window-size={width},{height}", f"--lang={language}"]}
        if mobile:
            options["mobileEmulation"] = {"deviceMetrics": {"width": width, "height": height, "pixelRatio": 2, "touch": True}}
        made = driver.call("POST", "/session", {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options, "unhandledPromptBehavior": "accept", "timeouts": {"script": 300000, "pageLoad": 300000}}}})
        self.id, self.process = made["sessionId"], made["capabilities"].get("goog:processID")
        if dark:
            self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])

    def call(self, method, path, body=None):
        return self.driver.call(method, f"/session/{self.id}{path}", body)

    def devtools(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, url):
        self.call("POST", "/url", {"url": url})

    def run(self, script, *arguments):
        return self.call("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def run_async(self, script, *arguments):
        return self.call("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def text(self, selector="body"):
        return self.run("const e = document.querySelector(arguments[0]); return e ? e.innerText : ''", selector)

    def wait_text(self, text, selector="body"):
        return wait_for(lambda: text in self.text(selector), message=lambda: f"'{text}' is not in {selector}:\n{self.text('body')}")

    def wait_gone(self, text, selector="body"):
        return wait_for(lambda: text not in self.text(selector), message=lambda: f"'{text}' is still in {selector}")

    def keys(self, *keys):
        actions = [step for key in keys for step in ({"type": "keyDown", "value": KEYS.get(key, key)}, {"type": "keyUp", "value": KEYS.get(key, key)})]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def find(self, selector, text=None):
        def look():
            return self.run("return [...document.querySelectorAll(arguments[0])].find((e) => arguments[1] === null || e.innerText.includes(arguments[1])) || null", selector, text)
        return list(wait_for(look, message=lambda: f"no {selector} with '{text}':\n{self.text('body')}").values())[0]

    def click(self, selector, text=None):
        """In one call: the element must be there, in sight, and what a pointer would meet in its middle."""
        wait_for(lambda: self.run("""
            const e = [...document.querySelectorAll(arguments[0])].find((e) => arguments[1] === null || e.innerText.includes(arguments[1]));
            if (!e || e.disabled) return false;
            e.scrollIntoView({block: 'nearest'});
            const r = e.getClientRects()[0];
            const hit = r && document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);
            if (!hit || !(e.contains(hit) || hit.closest('label')?.contains(e))) { e.scrollIntoView({block: 'center'}); return false; }
            e.focus();
            e.click();
            return true;""", selector, text), message=lambda: f"no {selector} with '{text}' to be clicked:\n{self.text('body')}")

    def type(self, selector, text):
        """As if pasted: the page sees an input event."""
        self.find(selector)
        self.run("const e = document.querySelector(arguments[0]); e.focus(); e.select();", selector)
        self.devtools("Input.insertText", text=text)

    def screenshot(self, path):
        with open(path, "wb") as out:
            out.write(base64.b64decode(self.call("GET", "/screenshot")))

    def quit(self):
        if self.id:
            try:
                if self.process:
                    os.kill(self.process, signal.SIGKILL)  # its own folder goes with it: nothing needs to be written
                else:
                    self.driver.call("DELETE", f"/session/{self.id}")
            except (AssertionError, OSError):
                pass
            self.id = None
            shutil.rmtree(self.folder, ignore_errors=True)


class Server:
    """`stance annotate serve` on a free port; links by name."""

    def __init__(self, folder, *flags, port=0, invite=()):
        self.folder, self.links, self.port = folder, {}, port
        self.program = os.environ.get("STANCE", "build/stance")
        self.start(flags, invite)

    def start(self, flags=(), invite=()):
        command = [self.program, "annotate", "serve", self.folder, "--port", str(self.port), *flags]
        for who in invite:
            command += ["--invite", who]
        self.errors = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        for who in invite:
            line = self.process.stdout.readline()
            assert line, self.complaint()
            name, role, link = line.rstrip("\n").split("\t")
            self.links[name] = link
            self.port = self.port or int(link.split(":")[2].split("/")[0])
        wait_for(self.is_up, message=self.complaint)

    def complaint(self):
        self.errors.seek(0)
        return f"the server: {self.errors.read().decode()}"

    def is_up(self):
        if self.process.poll() is not None:
            raise AssertionError(self.complaint())
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method, path, body=None, session=None, headers=None, timeout=60):
        """(status, JSON). The headers are those of our own page unless given."""
        own = {"Origin": self.url, "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"} if method == "POST" else {}
        if session:
            own["Stance-Session"] = session
        own.update(headers or {})
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, method=method, data=data, headers={k: v for k, v in own.items() if v is not None})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text[:1] in b"{[" else text.decode()
        except urllib.error.HTTPError as error:
            text = error.read()
            return error.code, json.loads(text) if text[:1] == b"{" else text.decode()

    def enter(self, name):
        status, answer = self.ask("POST", "/api/enter", {"token": self.links[name].split("#enter=")[1]})
        assert status == 200, answer
        return answer["session"]

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)
        self.process.stdout.close()
        return self.process.returncode


def stance(*arguments, status=0):
    """Runs the program; its standard output."""
    done = subprocess.run([os.environ.get("STANCE", "build/stance"), *arguments], capture_output=True, text=True, timeout=300)
    assert done.returncode == status, f"{arguments}: {done.returncode}: {done.stderr}"
    return done.stdout


def records(folder, name):
    path = os.path.join(folder, name if name.endswith(".jsonl") else f"labels/{name}.jsonl")
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


if os.environ.get("STANCE_BROWSER") == "firefox":
    from firefox import Driver  # noqa: F811 (it stands in)
