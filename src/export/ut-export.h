/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

/*
 * The layer of what is written about runs for others: figures as PDF, SVG and PNG with their numbers
 * as CSV, and reports as HTML.
 *
 * It may include the layers of figures and of experiments, and neither GTK nor a display, so that
 * window and terminal write the same bytes. The same runs and options give the same file.
 *
 * Runs are read on the main thread, as all of them; what is made of them is drawn and written on
 * workers. Nothing is left of a file that could not be written to its end.
 */

#include "ut-export-file.h"
#include "ut-report.h"
#include "ut-run-figure.h"
