# SPDX-License-Identifier: MIT
# Figures from pairs of labels (is, said), and their standard errors by a bootstrap over groups that belong together.
import random


def f1(pairs, label):
    hit = sum(1 for a, b in pairs if a == b == label)
    both = sum((a == label) + (b == label) for a, b in pairs)
    return 2 * hit / both if both else None


def mean_f1(pairs, labels):
    values = [v for v in (f1(pairs, label) for label in labels) if v is not None]
    return sum(values) / len(values) if values else 0.0


def polar_f1(pairs):
    return mean_f1(pairs, ('hostile', 'friendly'))


def micro_polar_f1(pairs):
    """One F1 over both polarities: a polar pair is found only with its polarity."""
    hit = sum(1 for a, b in pairs if a == b != 'neutral')
    both = sum((a != 'neutral') + (b != 'neutral') for a, b in pairs)
    return 2 * hit / both if both else 0.0


def share(pairs):
    return sum(1 for a, b in pairs if a == b) / len(pairs) if pairs else 0.0


def standard_error(groups, figure, rounds=200, seed=1):
    """Standard deviation of the figure over samples, with replacement, of whole groups (lists of pairs)."""
    draw, values = random.Random(seed), []
    for _ in range(rounds):
        sample = []
        for _ in groups:
            sample += groups[draw.randrange(len(groups))]
        values.append(figure(sample))
    mean = sum(values) / len(values)
    return (sum((v - mean) ** 2 for v in values) / (len(values) - 1)) ** 0.5


# Which of two actors stands how towards the other: 0 neutral, 1 and 2 friendly one way or the other, 3 and 4 hostile.
def pair_class(first, second):
    value = {'hostile': -1, 'neutral': 0, 'friendly': 1}
    a, b = value[first], value[second]
    return (1 if a > 0 else 3) if a else (2 if b > 0 else 4) if b else 0


def joint_class(p, q, factors=None):
    """By the two units' probabilities times the head's factors: the likeliest of the five (as `stance evaluate` does)."""
    if factors:
        p, q = ({label: factors[label] * one[label] for label in one} for one in (p, q))
    joint = [p['neutral'] * q['neutral'], p['friendly'] * q['neutral'], p['neutral'] * q['friendly'],
             p['hostile'] * q['neutral'], p['neutral'] * q['hostile']]
    friendly, hostile = max(joint[1], joint[2]), max(joint[3], joint[4])
    if joint[0] >= friendly and joint[0] >= hostile:
        return 0
    return (1 if joint[1] >= joint[2] else 2) if friendly >= hostile else (3 if joint[3] >= joint[4] else 4)


POLARITY = (0, 1, 1, 2, 2)  # of a pair's class


# Factors on the odds of labels that give the argmax of factor * p the best macro-F1: the trainer's own last step, for text of another kind.
def best_factors(rows, labels, start):
    factors = dict(start)

    def score():
        pairs = [(is_, max(labels, key=lambda label: factors[label] * p[label])) for is_, p in rows]
        return mean_f1(pairs, labels)

    best = score()
    for _ in range(2):
        for label in labels:
            for step in (0.4, 0.6, 0.8, 1.25, 1.6, 2.5):
                kept = factors[label]
                factors[label] = kept * step
                value = score()
                if value > best:
                    best = value
                else:
                    factors[label] = kept
    return factors
