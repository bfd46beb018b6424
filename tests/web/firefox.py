# SPDX-License-Identifier: MIT
"""Firefox in the place of Chromium: STANCE_BROWSER=firefox python3 tests/web/test_pages.py. It is driven by its own Marionette protocol, as Debian has no
geckodriver: "LENGTH:[0,ID,COMMAND,PARAMETERS]" over a socket, answered by "LENGTH:[1,ID,ERROR,RESULT]"."""
import json, os, shutil, socket, subprocess, tempfile

import browser as chromium

COMMANDS = {"/url": "WebDriver:Navigate", "/execute/sync": "WebDriver:ExecuteScript", "/execute/async": "WebDriver:ExecuteAsyncScript", "/actions": "WebDriver:PerformActions",
            "/screenshot": "WebDriver:TakeScreenshot"}
PREFERENCES = {"marionette.port": None, "browser.shell.checkDefaultBrowser": False, "datareporting.policy.dataSubmissionEnabled": False, "app.update.enabled": False,
               "browser.startup.page": 0, "intl.accept_languages": "en", "toolkit.cosmeticAnimations.enabled": False, "network.captive-portal-service.enabled": False,
               "network.connectivity-service.enabled": False, "browser.safebrowsing.malware.enabled": False, "extensions.update.enabled": False}


class Browser(chromium.Browser):
    def __init__(self, driver, width=1280, height=800, dark=False, mobile=False, language="en"):
        self.driver, self.folder, self.next = driver, tempfile.mkdtemp(prefix="stance-firefox-"), 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with open(os.path.join(self.folder, "user.js"), "w") as out:
            for name, value in {**PREFERENCES, "marionette.port": port, "ui.systemUsesDarkTheme": int(dark)}.items():
                out.write(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n")
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen([shutil.which("firefox-esr") or "firefox", "--headless", "--marionette", "--no-remote", "--profile", self.folder, f"--width={width}", f"--height={height}"],
                                        stdout=self.log, stderr=self.log, env={**os.environ, "HOME": self.folder})
        self.socket = chromium.wait_for(lambda: self.connect(port), message="Firefox did not start")
        self.receive()  # a greeting
        self.command("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"unhandledPromptBehavior": "accept", "timeouts": {"script": 300000, "pageLoad": 300000}}}})

    def connect(self, port):
        try:
            return socket.create_connection(("127.0.0.1", port), 300)
        except OSError:
            assert self.process.poll() is None, "Firefox ended"
            return None

    def receive(self):
        length = b""
        while not length.endswith(b":"):
            length += self.socket.recv(1) or b":"
        rest = int(length[:-1])
        data = b""
        while len(data) < rest:
            part = self.socket.recv(rest - len(data))
            assert part, "Firefox closed the connection"
            data += part
        return json.loads(data)

    def command(self, name, parameters):
        self.next += 1
        message = json.dumps([0, self.next, name, parameters]).encode()
        self.socket.sendall(f"{len(message)}:".encode() + message)
        _, _, error, result = self.receive()
        assert error is None, f"{error['error']}: {error['message']}"[:2000]
        return result.get("value") if isinstance(result, dict) and "value" in result else result

    def call(self, method, path, body=None):
        return self.command(COMMANDS[path], body or ({"full": False} if path == "/screenshot" else {}))

    def devtools(self, command, **parameters):
        assert command == "Input.insertText", f"{command} is Chromium's"
        return self.run("document.execCommand('insertText', false, arguments[0])", parameters["text"])

    def quit(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=60)
        shutil.rmtree(self.folder, ignore_errors=True)


class Driver:
    def __init__(self):
        self.browsers = []

    def browser(self, **how):
        self.browsers.append(Browser(self, **how))
        return self.browsers[-1]

    def quit(self):
        for one in self.browsers:
            one.quit()
