#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# Copyright 2026 The Undertone authors
"""usage: calibration-golden.py > calibration-golden.tsv

What SciPy and NumPy make of logits and labels, for test-calibration.c. A line has the logits, the
labels, the temperature with the least cross-entropy, and then, at that temperature, cross-entropy,
Brier score and the expected calibration error over 10 and over 15 bins (Guo et al. 2017, equations 2
to 3: the confidence is that of the answer). Made with SciPy 1.10.1 and NumPy 1.24.2 of Debian 12
(python3-scipy), which nothing else needs.
"""

import numpy
from scipy import optimize, special

BOUNDS = (0.05, 20)


def cross_entropy(logits, labels, temperature):
    return -numpy.mean(special.log_expit(numpy.where(labels == 1, logits, -logits) / temperature))


def find_temperature(logits, labels):
    found = optimize.minimize_scalar(lambda u: cross_entropy(logits, labels, numpy.exp(u)),
                                     bounds=numpy.log(BOUNDS), method="bounded",
                                     options={"xatol": 1e-10, "maxiter": 1000})
    return float(numpy.exp(found.x))


def calibration_error(logits, labels, temperature, n_bins):
    positive = special.expit(logits / temperature)
    confidence = numpy.maximum(positive, 1 - positive)
    right = (logits > 0) == (labels == 1)
    error = 0
    for m in range(1, n_bins + 1):
        inside = (confidence > (m - 1) / n_bins) & (confidence <= m / n_bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error


def emit(logits, labels):
    # As the C test reads them: in single precision.
    logits = numpy.float32(logits).astype(float)
    temperature = find_temperature(logits, labels)
    positive = special.expit(logits / temperature)
    figures = [temperature, cross_entropy(logits, labels, temperature),
               numpy.mean((positive - labels) ** 2)]
    figures += [calibration_error(logits, labels, temperature, n_bins) for n_bins in (10, 15)]
    print("%s\t%s\t%s" % (" ".join("%.9g" % logit for logit in logits),
                         " ".join("%d" % label for label in labels),
                         "\t".join("%.15g" % figure for figure in figures)))


def main():
    numbers = numpy.random.default_rng(1)
    for n, spread, true in [(20, 1, 1.5), (50, 3, 2), (200, 8, 4), (200, 0.2, 0.3), (500, 2, 1),
                            (30, 40, 12), (1000, 5, 0.7), (100, 0.01, 0.06), (400, 1e3, 300)]:
        # Labels drawn as if the logits were too large by the true temperature.
        logits = numbers.normal(0.1 * spread, spread, n)
        labels = (numbers.random(n) < special.expit(logits / true)).astype(int)
        emit(logits, labels)
    # Two values only, as a model has that says the same of everything.
    emit(numpy.array([2.0] * 7 + [-2.0] * 5), numpy.array([1] * 5 + [0] * 2 + [0] * 4 + [1]))


if __name__ == "__main__":
    main()
