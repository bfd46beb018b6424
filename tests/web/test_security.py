# SPDX-License-Identifier: MIT
"""What the server refuses: other sites, other names of the host, tokens that are used, forged or revoked, long bodies, slow clients,
paths that look like files. And that nobody is handed another's labels."""
import json, os, shutil, socket, ssl, subprocess, sys, tempfile, threading, time, urllib.error, urllib.request

sys.path.insert(0, os.path.dirname(__file__))
from browser import ARTICLE, Server, records, stance, wait_for


def raw(server, text, wait=10):
    """What the server sends back for these bytes."""
    with socket.create_connection(("127.0.0.1", server.port), wait) as line:
        line.sendall(text.encode() if isinstance(text, str) else text)
        line.settimeout(wait)
        got = b""
        try:
            while chunk := line.recv(65536):
                got += chunk
                if b"\r\n\r\n" in got and b"Content-Length: " in got:
                    head, body = got.split(b"\r\n\r\n", 1)
                    if len(body) >= int(head.split(b"Content-Length: ")[1].split(b"\r\n")[0]):
                        break
        except TimeoutError:
            pass
    return got.decode(errors="replace")


def code(answer):
    return int(answer.split(" ")[1]) if answer.startswith("HTTP/1.1 ") else 0


def guards(server, ana):
    own = f"127.0.0.1:{server.port}"
    page = lambda lines: raw(server, f"GET / HTTP/1.1\r\n{lines}Connection: close\r\n\r\n")
    assert code(page(f"Host: {own}\r\n")) == 200
    assert code(page(f"Host: localhost:{server.port}\r\n")) == 200
    assert code(page("Host: evil.example\r\n")) == 421, "DNS rebinding"
    assert code(page(f"Host: 127.0.0.1:{server.port + 1}\r\n")) == 421
    assert code(page("")) in (400, 421), "no Host"
    assert code(page(f"Host: {own}\r\nHost: evil.example\r\n")) == 421, "two Hosts"
    answer = page(f"Host: {own}\r\n")
    for header in ("Content-Security-Policy: default-src 'none'", "frame-ancestors 'none'", "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "Cross-Origin-Resource-Policy: same-origin"):
        assert header in answer, header
    assert "Access-Control" not in answer and "unsafe-inline" not in answer and "Set-Cookie" not in answer
    # a link in a mail opens the page; a script or a form of another site gets nothing
    assert code(page(f"Host: {own}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n")) == 200
    assert code(page(f"Host: {own}\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n")) == 403
    for site in ("cross-site", "same-site"):
        assert server.ask("GET", "/api/me", session=ana, headers={"Sec-Fetch-Site": site})[0] == 403, site
        assert server.ask("POST", "/api/undo", {"act": "a" * 32}, session=ana, headers={"Sec-Fetch-Site": site})[0] == 403, site
    body = {"act": "b" * 32}
    for origin in ("http://evil.example", "null", f"http://127.0.0.1:{server.port + 1}", f"https://127.0.0.1:{server.port}", None):
        assert server.ask("POST", "/api/undo", body, session=ana, headers={"Origin": origin})[0] == 403, origin
    for kind in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp", "multipart/form-data"):
        assert server.ask("POST", "/api/undo", body, session=ana, headers={"Content-Type": kind})[0] == 415, kind
    assert server.ask("POST", "/api/undo", body, headers={"Cookie": f"session={ana}"})[0] == 401, "a cookie is nothing"
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"):
        assert code(raw(server, f"{method} /api/me HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\nConnection: close\r\n\r\n")) == 405, method
    assert server.ask("GET", "/api/act", session=ana)[0] == 405
    assert server.ask("POST", "/api/undo", b"[1,2", session=ana)[0] == 400
    assert server.ask("POST", "/api/undo", b'"text"', session=ana)[0] == 400


def tokens(server, ana, eva, folder):
    link = server.links["ana"].split("#enter=")[1]
    assert len(link) == 43
    assert server.ask("POST", "/api/enter", {"token": link})[0] == 401, "a link works once"
    forged = link[:-1] + ("A" if link[-1] != "A" else "B")
    for token in (forged, "", "x" * 43, link + "x", "x" * 50000):
        assert server.ask("POST", "/api/enter", {"token": token})[0] in (401, 413), token[:50]
    for session in (forged, ana[:-1], ana + "A", "x" * 43, "'; --", link):
        assert server.ask("GET", "/api/me", session=session)[0] == 401, session
    people = os.path.join(folder, "web", "people.json")
    assert os.stat(people).st_mode & 0o777 == 0o600
    text = open(people).read()
    assert link not in text and ana not in text and server.links["ben"].split("=")[1] not in text, "hashes alone are stored"
    # revoked, paused, withdrawn
    assert server.ask("POST", "/api/person", {"name": "ben", "do": "revoke"}, session=ana)[0] == 403
    assert server.ask("POST", "/api/person", {"name": "ben", "do": "revoke"}, session=eva)[0] == 200
    assert server.ask("POST", "/api/enter", {"token": server.links["ben"].split("=")[1]})[0] == 401, "a revoked link"
    again = server.ask("POST", "/api/people", {"name": "ben", "role": "annotator"}, session=eva)[1]["token"]
    ben = server.ask("POST", "/api/enter", {"token": again})[1]["session"]
    assert server.ask("GET", "/api/me", session=ben)[0] == 200
    assert server.ask("POST", "/api/person", {"name": "ben", "do": "pause"}, session=eva)[0] == 200
    unit = server.ask("GET", "/api/queue", session=ben)[1]["items"][0]
    record = {"unit": unit["unit"], "head": unit["head"], "label": "neutral"}
    assert server.ask("POST", "/api/act", {"act": "c" * 32, "records": [record]}, session=ben)[0] == 403, "paused"
    assert server.ask("POST", "/api/person", {"name": "ben", "do": "resume"}, session=eva)[0] == 200
    assert server.ask("POST", "/api/act", {"act": "c" * 32, "records": [record]}, session=ben)[0] == 200
    assert server.ask("POST", "/api/people", {"name": "dan", "role": "annotator"}, session=eva)[0] == 409, "who is not in project.json does not label"
    assert server.ask("POST", "/api/people", {"name": "../x", "role": "lead"}, session=eva)[0] == 409
    return ben


def bounds(server, ana):
    own = f"127.0.0.1:{server.port}"
    head = f"POST /api/act HTTP/1.1\r\nHost: {own}\r\nOrigin: http://{own}\r\nContent-Type: application/json\r\nStance-Session: {ana}\r\n"
    assert code(raw(server, head + "Content-Length: 70000\r\n\r\n")) == 413, "refused before it is sent"
    chunk = "10000\r\n" + "x" * 65536 + "\r\n"
    assert code(raw(server, head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk + "0\r\n\r\n")) == 413
    assert server.ask("POST", "/api/act", {"act": "d" * 32, "records": []}, session=ana)[0] == 400
    assert server.ask("POST", "/api/act", {"act": "d" * 32, "records": [{}] * 201}, session=ana)[0] == 400
    assert server.ask("POST", "/api/act", {"act": "../../x", "records": [{}]}, session=ana)[0] == 400
    assert server.ask("GET", "/api/actors?q=" + "x" * 5000, session=ana)[0] == 400
    # slow clients hold nobody up
    slow = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(40)]
    for line in slow:
        line.sendall(head.encode() + b"Content-Length: 60\r\n\r\n{")
    assert server.ask("GET", "/api/me", session=ana)[0] == 200
    for line in slow:
        line.close()
    # a person asks only so often
    one = f"GET /api/me HTTP/1.1\r\nHost: {own}\r\nStance-Session: {ana}\r\n"
    with socket.create_connection(("127.0.0.1", server.port), 60) as line:  # all at once: fast enough on a loaded machine, too
        threading.Thread(target=line.sendall, args=((one + "\r\n").encode() * 999 + (one + "Connection: close\r\n\r\n").encode(),), daemon=True).start()
        answers = b""
        while b"HTTP/1.1 429" not in answers and (more := line.recv(65536)):
            answers += more
    assert b"HTTP/1.1 200" in answers and b"HTTP/1.1 429" in answers, "the rate is bounded"
    wait_for(lambda: server.ask("GET", "/api/me", session=ana)[0] == 200, message="and opens again")


