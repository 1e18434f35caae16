/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-word-rules-private.h"

#include <string.h>

#define EM_DASH 0x2014u
#define ELLIPSIS 0x2026u

typedef struct
{
  gunichar first;
  gunichar last;
  gunichar becomes;
} Mapping;

/* In order, and without overlap. */
static const Mapping mappings[] = {
  { 0x0000, 0x0020, UT_LETTER_SPACE },
  { 0x007f, 0x00a0, UT_LETTER_SPACE },   /* controls, no-break space */
  { 0x00ab, 0x00ab, '"' },               /* « */
  { 0x00ad, 0x00ad, UT_LETTER_DROPPED }, /* soft hyphen */
  { 0x00b4, 0x00b4, '\'' },              /* acute accent */
  { 0x00bb, 0x00bb, '"' },               /* » */
  { 0x061c, 0x061c, UT_LETTER_DROPPED }, /* direction mark */
  { 0x1680, 0x1680, UT_LETTER_SPACE },
  { 0x180e, 0x180e, UT_LETTER_DROPPED },
  { 0x2000, 0x200a, UT_LETTER_SPACE },
  { 0x200b, 0x200f, UT_LETTER_DROPPED }, /* zero width, joiners, direction marks */
  { 0x2010, 0x2011, '-' },
  { 0x2012, 0x2015, EM_DASH },
  { 0x2018, 0x201b, '\'' },
  { 0x201c, 0x201f, '"' },
  { 0x2028, 0x2029, UT_LETTER_SPACE },
  { 0x202a, 0x202e, UT_LETTER_DROPPED }, /* embeddings */
  { 0x202f, 0x202f, UT_LETTER_SPACE },
  { 0x2032, 0x2032, '\'' },              /* prime */
  { 0x2033, 0x2033, '"' },
  { 0x205f, 0x205f, UT_LETTER_SPACE },
  { 0x2060, 0x206f, UT_LETTER_DROPPED }, /* word joiner, isolates */
  { 0x2212, 0x2212, '-' },               /* minus */
  { 0x3000, 0x3000, UT_LETTER_SPACE },
  { 0xfe00, 0xfe0f, UT_LETTER_DROPPED }, /* variation selectors */
  { 0xfeff, 0xfeff, UT_LETTER_DROPPED }, /* byte order mark */
};

gunichar
_ut_letter_normalize (gunichar c)
{
  if (c > ' ' && c < 0x7f)
    return c;

  for (gsize i = 0; i < G_N_ELEMENTS (mappings) && mappings[i].first <= c; i++)
    {
      if (c <= mappings[i].last)
        return mappings[i].becomes;
    }

  return c;
}

/* As g_unichar_tolower(), which looks into tables for ASCII, too. */
static inline gunichar
lower (gunichar c)
{
  if (c < 0x80)
    return c - 'A' < 26 ? c | 0x20 : c;

  return g_unichar_tolower (c);
}

gunichar
_ut_letter_lower (gunichar c)
{
  /* Inside a word a dash is that of a span of numbers. */
  return c == EM_DASH ? '-' : lower (c);
}

/* Ends that are words of their own. Before them a word must be left. Each has its apostrophe last
 * but one or two. */
static const char * const clitics[] = { "n't", "'s", "'re", "'ve", "'ll", "'d", "'m" };

/* The most clitics one word may have. */
#define MAX_CLITICS 3

/* Words that are two. */
static const struct
{
  const char *word;
  gsize length;
  gsize cut;
} compounds[] = {
  { "cannot", 6, 3 },
  { "gonna", 5, 3 },
  { "gotta", 5, 3 },
  { "wanna", 5, 3 },
};

/* Words that begin with an apostrophe, which is no quote then, and the one that ends with it. */
static const char * const elisions[] = { "'em", "'n'", "'n", "'til" };
static const char open_elision[] = "ol";

/* Words whose full stop belongs to them; after the titles a name follows, and no sentence ends. */
static const char * const titles[] = {
  "dr", "mr", "mrs", "ms", "mt", "prof", "rev", "sen", "st", "vs",
};
static const char * const abbreviations[] = {
  "bros", "co", "corp", "etc", "inc", "jr", "ltd", "sr",
};

