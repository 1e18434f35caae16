/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * Tests and intervals for small tables of figures. Pure functions: they keep nothing, print nothing
 * and may be called on any thread. Intervals are those of 95 %. What is not defined is NaN, and a
 * number that is not finite among the input makes it so.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * UtInterval:
 * @low: its lower end.
 * @high: its upper end.
 *
 * An interval of 95 %; both ends are NaN where there is none.
 */
typedef struct
{
  double low;
  double high;
} UtInterval;

/**
 * UtMean:
 * @n: how many values.
 * @mean: their mean; NaN for none.
 * @deviation: the standard deviation of a sample, with n − 1 below; NaN for fewer than two.
 * @interval: of the mean, by Student's t with n − 1 degrees of freedom; NaN for fewer than two.
 */
typedef struct
{
  gsize n;
  double mean;
  double deviation;
  UtInterval interval;
} UtMean;

/** ut_mean: of the @n numbers of @values, in two passes. */
UtMean     ut_mean                 (const double *values,
                                    gsize         n);

/** ut_mean_quantile: what the interval of the mean of @n values takes: it is worth keeping where there
 * are many means; NaN for fewer than two. */
double     ut_mean_quantile        (gsize         n);

/** ut_mean_by: as ut_mean(), with ut_mean_quantile() of @n as @quantile. */
UtMean     ut_mean_by              (const double *values,
                                    gsize         n,
                                    double        quantile);

/**
 * ut_wilson_interval:
 * @n_right: how often it was right.
 * @n: how often it was tried.
 *
 * The interval of a share by Wilson 1927 ("Probable inference", without correction for continuity;
 * Brown, Cai and DasGupta 2001, equation 4), which holds for few rows and for shares of 0 and 1.
 *
 * Returns: within 0 and 1; NaN where @n is 0.
 */
UtInterval ut_wilson_interval      (guint64       n_right,
                                    guint64       n);

/**
 * UtAgreement:
 * @n_both: rows on which both are right.
 * @n_first: rows on which the first alone is.
 * @n_second: rows on which the second alone is.
 * @n_neither: rows on which none is.
 *
 * How two models answered the same rows.
 */
typedef struct
{
  guint64 n_both;
  guint64 n_first;
  guint64 n_second;
  guint64 n_neither;
} UtAgreement;

/**
 * ut_mcnemar_p:
 * @agreement: of two models.
 *
 * The exact two-sided test of McNemar 1947: how probable it is, were both right equally often, that
 * of the rows on which one alone is right as few or fewer fall to the one that has fewer, or to the
 * other one. Twice the lower tail of a binomial distribution with 1/2, at most 1.
 *
 * Returns: 0 to 1; 1 where the two differ on no row.
 */
double     ut_mcnemar_p            (const UtAgreement *agreement);

/** UT_BOOTSTRAP_DRAWS: how many draws ut_bootstrap_difference() takes. */
#define UT_BOOTSTRAP_DRAWS 10000

/**
 * ut_bootstrap_difference:
 * @agreement: of two models.
 *
 * The accuracy of the first less that of the second, if the rows were drawn again with replacement:
 * the percentile interval of Efron 1981. As the difference depends on nothing but how many rows of
 * each kind are drawn, those are drawn instead, from their multinomial distribution: the same, and
 * a million rows cost no more than a hundred. Always the same for the same table; with the models
 * in the other order its negative.
 *
 * Returns: within −1 and 1; NaN where there is no row.
 */
UtInterval ut_bootstrap_difference (const UtAgreement *agreement);

/**
 * UtTTest:
 * @difference: mean of the first less mean of the second.
 * @t: the statistic; infinite where the difference is not 0 and nothing varies.
 * @df: degrees of freedom.
 * @p: two-sided.
 * @interval: of @difference.
 *
 * What Student's t says of two means.
 */
typedef struct
{
  double difference;
  double t;
  double df;
  double p;
  UtInterval interval;
} UtTTest;

/**
 * ut_t_test_paired:
 * @first: (array length=n): values.
 * @second: (array length=n): values, each belonging to the one of @first in its place.
 * @n: how many.
 * @test: (out): what came out.
 *
 * Student 1908. Where all differences are the same, p is 1 if they are 0 and otherwise 0.
 *
 * Returns: whether there is a test: two pairs at least, all of them finite.
 */
gboolean   ut_t_test_paired        (const double *first,
                                    const double *second,
                                    gsize         n,
                                    UtTTest      *test);

/**
 * ut_t_test_welch:
 * @first: (array length=n_first): values.
 * @n_first: how many.
 * @second: (array length=n_second): values.
 * @n_second: how many.
 * @test: (out): what came out.
 *
 * Welch 1947, with Satterthwaite's degrees of freedom (1946, equation 17). Where nothing varies, p is
 * 1 if the means are the same and otherwise 0.
 *
 * Returns: whether there is a test: two values at least on each side, all of them finite.
 */
gboolean   ut_t_test_welch         (const double *first,
                                    gsize         n_first,
                                    const double *second,
                                    gsize         n_second,
                                    UtTTest      *test);

/** ut_t_p: how probable it is that Student's t with @df degrees of freedom (above 0) lies as far from
 * 0 as @t, or farther, on either side. */
double     ut_t_p                  (double        t,
                                    double        df);

/** ut_t_quantile: the value that Student's t with @df degrees of freedom stays below with
 * @probability, 0 to 1. */
double     ut_t_quantile           (double        probability,
                                    double        df);

/** ut_beta: the regularized incomplete beta function I_x (a, b), DLMF 8.17.2; @a and @b above 0, @x
 * 0 to 1. */
double     ut_beta                 (double        a,
                                    double        b,
                                    double        x);

/**
 * ut_holm:
 * @p: (inout) (array length=n): of as many tests; receives what each is when all are looked at
 *   together.
 * @n: how many.
 *
 * Holm 1979: the k-th smallest p of n, times n − k + 1, at most 1 and never less than one before
 * it. Where none of all differences is real, one of them stays below 0.05 at most 5 times in 100.
 */
void       ut_holm                 (double       *p,
                                    gsize         n);

G_END_DECLS
