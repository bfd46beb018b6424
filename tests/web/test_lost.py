# SPDX-License-Identifier: MIT
"""kill -9 of the server at random moments under ten scripted annotators, who resend what got no answer, as the page does: no
acknowledged label is lost, none is there twice. STANCE_KILLS says how often (20; `make test-web KILLS=200` takes 200).
With "latency" as argument: thirty annotators at once, each on a connection that stays open, as browsers keep theirs, and how long answers take."""
import http.client, json, os, random, sys, tempfile, threading, time, uuid

sys.path.insert(0, os.path.dirname(__file__))
from browser import ARTICLE, Server, records, stance

LABELS = {"stance": ["hostile", "neutral", "friendly"], "sentiment": ["negative", "neutral", "positive"]}


def project(work, names):
    folder = os.path.join(work, "p")
    stance("annotate", "init", folder, "--annotators", ",".join(names))
    stance("annotate", "add", folder, ARTICLE)
    return folder


class Annotator(threading.Thread):
    """Labels unit after unit, again from the first, and sends an act until it is answered."""

    def __init__(self, server, name, session, pause):
        super().__init__(daemon=True)
        self.server, self.name_, self.session, self.pause = server, name, session, pause
        self.random = random.Random(name)
        self.acknowledged, self.sent, self.repeated, self.times, self.trouble, self.is_over = [], set(), 0, [], None, False

    def ask(self, method, path, body=None):
        while not self.is_over:
            try:
                started = time.perf_counter()
                status, answer = self.server.ask(method, path, body, self.session)
                self.times.append(time.perf_counter() - started)
                if status == 200:
                    return answer
                if status not in (409, 429, 503):
                    raise AssertionError(f"{self.name_}: {status} {answer}")
            except (OSError, ValueError, EOFError) as error:  # the server was killed: half an answer or none
                if isinstance(error, json.JSONDecodeError):
                    pass
            except Exception as error:
                if "HTTPException" not in str(type(error).__mro__):
                    raise
            time.sleep(0.02)
        return None

    def run(self):
        try:
            queue = self.ask("GET", "/api/queue?units=400")
            units = queue["items"] if queue else []
            for number in range(10**6):
                if self.is_over or not units:
                    return
                some = [units[(number + i) % len(units)] for i in range(self.random.choice([1, 1, 1, 5]))]
                act = uuid.uuid4().hex
                body = {"act": act, "records": [{"unit": u["unit"], "head": u["head"], "label": self.random.choice(LABELS[u["head"]]), "seconds": 1} for u in some]}
                self.sent.update((act, u["unit"], u["head"]) for u in some)
                answer = self.ask("POST", "/api/act", body)
                if answer is None:
                    return
                self.repeated += answer["repeated"]
                self.acknowledged += [(act, u["unit"], u["head"], r["label"]) for u, r in zip(some, body["records"])]
                time.sleep(self.random.random() * self.pause)
        except Exception as error:  # told by the main thread
            self.trouble = error


def check(folder, annotators):
    labels = 0
    for annotator in annotators:
        if annotator.trouble:
            raise annotator.trouble
        kept = {}
        for record in records(folder, annotator.name_):
            key = (record["act"], record["unit"], record["head"])
            assert key not in kept, f"twice: {key}"
            assert key in annotator.sent, f"never sent: {key}"
            assert record["annotator"] == annotator.name_ and record["via"] == "web"
            kept[key] = record["label"]
        for act, unit, head, label in annotator.acknowledged:
            assert kept.get((act, unit, head)) == label, f"lost: {annotator.name_} {act} {unit}"
        labels += len(kept)
    return labels


def kills(count):
    names = [f"a{i}" for i in range(10)]
    with tempfile.TemporaryDirectory(prefix="stance-web-") as work:
        folder = project(work, names)
        server = Server(folder, invite=names)
        annotators = [Annotator(server, name, server.enter(name), 0.01) for name in names]
        for annotator in annotators:
            annotator.start()
        moments = random.Random(7)
        for _ in range(count):
            time.sleep(0.1 + moments.random() * 0.4)
            server.kill()
            server.start()
        time.sleep(0.5)
        for annotator in annotators:
            annotator.is_over = True
        for annotator in annotators:
            annotator.join(60)
        server.stop()
        labels = check(folder, annotators)
        acknowledged, repeated = sum(len(a.acknowledged) for a in annotators), sum(a.repeated for a in annotators)
        assert acknowledged > count, "the annotators hardly came to work"
        stance("annotate", "status", folder)
        print(f"{count} kills, {labels} labels, {acknowledged} acknowledged, 0 lost, 0 double; {repeated} acts had been saved before their answer was lost")


class Line:
    """A connection that stays open."""

    def __init__(self, server):
        self.url, self.connection = server.url, http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def ask(self, method, path, body, session):
        headers = {"Origin": self.url, "Content-Type": "application/json", "Sec-Fetch-Site": "same-origin", "Stance-Session": session}
        self.connection.request(method, path, body and json.dumps(body).encode(), headers)
        answer = self.connection.getresponse()
        return answer.status, json.loads(answer.read())


def latency():
    names = [f"a{i}" for i in range(30)]
    with tempfile.TemporaryDirectory(prefix="stance-web-") as work:
        folder = project(work, names)
        server = Server(folder, invite=names)
        annotators = [Annotator(Line(server), name, server.enter(name), 1.0) for name in names]
        for annotator in annotators:
            annotator.start()
        time.sleep(float(os.environ.get("STANCE_SECONDS", "30")))
        for annotator in annotators:
            annotator.is_over = True
        for annotator in annotators:
            annotator.join(60)
        server.stop()
        check(folder, annotators)
        times = sorted(t for a in annotators for t in a.times[1:])
        at = lambda share: 1000 * times[int(share * (len(times) - 1))]
        print(f"30 annotators, {len(times)} acts: median {at(.5):.1f} ms, p99 {at(.99):.1f} ms, most {at(1):.1f} ms")


if __name__ == "__main__":
    if sys.argv[1:] == ["latency"]:
        latency()
    else:
        kills(int(os.environ.get("STANCE_KILLS", "20")))
