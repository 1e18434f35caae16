/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

/*
 * How a person wants figures to look, as the settings remember it.
 */
#pragma once

#include <gio/gio.h>
#include <ut-paper.h>

G_BEGIN_DECLS

/** ut_paper_settings_read: what @settings say; @paper is not cleared first. */
void          ut_paper_settings_read       (GSettings     *settings,
                                            UtPaper       *paper);

/** ut_paper_settings_get_format: the form of the file. */
UtPaperFormat ut_paper_settings_get_format (GSettings     *settings);

/** ut_paper_settings_dup_key: (transfer full): the key of @number. */
char         *ut_paper_settings_dup_key    (UtPaperNumber  number);

G_END_DECLS
