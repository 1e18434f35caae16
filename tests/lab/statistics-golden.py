#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""usage: statistics-golden.py > statistics-golden.tsv

What SciPy and NumPy make of tables and samples, for test-statistics.c. A line is the name of a
function, its arguments and what comes out: numbers parted by spaces, samples by semicolons. Made
with SciPy 1.10.1 and NumPy 1.24.2 of Debian 12 (python3-scipy), which nothing else needs.
"""

import math
import sys

import numpy
from scipy import special, stats

LEVEL = 0.95


def emit(name, arguments, results):
    def text(numbers):
        return " ".join(str(n) if isinstance(n, int) else repr(float(n)) for n in numbers)

    if arguments and not isinstance(arguments[0], (list, numpy.ndarray)):
        arguments = [arguments]
    print(name, ";".join(text(part) for part in arguments), text(results), sep="\t")


def t_quantile(p, df):
    """SciPy's own has nine digits; two steps of Newton on its distribution give the rest."""
    tail = min(p, 1 - p)
    t = stats.t.ppf(1 - tail, df)
    for _ in range(3):
        t += (stats.t.sf(t, df) - tail) / stats.t.pdf(t, df)
    return math.copysign(t, p - 0.5) if p != 0.5 else 0.0


def mcnemar():
    tables = [(0, 0), (1, 0), (0, 1), (5, 5), (1, 5), (0, 6), (31, 24), (24, 31), (10, 25), (3, 40),
              (100, 100), (100, 101), (0, 50), (0, 1000), (7, 900), (500, 620), (1500, 1500),
              (2400, 2600), (49000, 51000), (100000, 100001), (499000, 501000), (499999, 500001),
              (500000, 500000), (490000, 510000), (999, 1000000), (0, 1000000), (1, 1), (2, 1)]
    for first, second in tables:
        fewer, n = min(first, second), first + second
        p = min(1.0, 2 * stats.binom.cdf(fewer, n, 0.5)) if n else 1.0
        # Whole numbers are exact.
        if n <= 6000:
            tail = sum(math.comb(n, k) for k in range(fewer + 1))
            exact = min(1.0, 2 * tail / (1 << n)) if first != second else 1.0
            assert abs(p - exact) <= 1e-11 * exact, (first, second, p, exact)
            p = exact
        emit("mcnemar", [first, second], [p])


def wilson():
    for right, n in [(0, 1), (1, 1), (0, 10), (10, 10), (1, 2), (3, 10), (9, 10), (31, 55), (400, 800),
                     (799, 800), (727, 872), (0, 1000000), (1000000, 1000000), (833333, 1000000),
                     (1, 1000000), (999999, 1000000)]:
        interval = stats.binomtest(right, n).proportion_ci(LEVEL, method="wilson")
        emit("wilson", [right, n], [interval.low, interval.high])


def student():
    for df in [0.5, 1, 1.5, 2, 3, 4, 7.3, 10, 29, 30, 100, 999, 12345.6, 1e6]:
        for t in [0, 1e-9, 0.001, 0.5, 1, 1.96, 3, 10, 40, 1e4]:
            emit("t_p", [t, float(df)], [2 * stats.t.sf(t, df)])
        for p in [0.5, 0.500001, 0.6, 0.9, 0.95, 0.975, 0.995, 0.999999, 0.025, 1e-8]:
            emit("t_quantile", [p, float(df)], [t_quantile(p, df)])


def beta():
    for a in [0.01, 0.5, 1.0, 2.5, 30.0, 1000.0, 2e5]:
        for b in [0.01, 0.5, 1.0, 7.0, 400.0]:
            for x in [0.0, 1e-12, 0.001, 0.3, 0.5, 0.9, 0.9999, 1.0]:
                emit("beta", [a, b, x], [special.betainc(a, b, x)])


