/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-run-search.h"

#include <string.h>

#define TAG_PREFIX "tag:"
/* Shorter words are rather parts of names than of settings. */
#define LEAST_SETTING_WORD 3
/* Of the title with most words. */
#define MAX_TITLE_WORDS 6

/* A word as it was typed. */
typedef struct
{
  char *text;         /* (owned) */
  gboolean is_quoted;
} Word;

/* A setting that is asked for. */
typedef struct
{
  UtSetting setting;
  gboolean has_value;
  double value;
} Wish;

/* What must be found: all its texts, or one of its wishes. */
typedef struct
{
  GPtrArray *texts; /* (owned) (element-type utf8), folded */
  GArray *wishes;   /* (owned) (element-type Wish) */
  gboolean is_tag;  /* whether its text is the beginning of a tag */
} Term;

struct UtRunSearch
{
  GPtrArray *terms; /* (owned) (element-type Term) */
};

static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return g_utf8_casefold (normal != NULL ? normal : "", -1);
}

/* Words */

static void
word_clear (gpointer data)
{
  g_free (((Word *) data)->text);
}

static void
add_word (GArray   *words,
          GString  *text,
          gboolean  is_quoted)
{
  Word word = { NULL, is_quoted };

  if (text->len > 0)
    {
      word.text = g_strdup (text->str);
      g_array_append_val (words, word);
    }
  g_string_truncate (text, 0);
}

static GArray *
split (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  g_autoptr (GString) word = g_string_new (NULL);
  gboolean is_open = FALSE;
  gboolean is_quoted = FALSE;

  g_array_set_clear_func (words, word_clear);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '"' || c == 0x201c || c == 0x201d || c == 0x201e)
        {
          is_open = !is_open;
          is_quoted = TRUE;
        }
      else if (g_unichar_isspace (c) && !is_open)
        {
          add_word (words, word, is_quoted);
          is_quoted = FALSE;
        }
      else
        {
          g_string_append_unichar (word, c);
        }
    }
  add_word (words, word, is_quoted);

  return words;
}

/* Settings */

/* Whether each of @words begins a word of @name, one after the other. */
static gboolean
begins_words (char      **words,
              const char *name)
{
  g_autofree char *folded = fold (name);
  g_auto (GStrv) of_name = g_strsplit_set (folded, " -", -1);
  guint n_words = g_strv_length (words);
  guint n_of_name = g_strv_length (of_name);

  for (guint first = 0; first + n_words <= n_of_name; first++)
    {
      guint n = 0;

      while (n < n_words && g_str_has_prefix (of_name[first + n], words[n]))
        n++;
      if (n == n_words)
        return TRUE;
    }

  return FALSE;
}

/* Reads a value as the setting is entered, or as a choice is called. */
static gboolean
read_value (UtSetting   setting,
            const char *text,
            double     *value)
{
  g_autofree char *folded = NULL;

  if (ut_setting_parse (setting, text, value, NULL))
    return TRUE;
  if (ut_setting_get_info (setting)->choices == NULL)
    return FALSE;

  folded = fold (text);
  for (double choice = 0; choice <= ut_setting_get_info (setting)->maximum; choice++)
    {
      g_autofree char *title = ut_setting_describe (setting, choice);
      g_autofree char *folded_title = fold (title);

      if (g_str_has_prefix (folded_title, folded))
        {
          *value = choice;
          return TRUE;
        }
    }

  return FALSE;
}

/* @value: (nullable): what stands behind the name. */
static GArray *
find_wishes (const char *name,
             const char *value)
{
  GArray *wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  g_autofree char *folded = fold (name);
  g_auto (GStrv) words = g_strsplit_set (folded, " -", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_utf8_strlen (words[i], -1) < LEAST_SETTING_WORD)
      return wishes;

  for (UtSetting setting = 0; setting < UT_N_SETTINGS; setting++)
    {
      Wish wish = { setting, value != NULL, 0 };

      if ((begins_words (words, ut_setting_get_title (setting)) ||
           begins_words (words, ut_setting_get_info (setting)->key)) &&
          (value == NULL || read_value (setting, value, &wish.value)))
        g_array_append_val (wishes, wish);
    }

  return wishes;
}

static gboolean
has_wish (const Wish *wish,
          UtConfig   *config)
{
  double value = ut_config_get_number (config, wish->setting);

  return wish->has_value ? value == wish->value
                         : value != ut_setting_get_info (wish->setting)->fallback;
}

/* Terms */

static void
term_free (gpointer data)
{
  Term *term = data;

  g_ptr_array_unref (term->texts);
  g_array_unref (term->wishes);
  g_free (term);
}