/* The same before a number: "no. 9", "Sept. 11". */
static const char * const before_numbers[] = {
  "aug", "dec", "feb", "jan", "no", "nov", "oct", "sept",
};

/* A full stop before a comma ends no sentence; what is longer is a slip rather than shortened. */
#define LONGEST_SHORTENED 4

static inline gboolean
is_word_letter (gunichar c)
{
  if (c < 0x80)
    return c - '0' < 10 || (c | 0x20) - 'a' < 26;

  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Whether @letters, in lower case, are @word. */
static gboolean
equals (const UtLetter *letters,
        gsize           n,
        const char     *word)
{
  if (strlen (word) != n)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      if (lower (letters[i].c) != (gunichar) word[i])
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_among (const UtLetter     *letters,
          gsize               n,
          const char * const *words,
          gsize               n_words)
{
  for (gsize i = 0; i < n_words; i++)
    {
      if (equals (letters, n, words[i]))
        return TRUE;
    }

  return FALSE;
}

static void
emit (UtWordRules    *self,
      const UtLetter *letters,
      gsize           n,
      const char     *word)
{
  self->emit (letters[0].start, letters[n - 1].end, word, letters, n, self->data);
}

static gsize
count_run (const UtLetter *letters,
           gsize           n,
           gunichar        c)
{
  gsize i = 0;

  while (i < n && letters[i].c == c)
    i++;

  return i;
}

/* Whether the character between @before and @after joins them to one word. */
static gboolean
joins (gunichar before,
       gunichar c,
       gunichar after)
{
  switch (c)
    {
    case '-':
    case '\'':
    case '.':
    case '/':
    case '&':
    case '*':
    case '_':
    case '@':
      return is_word_letter (after);

    case ',':
    case ':':
    case EM_DASH:
      return g_unichar_isdigit (before) && g_unichar_isdigit (after);

    default:
      return FALSE;
    }
}

/* Letters of the clitic at the end of a word, 0 if there is none. */
static gsize
measure_clitic (const UtLetter *letters,
                gsize           n)
{
  if (n < 3 || (letters[n - 2].c != '\'' && letters[n - 3].c != '\''))
    return 0;

  for (gsize i = 0; i < G_N_ELEMENTS (clitics); i++)
    {
      gsize length = strlen (clitics[i]);

      if (n > length && equals (letters + n - length, length, clitics[i]))
        return length;
    }

  return 0;
}

/* How many letters from the start are the address of a web page, 0 if there is none. What ends a
 * sentence or closes a bracket is not part of it. */
static gsize
measure_address (const UtLetter *letters,
                 gsize           n)
{
  static const char * const schemes[] = { "http://", "https://", "ftp://", "www." };
  gunichar first = lower (letters[0].c);
  gsize least = 0;

  /* Most words need no further look. */
  if (first != 'h' && first != 'w' && first != 'f')
    return 0;

  for (gsize i = 0; i < G_N_ELEMENTS (schemes) && least == 0; i++)
    {
      gsize length = strlen (schemes[i]);

      if (n > length && equals (letters, length, schemes[i]))
        least = length;
    }
  if (least == 0)
    return 0;

  while (n > least && !is_word_letter (letters[n - 1].c) && letters[n - 1].c != '/')
    n--;

  return n > least ? n : 0;
}

/* How many letters from the start belong to one word; the first is one of a word. */
static gsize
measure_word (const UtLetter *letters,
              gsize           n)
{
  gsize i = 1;

  while (i < n)
    {
      gunichar c = letters[i].c;

      if (!is_word_letter (c))
        {
          /* "f**k" */
          gsize run = c == '*' ? count_run (letters + i, n - i, c) : 1;

          if (i + run == n || !joins (letters[i - 1].c, c, letters[i + run].c))
            break;
          /* "it 's - surreal" */
          if (c == '-' && measure_clitic (letters, i) > 0)
            break;
          i += run;
        }
      i++;
    }

  return i;
}

/* As measure_word(), but an apostrophe stands before the word, which then ends before any hyphen:
 * "shoot - 'em - up". */
static gsize
measure_elision (const UtLetter *letters,
                 gsize           n)
{
  gsize length = n > 1 && is_word_letter (letters[1].c) ? 1 + measure_word (letters + 1, n - 1) : 1;

  for (gsize i = 1; i < length; i++)
    {
      if (letters[i].c == '-')
        return i;
    }

  return length;
}

/* "u.s", "j.k", "r": single letters with full stops between them. */
static gboolean
is_initials (const UtLetter *letters,
             gsize           n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (i % 2 == 0 ? !g_unichar_isalpha (letters[i].c) : letters[i].c != '.')
        return FALSE;
    }

  return n % 2 == 1;
}

static gboolean
has_case (gunichar c)
{
  return g_unichar_isupper (c) || g_unichar_islower (c);
}

/* Whether a word before a full stop is shortened: "et al., but". */
static gboolean
is_shortened (const UtLetter *letters,
              gsize           n,
              gunichar        follows)
{
  if ((follows != ',' && follows != ';') || n > LONGEST_SHORTENED)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      if (!g_unichar_isalpha (letters[i].c))
        return FALSE;
    }

  return TRUE;
}

