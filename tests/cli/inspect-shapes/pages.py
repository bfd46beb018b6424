# What pages are made of for shapes.py and sites.py, words of our own; and check(): the paragraphs expected of each, and nothing else to speak of.
import collections, itertools, os, re, subprocess, sys, tempfile

STANCE, FOLDER = sys.argv[1], tempfile.mkdtemp(dir=".")
LANDS = "Kenya Sudan Chad Togo Benin Ghana Niger Mali Peru Chile Cuba Haiti".split()
DEEDS = [
    "{0} recalled its envoy from {1} on Friday, after a week of disputes over the river, the ministry said in a statement",
    "The parliament of {0} voted against the treaty with {1}, as the two had failed to agree on the price of water",
    "{0} thanked {1} for sending doctors, who had come over the hills with all that their mules could carry",
    "Traders in {0} said that {1} had closed the road again, and that nobody knew when the lorries would move",
    "{0} and {1} signed a paper of nine pages on Tuesday, of which the ministers would read out no more than the title",
    "An officer of {0} was seen at the border with {1}, counting tents; he would not say how many there were",
    "The president of {0} told the crowd, which had waited in the rain, that {1} would never be forgotten",
]


def sentences():
    for number in itertools.count():
        first, second = LANDS[number % 12], LANDS[(number * 7 + 5) % 12]
        yield DEEDS[number % 7].format(first, second if second != first else "Spain") + f", in year {number}."


it = sentences()
para = lambda count=3: " ".join(next(it) for _ in range(count))
short = lambda: "He left the room."
NAV='<header><div class="logo"><a href="/">The Lake</a></div><nav><ul>'+''.join(f'<li><a href="/{x}">{x}</a></li>' for x in 'World Politics Business Sport Culture Opinion Weather Video'.split())+'</ul></nav></header>'
def related(n=6): return '<div class="rel"><h3>More stories</h3><ul>'+''.join(f'<li><a href="/{i}">{next(it)}</a></li>' for i in range(n))+'</ul></div>'
def sidebar(): return '<div class="col-right"><div class="most"><h4>Most read</h4>'+''.join(f'<div><a href="/m{i}"><img src=x><span>{next(it)}</span></a></div>' for i in range(5))+'</div><div class="nl"><p>Get our best stories in your inbox each morning, for free, forever.</p><input></div></div>'
FOOT='<footer><div><a href=/about>About us</a> <a href=/terms>Terms</a></div><p>Copyright The Lake 2023. All rights reserved. No part may be reproduced without the permission of the publisher.</p></footer>'
pages={}
def add(name,body,exp,head='',t='Kenya recalls envoy'):
    pages[name]=(f'<!DOCTYPE html><html lang="en"><head><meta charset=utf-8><title>{t} | The Lake</title>{head}</head><body>{body}</body></html>',exp)
def shell(x,wrap='<div class="wrap"><div class="col-left">%s</div>%s</div>'): return NAV+wrap%(x,sidebar())+FOOT
def P(n,k=3): return [para(k) for _ in range(n)]
H='<h1>Kenya recalls envoy</h1>'


def check(least, most):
    for name, (html, _) in pages.items():
        with open(f"{FOLDER}/{name}.html", "w") as file:
            file.write(html)
    words = lambda text: collections.Counter(re.findall(r"\w+", text.lower()))
    paths = [f"{FOLDER}/{name}.html" for name in pages]
    run = lambda *command: subprocess.run([STANCE, *command], capture_output=True, stdin=subprocess.DEVNULL).stdout.decode()
    titles = dict(re.findall(r'"file":"([^"]*)".*?"title":"([^"]*)"', run("inspect", "--any-language", "--format", "jsonl", *paths)))
    blocks = iter(run("segment", "--any-language", *paths).rstrip("\n").split("\n\n"))
    wrong = 0
    for path, (name, (_, paragraphs)) in zip(paths, pages.items()):
        text = next(blocks, "").replace("\n", " ").removeprefix(titles.get(path, "\0")) if path in titles else ""
        expected, got = words(" ".join(paragraphs)), words(text)
        common = sum((expected & got).values())
        recall, other = common / sum(expected.values()), 1 - common / max(1, sum(got.values()))
        if recall < least or other > most:
            wrong += 1
            print(f"{name}: {recall:.2f} of the words, {other:.2f} of other text\n    {text[:300]}")
    print(f"{len(pages)} pages, {wrong} wrong")