static Term *
term_new (GArray *wishes) /* (transfer full) (nullable) */
{
  Term *term = g_new0 (Term, 1);

  term->texts = g_ptr_array_new_with_free_func (g_free);
  term->wishes = wishes != NULL ? wishes : g_array_new (FALSE, FALSE, sizeof (Wish));

  return term;
}

static char *
join (const Word *words,
      guint       n_words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", words[i].text);

  return g_string_free (text, FALSE);
}

/* The longest name of a setting that @words begin with, with @n_values (0 or 1) words behind it as its
 * value. @n_used receives how many words they are. */
static Term *
read_setting (const Word *words,
              guint       n_words,
              guint       n_values,
              guint      *n_used)
{
  for (guint n_name = MIN (n_words, MAX_TITLE_WORDS); n_name > 0; n_name--)
    {
      g_autofree char *name = join (words, n_name);
      g_autoptr (GArray) wishes = NULL;
      Term *term;

      if (n_name + n_values > n_words)
        continue;
      wishes = find_wishes (name, n_values > 0 ? words[n_name].text : NULL);
      if (wishes->len == 0)
        continue;

      *n_used = n_name + n_values;
      term = term_new (g_steal_pointer (&wishes));
      for (guint i = 0; i < *n_used; i++)
        g_ptr_array_add (term->texts, fold (words[i].text));
      return term;
    }

  return NULL;
}

static Term *
read_word (const Word *word)
{
  Term *term = term_new (NULL);
  g_autofree char *text = fold (word->text);

  term->is_tag = g_str_has_prefix (text, TAG_PREFIX);
  g_ptr_array_add (term->texts, g_strdup (text + (term->is_tag ? strlen (TAG_PREFIX) : 0)));

  return term;
}

/* What of @words may name settings ends where something is quoted. */
static guint
count_plain (const Word *words,
             guint       n_words)
{
  guint n = 0;

  while (n < n_words && !words[n].is_quoted)
    n++;

  return n;
}

static gboolean
has_tag (UtRun      *run,
         const char *text)
{
  const char * const *tags = ut_run_get_tags (run);

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      g_autofree char *tag = fold (tags[i]);

      if (g_str_has_prefix (tag, text))
        return TRUE;
    }

  return FALSE;
}

/* All that is searched, a line each. */
static char *
dup_text (UtRun *run)
{
  UtConfig *config = ut_run_get_config (run);
  g_autofree char *data = ut_config_dup_data_title (config);
  const char * const *tags = ut_run_get_tags (run);
  g_autofree char *joined = tags != NULL ? g_strjoinv ("\n", (char **) tags) : NULL;
  g_autofree char *text = NULL;

  text = g_strjoin ("\n", ut_run_get_name (run), ut_cell_kind_get_title (ut_config_get_cell (config)),
                    data, joined != NULL ? joined : "",
                    ut_run_get_note (run) != NULL ? ut_run_get_note (run) : "", NULL);

  return fold (text);
}

static gboolean
term_matches (const Term *term,
              UtRun      *run,
              const char *text)
{
  guint n_found = 0;

  if (term->is_tag)
    return has_tag (run, g_ptr_array_index (term->texts, 0));

  for (guint i = 0; i < term->texts->len; i++)
    n_found += strstr (text, g_ptr_array_index (term->texts, i)) != NULL;
  if (n_found == term->texts->len)
    return TRUE;

  /* The settings of an ensemble are those of its members. */
  for (guint i = 0; i < term->wishes->len && ut_run_get_n_members (run) == 0; i++)
    if (has_wish (&g_array_index (term->wishes, Wish, i), ut_run_get_config (run)))
      return TRUE;

  return FALSE;
}

UtRunSearch *
ut_run_search_new (const char *text)
{
  UtRunSearch *self;
  g_autoptr (GArray) words = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (UtRunSearch, 1);
  self->terms = g_ptr_array_new_with_free_func (term_free);
  words = split (text);
  for (guint i = 0, n_used; i < words->len; i += n_used)
    {
      const Word *rest = &g_array_index (words, Word, i);
      guint n_plain = count_plain (rest, words->len - i);
      Term *term = read_setting (rest, n_plain, 1, &n_used);

      if (term == NULL)
        term = read_setting (rest, n_plain, 0, &n_used);
      if (term == NULL)
        {
          term = read_word (rest);
          n_used = 1;
        }
      g_ptr_array_add (self->terms, term);
    }

  return self;
}

void
ut_run_search_free (UtRunSearch *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->terms);
  g_free (self);
}

gboolean
ut_run_search_matches (const UtRunSearch *self,
                       UtRun             *run)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (UT_IS_RUN (run), FALSE);

  text = dup_text (run);
  for (guint i = 0; i < self->terms->len; i++)
    if (!term_matches (g_ptr_array_index (self->terms, i), run, text))
      return FALSE;

  return TRUE;
}