/* @follows is what stands behind the full stop, UT_LETTER_SPACE at the end of the piece. */
static gboolean
keeps_full_stop (const UtLetter *letters,
                 gsize           n,
                 gunichar        follows)
{
  /* SST-2 has "jason x." at the end of a sentence, too; "I" is the word. */
  if (is_initials (letters, n))
    return n > 1 || (has_case (letters[0].c) && lower (letters[0].c) != 'i');

  return follows != UT_LETTER_SPACE
         && (is_among (letters, n, titles, G_N_ELEMENTS (titles))
             || is_among (letters, n, abbreviations, G_N_ELEMENTS (abbreviations))
             || (follows - '0' < 10
                 && is_among (letters, n, before_numbers, G_N_ELEMENTS (before_numbers)))
             || is_shortened (letters, n, follows));
}

static void
emit_word (UtWordRules    *self,
           const UtLetter *letters,
           gsize           n)
{
  for (gsize i = 0; i < G_N_ELEMENTS (compounds); i++)
    {
      if (n == compounds[i].length && equals (letters, n, compounds[i].word))
        {
          emit (self, letters, compounds[i].cut, NULL);
          emit (self, letters + compounds[i].cut, n - compounds[i].cut, NULL);
          return;
        }
    }

  /* "should n't 've"; more than a few are no words, and a stretch of them must not cost time. */
  gsize cuts[MAX_CLITICS];
  gsize n_cuts = 0;
  gsize stem = n;

  while (n_cuts < MAX_CLITICS)
    {
      gsize length = measure_clitic (letters, stem);

      if (length == 0)
        break;
      stem -= length;
      cuts[n_cuts++] = length;
    }

  emit (self, letters, stem, NULL);
  letters += stem;
  while (n_cuts > 0)
    {
      gsize length = cuts[--n_cuts];

      emit (self, letters, length, NULL);
      letters += length;
    }
}

/* Emits a quote, or a word that begins with an apostrophe; returns how many letters that took. */
static gsize
cut_quote (UtWordRules    *self,
           const UtLetter *letters,
           gsize           n,
           gboolean        opens)
{
  gunichar c = letters[0].c;

  if (c == '"' || (n > 1 && letters[1].c == c))
    {
      gsize taken = c == '"' ? 1 : 2;

      /* Two apostrophes close, as SST-2 has them. Another quote between spaces, or before other
       * marks, closes what is open. */
      if (c == '\'' || (self->in_quotes && (taken == n || !is_word_letter (letters[taken].c))))
        opens = FALSE;
      self->in_quotes = c == '`' || opens;
      emit (self, letters, taken, self->in_quotes ? "``" : "''");
      return taken;
    }
  if (c == '`')
    {
      emit (self, letters, 1, "`");
      return 1;
    }

  gsize length = measure_elision (letters, n);

  if (length > 1)
    {
      /* "'70s", and "'s" that stands alone. */
      gboolean is_word = g_unichar_isdigit (letters[1].c)
                         || is_among (letters, length, clitics, G_N_ELEMENTS (clitics));

      if (length < n && letters[length].c == '\''
          && is_among (letters, length + 1, elisions, G_N_ELEMENTS (elisions)))
        {
          length++;
          is_word = TRUE;
        }
      if (is_word || is_among (letters, length, elisions, G_N_ELEMENTS (elisions)))
        {
          emit (self, letters, length, NULL);
          return length;
        }
    }

  emit (self, letters, 1, opens && n > 1 ? "`" : "'");

  return 1;
}