def paths(server, ana, folder):
    own = f"127.0.0.1:{server.port}"
    for path in ("/../people.json", "/web/people.json", "/%2e%2e/project.json", "/labels/ana.jsonl", "/page/index.html", "//etc/passwd", "/..%2f..%2fetc%2fpasswd", "/app.js/", "/api/../app.js", "/\\..\\x"):
        answer = raw(server, f"GET {path} HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n")
        assert code(answer) in (400, 404), f"{path}: {answer[:80]}"
        assert "annotator" not in answer.lower()
    for query in ("article=../../etc/passwd", "article=%00", "unit=..%2f..&head=stance", "place=99999999999"):
        assert server.ask("GET", f"/api/{'article' if query.startswith('article') else 'units'}?{query}", session=ana)[0] in (200, 404, 400), query
    assert sorted(os.listdir(folder)) == ["articles.jsonl", "codebook.json", "labels", "project.json", "units.jsonl", "web"], "no request makes a file of its own name"


def privacy(server, ana, ben):
    """Ana's answers never hold what ben labelled."""
    unit = server.ask("GET", "/api/queue?units=5", session=ben)[1]["items"][1]
    secret = "ben-secret-note"
    assert server.ask("POST", "/api/act", {"act": "e" * 32, "records": [{"unit": unit["unit"], "head": unit["head"], "label": "hostile", "note": secret}]}, session=ben)[0] == 200
    for path in ("me", "queue?units=400", f"units?unit={unit['unit'].replace('#', '%23').replace('>', '%3E')}&head=stance", "mine?units=100", "articles", f"article?article={unit['article']}", "codebook", "practice", "export", "actors?q=mali"):
        status, answer = server.ask("GET", f"/api/{path}", session=ana)
        assert status == 200, f"{path}: {answer}"
        assert secret not in str(answer) and "'ben'" not in str(answer), path
    for path in ("team", "agreement", "cell", "disputed", "people", "gold", "export?name=ben"):
        assert server.ask("GET", f"/api/{path}", session=ana)[0] == 403, path
    for path in ("people", "person", "blind", "gold"):
        assert server.ask("POST", f"/api/{path}", {"act": "f" * 32}, session=ana)[0] == 403, path
    assert server.ask("POST", "/api/act", {"act": "g" * 32, "annotator": "ben", "records": [{"unit": unit["unit"], "head": unit["head"], "label": "friendly", "annotator": "ben"}]}, session=ana)[0] == 200
    assert records(server.folder, "ana")[-1]["annotator"] == "ana", "the name is the session's"


