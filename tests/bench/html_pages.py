#!/usr/bin/env python3
"""How much of the expected text of web pages is read, and how much else.

usage: html_pages.py HTML_BENCH FOLDER     HTML_BENCH: the program of html_bench.c; FOLDER: PAGE.html beside PAGE.txt, the text expected

Words are compared as multisets: recall = expected words that were read / expected words, other = words read that were not expected / words
read. A page whose expected text is under MIN_WORDS words says nothing of an article (a note of the set's maker): it is printed, not counted.
"""
import collections, glob, os, re, subprocess, sys

MIN_WORDS = 20


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def main():
    program, folder = sys.argv[1:3]
    pages = sorted(p for p in glob.glob(os.path.join(folder, "*.html")) if os.path.exists(p[:-5] + ".txt"))
    output = subprocess.run([program, *pages], capture_output=True, check=True).stdout.decode("utf-8", "replace")
    texts = {}
    for part in output.split("== ")[1:] if len(pages) == 1 else re.split(r"(?m)^== ", output)[1:]:
        path, _, rest = part.partition("\n")
        head, _, text = rest.partition("\n")
        texts[path] = (head, text)
    counted, kept, below, others = 0, 0, 0, []
    for page in pages:
        head, text = texts[page]
        expected, got = words(open(page[:-5] + ".txt", encoding="utf-8", errors="replace").read()), words(text)
        common = sum((expected & got).values())
        recall = common / max(1, sum(expected.values()))
        other = 1 - common / max(1, sum(got.values()))
        is_counted = sum(expected.values()) >= MIN_WORDS
        print(f"{recall:5.2f} {other:5.2f} {sum(expected.values()):6d} {sum(got.values()):6d} {'' if is_counted else '(not counted) '}{os.path.basename(page)}")
        if is_counted:
            counted, kept, below = counted + 1, kept + (recall >= 0.9), below + (recall < 0.5)
            others.append(other)
    print(f"{counted} pages: {kept} ({kept / counted:.0%}) with 0.90 of the words, {below} below 0.5; other text {sum(others) / counted:.3f} "
          f"on average, at most 0.10 on {sum(o <= 0.1 for o in others)}")


main()