/* Emits what begins with a letter; returns how many letters that took. */
static gsize
cut_word (UtWordRules    *self,
          const UtLetter *letters,
          gsize           n,
          gunichar        next)
{
  gsize length = measure_address (letters, n);

  if (length > 0)
    {
      emit (self, letters, length, NULL);
      return length;
    }

  length = measure_word (letters, n);
  if (count_run (letters + length, n - length, '.') == 1)
    {
      /* At the end of the piece the full stop ends the sentence. */
      gunichar follows = length + 1 == n ? next : letters[length + 1].c;

      if (keeps_full_stop (letters, length, follows))
        length++;
    }
  else if (length < n && letters[length].c == '\'' && equals (letters, length, open_elision))
    {
      length++;
    }

  emit_word (self, letters, length);

  return length;
}

/* Emits "?!" as one word, but each of "!!!" as its own; @run is how often the first mark is
 * repeated. */
static gsize
cut_exclamation (UtWordRules    *self,
                 const UtLetter *letters,
                 gsize           n,
                 gsize           run)
{
  gsize end = run;

  while (end < n && (letters[end].c == '!' || letters[end].c == '?'))
    end++;

  if (end > run)
    {
      emit (self, letters, end, NULL);
      return end;
    }
  for (gsize i = 0; i < run; i++)
    emit (self, letters + i, 1, NULL);

  return run;
}

/* Emits punctuation; returns how many letters that took. */
static gsize
cut_mark (UtWordRules    *self,
          const UtLetter *letters,
          gsize           n)
{
  gunichar c = letters[0].c;

  if (c != '.' && c != '-' && c != '*' && c != '!' && c != '?' && c != ELLIPSIS && c != EM_DASH)
    {
      emit (self, letters, 1, NULL);
      return 1;
    }

  gsize run = count_run (letters, n, c);

  if (c == ELLIPSIS || (c == '.' && run > 1))
    emit (self, letters, run, "...");
  else if (c == EM_DASH || (c == '-' && run > 1))
    emit (self, letters, run, "--");
  else if (c == '!' || c == '?')
    run = cut_exclamation (self, letters, n, run);
  else
    emit (self, letters, run, NULL);

  return run;
}

static gboolean
is_opening (gunichar c)
{
  return c == '(' || c == '[' || c == '{' || c == '<' || c == '"' || c == '`' || c == '\''
         || c == '-' || c == EM_DASH || c == ELLIPSIS || c == '/' || c == '.';
}

static gboolean
is_listed (const char         *word,
           gsize               length,
           const char * const *words,
           gsize               n_words)
{
  for (gsize i = 0; i < n_words; i++)
    {
      if (strlen (words[i]) == length && g_ascii_strncasecmp (word, words[i], length) == 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
_ut_word_rules_is_title (const char *word,
                         gsize       length)
{
  return is_listed (word, length, titles, G_N_ELEMENTS (titles));
}

gboolean
_ut_word_rules_is_before_number (const char *word,
                                 gsize       length)
{
  return is_listed (word, length, before_numbers, G_N_ELEMENTS (before_numbers));
}

void
_ut_word_rules_init (UtWordRules     *self,
                     UtWordRulesEmit  emit_word_cb,
                     gpointer         data)
{
  *self = (UtWordRules) { .emit = emit_word_cb, .data = data };
}

void
_ut_word_rules_cut (UtWordRules    *self,
                    const UtLetter *letters,
                    gsize           n,
                    gunichar        next)
{
  gsize i = 0;

  while (i < n)
    {
      gunichar c = letters[i].c;

      if (c == '"' || c == '\'' || c == '`')
        i += cut_quote (self, letters + i, n - i, i == 0 || is_opening (letters[i - 1].c));
      else if (is_word_letter (c))
        i += cut_word (self, letters + i, n - i, next);
      else
        i += cut_mark (self, letters + i, n - i);
    }
}
