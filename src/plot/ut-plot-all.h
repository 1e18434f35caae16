/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

/*
 * The layer of plots: curves of numbers as they come in, drawn with Cairo.
 *
 * It may include Cairo, Pango and GTK, and no other layer: it knows neither runs nor epochs.
 * ut-scale, ut-ticks, ut-smooth and ut-decimate are pure functions of doubles and use GLib only;
 * ut-plot-draw and ut-plot-text draw on any Cairo surface; the widgets put them together.
 *
 * Points are copied in and never out; objects are counted as usual. Widgets and series belong to
 * the main thread. Drawing may happen in a worker, on an immutable, atomically counted scene that
 * shares the points.
 */

#include "ut-histogram.h"
#include "ut-plot.h"
#include "ut-plot-pane.h"
#include "ut-plot-series.h"
#include "ut-plot-style.h"
#include "ut-plot-swatch.h"
#include "ut-scatter.h"
#include "ut-word-curve.h"
