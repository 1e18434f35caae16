/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-worth-method.h"

#include <glib/gi18n-lib.h>

G_DEFINE_ENUM_TYPE (UtWorthMethod, ut_worth_method,
                    G_DEFINE_ENUM_VALUE (UT_WORTH_CHANGE, "change"),
                    G_DEFINE_ENUM_VALUE (UT_WORTH_LEAVE_OUT, "leave-out"),
                    G_DEFINE_ENUM_VALUE (UT_WORTH_GRADIENT, "gradient"),
                    G_DEFINE_ENUM_VALUE (UT_WORTH_INTEGRATED, "integrated"))

const char *
ut_worth_method_get_nick (UtWorthMethod method)
{
  static const char * const nicks[UT_N_WORTH_METHODS] = {
    "change", "leave-out", "gradient", "integrated",
  };

  g_return_val_if_fail ((guint) method < G_N_ELEMENTS (nicks), NULL);

  return nicks[method];
}

const char *
ut_worth_method_get_title (UtWorthMethod method)
{
  static const char * const titles[UT_N_WORTH_METHODS] = {
    NC_("worth", "change at this word"), NC_("worth", "leaving it out"),
    NC_("worth", "gradient × input"), NC_("worth", "integrated gradients"),
  };

  g_return_val_if_fail ((guint) method < G_N_ELEMENTS (titles), NULL);

  return g_dpgettext2 (NULL, "worth", titles[method]);
}

gboolean
ut_worth_method_from_nick (const char    *nick,
                           UtWorthMethod *method)
{
  g_return_val_if_fail (method != NULL, FALSE);

  for (UtWorthMethod i = 0; i < UT_N_WORTH_METHODS; i++)
    {
      if (g_strcmp0 (nick, ut_worth_method_get_nick (i)) == 0)
        {
          *method = i;
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
ut_worth_method_is_costly (UtWorthMethod method)
{
  return method == UT_WORTH_LEAVE_OUT || method == UT_WORTH_INTEGRATED;
}

const char *
ut_worth_method_get_objection (UtWorthMethod  method,
                               UtModel       *model)
{
  g_return_val_if_fail (model != NULL, NULL);

  gsize n_members;
  UtModel * const *members = ut_model_get_members (model, &n_members);

  if (method != UT_WORTH_GRADIENT && method != UT_WORTH_INTEGRATED)
    return NULL;

  for (gsize i = 0; i < n_members; i++)
    {
      if (ut_nn_model_get_shape (ut_model_get_weights (members[i]))->faults != 0)
        return _("A model that runs as the notebook’s code does has no gradient by words: what it "
                 "answers is one of their positions, or of the sentences beside it");
    }

  return NULL;
}
