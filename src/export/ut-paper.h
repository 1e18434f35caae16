/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#pragma once

#include <ut-figure.h>

G_BEGIN_DECLS

/**
 * UtPaperWhat:
 * @UT_PAPER_BOTH: "both": loss and accuracy, side by side where the width allows it, otherwise one
 *   above the other.
 * @UT_PAPER_LOSS: "loss".
 * @UT_PAPER_ACCURACY: "accuracy".
 *
 * Which curves a figure has.
 */
typedef enum
{
  UT_PAPER_BOTH,
  UT_PAPER_LOSS,
  UT_PAPER_ACCURACY,
} UtPaperWhat;

/**
 * UtPaperFormat:
 * @UT_PAPER_PDF: "pdf".
 * @UT_PAPER_SVG: "svg".
 * @UT_PAPER_PNG: "png".
 *
 * The form of a figure's file, whose name is the extension, too.
 */
typedef enum
{
  UT_PAPER_PDF,
  UT_PAPER_SVG,
  UT_PAPER_PNG,
} UtPaperFormat;

#define UT_N_PAPER_FORMATS (UT_PAPER_PNG + 1)

/**
 * UtPaperNumber:
 * @UT_PAPER_WIDTH: of the whole figure, in mm.
 * @UT_PAPER_HEIGHT: of each of its plots, in mm.
 * @UT_PAPER_FONT_SIZE: of all its text, in pt.
 * @UT_PAPER_LINE_WIDTH: of a curve, in pt; the current run's is a third wider.
 * @UT_PAPER_DPI: pixels to the inch, of a PNG only.
 *
 * The numbers of a figure, whose range, step and default stand in one table that the dialog, the
 * settings and the command line use.
 */
typedef enum
{
  UT_PAPER_WIDTH,
  UT_PAPER_HEIGHT,
  UT_PAPER_FONT_SIZE,
  UT_PAPER_LINE_WIDTH,
  UT_PAPER_DPI,
} UtPaperNumber;

#define UT_N_PAPER_NUMBERS (UT_PAPER_DPI + 1)

/** UT_PAPER_ONE_COLUMN, UT_PAPER_TWO_COLUMNS: the widths, in mm, that most journals ask for. */
#define UT_PAPER_ONE_COLUMN 84
#define UT_PAPER_TWO_COLUMNS 174

/**
 * UtPaperNumberInfo:
 * @option: "width": its name on the command line, and behind "figure-" in the settings.
 * @minimum, @maximum: its range.
 * @step: what one press adds.
 * @fallback: where nobody said otherwise.
 */
typedef struct
{
  const char *option;
  double      minimum;
  double      maximum;
  double      step;
  double      fallback;
} UtPaperNumberInfo;

/** ut_paper_get_number_info: (transfer none): the row of the table. */
const UtPaperNumberInfo *ut_paper_get_number_info (UtPaperNumber number);

/** UT_PAPER_FONT: the family where nobody said otherwise; fontconfig knows what it is. */
#define UT_PAPER_FONT "Sans"

/**
 * UtPaper:
 * @what: which curves.
 * @labels: where the names of the runs stand.
 * @numbers: sizes, by #UtPaperNumber.
 * @font: (owned): a family of fonts.
 * @grey: in greys and dashes rather than in colours and dashes.
 *
 * How a figure is to look on paper. A plain value; no GTK, so that window and terminal share it.
 */
typedef struct
{
  UtPaperWhat     what;
  UtFigureLabels  labels;
  double          numbers[UT_N_PAPER_NUMBERS];
  char           *font;
  gboolean        grey;
} UtPaper;

/** ut_paper_init: the defaults; @self is not cleared first. */
void               ut_paper_init         (UtPaper           *self);
/** ut_paper_copy: a deep copy of @from; @self is not cleared first. */
void               ut_paper_copy         (UtPaper           *self,
                                          const UtPaper     *from);
/** ut_paper_clear: frees what @self holds. */
void               ut_paper_clear        (UtPaper           *self);

/** ut_paper_is_wide: whether two plots stand side by side. */
gboolean           ut_paper_is_wide      (const UtPaper     *self);
/** ut_paper_get_height: of the whole figure, in mm. */
double             ut_paper_get_height   (const UtPaper     *self);

/**
 * ut_paper_list_whats: (transfer none) (array zero-terminated=1): what settings and command line call
 * each #UtPaperWhat; the others likewise.
 */
const char *const *ut_paper_list_whats   (void);
/** ut_paper_list_labels: "ends", "legend" and "none", as #UtFigureLabels. */
const char *const *ut_paper_list_labels  (void);
const char *const *ut_paper_list_formats (void);

/** ut_paper_find_name: whether @name is among @names, in any case; @index receives where. */
gboolean           ut_paper_find_name    (const char *const *names,
                                          const char        *name,
                                          guint             *index);

/** ut_paper_find_format: whether the extension of @file names a format; @format receives it. */
gboolean           ut_paper_find_format  (const char        *file,
                                          UtPaperFormat     *format);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UtPaper, ut_paper_clear)

G_END_DECLS
