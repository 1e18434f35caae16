/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "data-archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

static la_ssize_t
write_cb (struct archive *archive,
          void           *data,
          const void     *bytes,
          size_t          length)
{
  g_byte_array_append (data, bytes, (guint) length);
  return (la_ssize_t) length;
}

GBytes *
data_archive_new (const DataMember *members,
                  const char       *options)
{
  struct archive *archive = archive_write_new ();
  GByteArray *bytes = g_byte_array_new ();

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_set_options (archive, options), ==, ARCHIVE_OK);
  archive_write_set_passphrase (archive, "secret");
  archive_write_set_bytes_in_last_block (archive, 1);
  g_assert_cmpint (archive_write_open2 (archive, bytes, NULL, write_cb, NULL, NULL), ==,
                   ARCHIVE_OK);

  for (const DataMember *member = members; member->name != NULL; member++)
    {
      struct archive_entry *entry = archive_entry_new ();
      gsize length = member->length > 0 ? member->length : strlen (member->text);

      archive_entry_set_pathname (entry, member->name);
      archive_entry_set_filetype (entry, member->link != NULL ? AE_IFLNK : AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, member->link != NULL ? 0 : (la_int64_t) length);
      if (member->link != NULL)
        archive_entry_set_symlink (entry, member->link);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      if (member->link == NULL)
        g_assert_cmpint (archive_write_data (archive, member->text, length), ==,
                         (la_ssize_t) length);
      archive_entry_free (entry);
    }

  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  return g_byte_array_free_to_bytes (bytes);
}

char *
data_make_rows (guint n)
{
  static const char * const words[] = { "a", "film", "good", "dull", "scene", "music", "is", "it" };
  GString *text = g_string_new ("sentence\tlabel\n");
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < n; i++)
    {
      for (guint j = 0; j < 12; j++)
        g_string_append_printf (text, "%s%u ",
                                words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))],
                                g_rand_int_range (random, 0, 10000));
      g_string_append_printf (text, "\t%u\n", i % 2);
    }

  return g_string_free (text, FALSE);
}

char *
data_make_vectors (guint n,
                   guint dimension)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "word%u", i);
      for (guint j = 0; j < dimension; j++)
        g_string_append_printf (text, " %d.%05d", g_rand_int_range (random, -2, 2),
                                g_rand_int_range (random, 0, 100000));
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static char *
make_list (const char *address,
           gsize       size,
           const char *sha256,
           const char *source)
{
  g_autofree char *sum = sha256 != NULL ? g_strdup_printf ("\"sha256\": \"%s\",", sha256)
                                        : g_strdup ("");

  return g_strdup_printf ("{\"archives\": [{\"address\": \"%s\", \"size\": %zu, %s"
                          "\"licence\": \"free\", \"citation\": \"somebody\","
                          "\"sources\": [%s]}]}", address, size, sum, source);
}

char *
data_list_dataset (const char *address,
                   gsize       size,
                   const char *sha256,
                   const char *more)
{
  g_autofree char *source =
    g_strdup_printf ("{\"id\": \"set\", \"title\": \"Set\", \"kind\": \"dataset\","
                     "\"unit\": \"review\", \"members\": ["
                     "{\"name\": \"set/train.tsv\", \"part\": \"train\"%s},"
                     "{\"name\": \"set/dev.tsv\", \"part\": \"dev\"}]}", more);

  return make_list (address, size, sha256, source);
}

char *
data_list_vectors (const char *address,
                   gsize       size,
                   guint       dimension,
                   const char *more)
{
  g_autofree char *source =
    g_strdup_printf ("{\"id\": \"words\", \"title\": \"Words\", \"kind\": \"vectors\","
                     "\"dimension\": %u, \"members\": ["
                     "{\"name\": \"words.txt\", \"file\": \"words.txt\"%s}]}", dimension, more);

  return make_list (address, size, NULL, source);
}