def samples():
    random = numpy.random.default_rng(20260710)
    yield [0.83, 0.84], [0.81, 0.85]
    yield [0.8314, 0.8291, 0.8337, 0.8280, 0.8326], [0.8257, 0.8314, 0.8268, 0.8245, 0.8303]
    yield [0.5, 0.5, 0.5000000001], [0.5, 0.5, 0.5]
    yield [1e9, 1e9 + 1, 1e9 + 2], [1e9 + 1, 1e9 + 2, 1e9 + 4]
    yield [1e-100, 3e-100, 7e-100], [2e-100, 2.5e-100, 1e-100]
    yield [0.1, 0.9], [0.4, 0.5]
    for n in (2, 3, 5, 10, 30, 200):
        for shift in (0.0, 0.01, 1.0):
            first = random.normal(0.83, 0.01, n)
            yield list(first), list(first + random.normal(shift, 0.003, n))


def t_tests():
    for first, second in samples():
        first, second = numpy.array(first), numpy.array(second)
        n = len(first)

        difference = first - second
        error = difference.std(ddof=1) / math.sqrt(n)
        test = stats.ttest_rel(first, second)
        half = t_quantile((1 + LEVEL) / 2, n - 1) * error
        emit("paired", [first, second], [difference.mean(), test.statistic, n - 1, test.pvalue,
                                         difference.mean() - half, difference.mean() + half])

    unequal = [([0.83, 0.84, 0.82], [0.80, 0.85]), ([1.0, 2.0, 3.0, 4.0, 5.0], [1e6, 1e6 + 1]),
               ([0.5, 0.5, 0.5], [0.4, 0.6, 0.7, 0.2])]
    for first, second in list(samples()) + unequal:
        first, second = numpy.array(first), numpy.array(second)
        scale = max(first.std(ddof=1), second.std(ddof=1))
        parts = [(s.std(ddof=1) / scale) ** 2 / len(s) for s in (first, second)]
        error = scale * math.sqrt(sum(parts))
        df = sum(parts) ** 2 / sum(p * p / (len(s) - 1) for p, s in zip(parts, (first, second)))
        difference = first.mean() - second.mean()
        t = difference / error
        if scale > 1e-50:
            test = stats.ttest_ind(first, second, equal_var=False)
            assert math.isclose(test.statistic, t, rel_tol=1e-9), (t, test)
            assert math.isclose(test.pvalue, 2 * stats.t.sf(abs(t), df), rel_tol=1e-9)
        half = t_quantile((1 + LEVEL) / 2, df) * error
        emit("welch", [first, second], [difference, t, df, 2 * stats.t.sf(abs(t), df),
                                        difference - half, difference + half])

    for first, _ in samples():
        first = numpy.array(first)
        half = t_quantile((1 + LEVEL) / 2, len(first) - 1) * first.std(ddof=1) / math.sqrt(len(first))
        emit("mean", [first, numpy.array([])], [first.mean(), first.std(ddof=1), first.mean() - half,
                                                first.mean() + half])


def bootstrap():
    """Rows drawn again one by one, and how far two such intervals may lie from each other: five
    standard errors of the difference of two quantiles (10,000 and n_draws draws), and a row."""
    n_draws = 40000
    random = numpy.random.default_rng(1)
    for both, first, second, neither in [(700, 31, 24, 117), (700, 60, 24, 88), (10, 3, 1, 6),
                                         (400, 0, 5, 395), (0, 50, 50, 0), (1500, 200, 210, 90),
                                         (1, 1, 0, 0), (872, 0, 0, 0)]:
        rows = numpy.repeat([0, 1, -1, 0], [both, first, second, neither]).astype(numpy.int8)
        n = len(rows)
        means = numpy.array([random.choice(rows, n).mean() for _ in range(n_draws)])
        low, high = numpy.percentile(means, [100 * (1 - LEVEL) / 2, 100 * (1 + LEVEL) / 2])
        deviation = means.std()
        density = stats.norm.pdf(stats.norm.ppf(0.025)) / deviation if deviation else math.inf
        error = math.sqrt(0.025 * 0.975 * (1 / 10000 + 1 / n_draws)) / density
        emit("bootstrap", [both, first, second, neither], [low, high, 5 * error + 1 / n])


def main():
    print(f"# statistics-golden.py, SciPy {sys.modules['scipy'].__version__}, "
          f"NumPy {numpy.__version__}")
    mcnemar()
    wilson()
    student()
    beta()
    t_tests()
    bootstrap()


main()
