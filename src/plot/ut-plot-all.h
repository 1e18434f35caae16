/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

/*
 * The layer of plots: widgets that show figures and let a person move in them.
 *
 * It may include the layer of figures and GTK, and no other layer: it knows neither runs nor
 * epochs. What is drawn is drawn by ut-figure; the widgets here hold state, colours from CSS,
 * input and accessibility.
 *
 * Widgets belong to the main thread. Drawing may happen in a worker, on an immutable scene.
 */

#include "ut-figure.h"
#include "ut-bin-plot.h"
#include "ut-heat-map.h"
#include "ut-histogram.h"
#include "ut-parallel.h"
#include "ut-plot.h"
#include "ut-plot-pane.h"
#include "ut-plot-sheet.h"
#include "ut-plot-swatch.h"
#include "ut-reliability-plot.h"
#include "ut-scatter.h"
#include "ut-word-curve.h"