def addresses(folder):
    for flags in (["--bind", "0.0.0.0"], ["--bind", "::"], ["--bind", "192.0.2.1"], ["--bind", "nonsense"], ["--cert", "x.pem"]):
        stance("annotate", "serve", folder, "--port", "0", "--invite", "eva=lead", *flags, status=2)


def ask_tls(context, port, origin, token, host=None):
    """The status of an exchange of a link over TLS."""
    request = urllib.request.Request(f"https://localhost:{port}/api/enter", data=json.dumps({"token": token}).encode(), method="POST",
                                     headers={"Content-Type": "application/json", "Origin": origin, **({"Host": host} if host else {})})
    try:
        with urllib.request.urlopen(request, timeout=60, context=context) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def proxy(listener, context, port):
    """Ends TLS and hands everything on, as nginx would."""
    def pump(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass
    while True:
        client, _ = listener.accept()
        client = context.wrap_socket(client, server_side=True)
        behind = socket.create_connection(("127.0.0.1", port))
        threading.Thread(target=pump, args=(client, behind), daemon=True).start()
        threading.Thread(target=pump, args=(behind, client), daemon=True).start()


def encrypted(folder, work):
    """TLS by its own files, and behind a proxy that ends it: links say https, and only that origin counts."""
    if not shutil.which("openssl"):
        print("openssl is missing: TLS was not tried", file=sys.stderr)
        return
    cert, key = os.path.join(work, "cert.pem"), os.path.join(work, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
    trust = ssl.create_default_context(cafile=cert)
    server = Server(folder, "--bind", "0.0.0.0", "--cert", cert, "--key", key, "--host", "localhost", invite=["ana"])
    try:
        link = server.links["ana"]
        assert link.startswith(f"https://localhost:{server.port}/#enter="), link
        token = link.split("#enter=")[1]
        assert ask_tls(trust, server.port, f"http://localhost:{server.port}", token) == 403, "not encrypted"
        assert ask_tls(trust, server.port, f"https://localhost:{server.port}", token, host="evil.example") == 421
        assert ask_tls(trust, server.port, f"https://localhost:{server.port}", token) == 200
    finally:
        server.stop()
    listener = socket.create_server(("127.0.0.1", 0))
    outside = listener.getsockname()[1]
    with socket.create_server(("127.0.0.1", 0)) as free:
        inside = free.getsockname()[1]
    server = Server(folder, "--behind-proxy", "--host", f"localhost:{outside}", port=inside, invite=["ana"])
    ends = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    ends.load_cert_chain(cert, key)
    threading.Thread(target=proxy, args=(listener, ends, inside), daemon=True).start()
    try:
        link = server.links["ana"]
        assert link.startswith(f"https://localhost:{outside}/#enter="), link
        token = link.split("#enter=")[1]
        assert ask_tls(trust, outside, f"http://localhost:{outside}", token) == 403
        assert ask_tls(trust, outside, f"https://localhost:{outside}", token) == 200
        assert ask_tls(trust, outside, f"https://localhost:{outside}", token) == 401, "a link works once"
    finally:
        server.stop()


def main():
    with tempfile.TemporaryDirectory(prefix="stance-web-") as work:
        folder = os.path.join(work, "p")
        stance("annotate", "init", folder, "--annotators", "ana,ben")
        stance("annotate", "add", folder, ARTICLE)
        stance("annotate", "serve", folder, "--port", "0", status=2)  # nobody could enter
        addresses(folder)
        encrypted(folder, work)
        server = Server(folder, invite=["eva=lead", "ana", "ben"])
        try:
            ana, eva = server.enter("ana"), server.enter("eva")
            guards(server, ana)
            paths(server, ana, folder)
            ben = tokens(server, ana, eva, folder)
            privacy(server, ana, ben)
            bounds(server, ana)
        finally:
            status = server.stop()
        assert status in (0, -15, 143), (status, server.complaint())
        os.chmod(os.path.join(folder, "web", "people.json"), 0o644)
        stance("annotate", "serve", folder, "--port", "0", status=2)  # others could read it
    print("security: done")


main()
