/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "lab-fixture.h"

#include "ut-model-private.h"

#include <math.h>
#include <string.h>

#define CONFIG \
  "{\\\"cell\\\":\\\"rnn\\\",\\\"hidden-size\\\":2,\\\"embedding-size\\\":2,\\\"data\\\":null}"
#define VOCABULARY "[\\\"[pad]\\\",\\\"[unk]\\\",\\\"good\\\"]"
#define METADATA \
  "\"__metadata__\":{\"format\":\"pt\",\"undertone.version\":\"0\"," \
  "\"undertone.config\":\"" CONFIG "\"," \
  "\"undertone.vocabulary\":\"" VOCABULARY "\",\"undertone.data\":\"{}\"}"
#define TENSOR(name, shape, offsets) \
  "\"" name "\":{\"dtype\":\"F32\",\"shape\":" shape ",\"data_offsets\":" offsets "}"
#define EMBEDDING TENSOR ("embedding.weight", "[3,2]", "[0,24]")
#define INPUT TENSOR ("rnn.weight_ih_l0", "[2,2]", "[24,40]")
#define REST \
  TENSOR ("rnn.weight_hh_l0", "[2,2]", "[40,56]") "," \
  TENSOR ("rnn.bias_ih_l0", "[2]", "[56,64]") "," \
  TENSOR ("rnn.bias_hh_l0", "[2]", "[64,72]") "," \
  TENSOR ("fc.weight", "[1,2]", "[72,80]") "," \
  TENSOR ("fc.bias", "[1]", "[80,84]")
#define HEADER "{" METADATA "," EMBEDDING "," INPUT "," REST "}"
#define N_NUMBERS 21

/* A model file of @header and numbers of which the first two, of [pad], are zero. */
static GByteArray *
make_file (const char *header,
           gsize       n_numbers)
{
  GByteArray *file = g_byte_array_new ();
  guint64 length = GUINT64_TO_LE (strlen (header));

  g_byte_array_append (file, (const guint8 *) &length, sizeof length);
  g_byte_array_append (file, (const guint8 *) header, (guint) strlen (header));
  for (gsize i = 0; i < n_numbers; i++)
    {
      float number = i < 2 ? 0 : (float) i / 8;

      g_byte_array_append (file, (const guint8 *) &number, sizeof number);
    }

  return file;
}

static UtModel *
load_bytes (Fixture     *fixture,
            GByteArray  *bytes,
            GError     **error)
{
  g_autofree char *path = fixture_write (fixture, "hostile", (const char *) bytes->data,
                                         bytes->len);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return ut_model_load (file, NULL, error);
}

static void
assert_refused (Fixture    *fixture,
                GByteArray *bytes,
                const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) model = load_bytes (fixture, bytes, &error);

  g_assert_null (model);
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "/hostile: "));
  if (strstr (error->message, reason) == NULL)
    g_error ("“%s” is not in “%s”", reason, error->message);
}

static void
assert_header_refused (Fixture    *fixture,
                       const char *header,
                       const char *reason)
{
  g_autoptr (GByteArray) bytes = make_file (header, N_NUMBERS);

  assert_refused (fixture, bytes, reason);
}

static void
test_hand_made (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GByteArray) bytes = make_file (HEADER, N_NUMBERS);
  g_autoptr (GError) error = NULL;

  g_test_summary ("What the tests of hostile files start from is a good model");

  g_autoptr (UtModel) model = load_bytes (fixture, bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpint (ut_config_get_cell (ut_model_get_config (model)), ==, UT_CELL_RNN);
  g_assert_cmpuint (ut_vocabulary_get_size (ut_model_get_vocabulary (model)), ==, 3);

  const UtNnModel *weights = ut_model_get_weights (model);
  const UtNnTensor *bias = ut_nn_model_find_tensor (weights, "fc.bias");

  g_assert_cmpfloat (ut_nn_model_peek_data (weights, bias)[0], ==, 20 / 8.0f);
}

#define REPLACED(part) "{" METADATA "," part "," INPUT "," REST "}"
#define WITH_CONFIG(config, vocabulary) \
  "{\"__metadata__\":{\"undertone.config\":\"" config "\"," \
  "\"undertone.vocabulary\":\"" vocabulary "\"," \
  "\"undertone.data\":\"{}\"}," EMBEDDING "," INPUT "," REST "}"

static void
test_hostile_headers (Fixture       *fixture,
                      gconstpointer  data)
{
  static const struct { const char *header; const char *reason; } cases[] = {
    { "", "header is damaged" },
    { "[]", "not a JSON object" },
    { "{\"a\":", "header is damaged" },
    { "{}", "84 bytes" },
    { "{" EMBEDDING "," INPUT "," REST "}", "undertone.config" },
    { "{\"__metadata__\":3," EMBEDDING "," INPUT "," REST "}", "map of texts" },
    { "{\"__metadata__\":{\"a\":3}," EMBEDDING "," INPUT "," REST "}", "map of texts" },
    { "{" METADATA "," EMBEDDING "," EMBEDDING "," INPUT "," REST "}", "twice" },
    { REPLACED ("\"embedding.weight\":3"), "no description" },
    { REPLACED ("\"embedding.weight\":{\"dtype\":\"F64\",\"shape\":[3,2],\"data_offsets\":[0,24]}"),
      "F32" },
    { REPLACED ("\"embedding.weight\":{\"dtype\":[],\"shape\":[3,2],\"data_offsets\":[0,24]}"),
      "F32" },
    { REPLACED (TENSOR ("embedding.weight", "[3,2]", "[24,0]")), "outside" },
    { REPLACED (TENSOR ("embedding.weight", "[3,2]", "[-24,0]")), "outside" },
    { REPLACED (TENSOR ("embedding.weight", "[3,2]", "[84,108]")), "outside" },
    { REPLACED (TENSOR ("embedding.weight", "[3,2]", "[0]")), "outside" },
    { REPLACED (TENSOR ("embedding.weight", "[4,2]", "[0,32]")), "overlaps" },
    { REPLACED (TENSOR ("embedding.weight", "[3,2]", "[0,20]")), "do not fit" },
    { REPLACED (TENSOR ("embedding.weight", "[2,2]", "[8,24]")), "gap" },
    { REPLACED (TENSOR ("embedding.weight", "[]", "[0,24]")), "dimensions" },
    { REPLACED (TENSOR ("embedding.weight", "[3,2,1]", "[0,24]")), "dimensions" },
    { REPLACED (TENSOR ("embedding.weight", "[0,2]", "[0,0]")), "impossible" },
    { REPLACED (TENSOR ("embedding.weight", "[-3,-2]", "[0,24]")), "impossible" },
    { REPLACED (TENSOR ("embedding.weight", "[3.0,2]", "[0,24]")), "impossible" },
    /* (2^62 + 6) times 4 is 24 more than 2^64. */
    { REPLACED (TENSOR ("embedding.weight", "[4611686018427387910,1]", "[0,24]")), "do not fit" },
    { REPLACED (TENSOR ("embedding.weight", "[99999999999999999999,1]", "[0,24]")), "" },
    { REPLACED (TENSOR ("embedding.weight", "[2,3]", "[0,24]")), "numbers" },
    { REPLACED (TENSOR ("embedding.bias", "[3,2]", "[0,24]")), "missing" },
    { "{" METADATA "," EMBEDDING "," TENSOR ("rnn.other", "[2,2]", "[24,40]") ","
      REST "}", "“rnn.weight_ih_l0” is missing" },
    { "{" METADATA "," EMBEDDING "," TENSOR ("rnn.weight_ih_l0", "[4]", "[24,40]") "," REST "}",
      "another shape" },
    { WITH_CONFIG ("[]", VOCABULARY), "undertone.config" },
    { WITH_CONFIG ("{", VOCABULARY), "undertone.config" },
    { WITH_CONFIG ("{\\\"cell\\\":\\\"lstm\\\",\\\"hidden-size\\\":2,\\\"embedding-size\\\":2}",
                   VOCABULARY),
      "numbers" },
    { WITH_CONFIG ("{\\\"hidden-size\\\":4096,\\\"embedding-size\\\":4096}", VOCABULARY),
      "numbers" },
    { WITH_CONFIG ("{\\\"hidden-size\\\":1e99}", VOCABULARY), "Hidden size" },
    { WITH_CONFIG (CONFIG, "{}"), "" },
    { WITH_CONFIG (CONFIG, "[\\\"[pad]\\\",\\\"[unk]\\\"]"), "as many words" },
    { WITH_CONFIG (CONFIG, "[\\\"[pad]\\\",\\\"[unk]\\\",\\\"a\\\",\\\"b\\\"]"),
      "too many values" },
    { WITH_CONFIG (CONFIG, "[\\\"[pad]\\\",\\\"[unk]\\\",3]"), "not a text" },
    { WITH_CONFIG (CONFIG, "[\\\"[pad]\\\",\\\"[unk]\\\",\\\"[unk]\\\"]"), "" },
    { WITH_CONFIG (CONFIG, "[\\\"a\\\",\\\"b\\\",\\\"c\\\"]"), "" },
  };

  g_test_summary ("Each header that lies is refused with the file's name and the reason");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_header_refused (fixture, cases[i].header, cases[i].reason);
}

static void
test_extra_tensor (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GByteArray) bytes =
    make_file ("{" METADATA "," EMBEDDING "," INPUT "," REST ","
               TENSOR ("extra", "[1]", "[84,88]") "}",
               N_NUMBERS + 1);

  assert_refused (fixture, bytes, "numbers");
}

static void
test_hostile_bytes (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GByteArray) bytes = make_file (HEADER, N_NUMBERS);
  guint numbers = bytes->len - N_NUMBERS * sizeof (float);
  static const guint64 lengths[] = { 0xffffffffffffffff, 0x7fffffffffffffff, 0x100000000, 200000000,
                                     5000 };
  float nan = NAN;
  float one = 1;

  g_test_summary ("Truncated files, lying lengths, numbers that are none, a pad row that is not "
                  "zero");

  for (guint length = 0; length < bytes->len; length += length < numbers ? 97 : 1)
    {
      g_autoptr (GByteArray) cut = g_byte_array_append (g_byte_array_new (), bytes->data, length);

      assert_refused (fixture, cut, "");
    }
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) lying = g_byte_array_append (g_byte_array_new (), bytes->data,
                                                         bytes->len);
      guint64 length = GUINT64_TO_LE (lengths[i]);

      memcpy (lying->data, &length, sizeof length);
      assert_refused (fixture, lying, "header");
    }

  memcpy (bytes->data + numbers + 12, &nan, sizeof nan);
  assert_refused (fixture, bytes, "not a number");
  memcpy (bytes->data + numbers + 12, &one, sizeof one);
  memcpy (bytes->data + numbers, &one, sizeof one);
  assert_refused (fixture, bytes, "[pad]");
}

static void
test_nested (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const shapes[] = { "%s", "{\"__metadata__\":%s}",
                                         "{\"__metadata__\":{\"undertone.config\":\"%s\"}}" };

  g_test_summary ("Four hundred thousand brackets, in the header and in one of its texts");

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *brackets = g_strnfill (400000, '[');
      const char *place = strstr (shapes[i], "%s");
      g_autoptr (GString) header = g_string_new_len (shapes[i], place - shapes[i]);

      g_string_append (header, brackets);
      g_string_append (header, place + 2);

      g_autoptr (GByteArray) bytes = make_file (header->str, 0);

      assert_refused (fixture, bytes, "too deep");
    }
}

static void
test_not_files (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *missing = fixture_path (fixture, "missing");
  const char * const paths[] = { missing, fixture->directory, "/dev/zero", fixture->train_path };

  g_test_summary ("What is missing, no file, a device or something else entirely");

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (ut_model_load (file, NULL, &error));
      g_assert_nonnull (strstr (error->message, paths[i]));
    }

  g_autoptr (GFile) file = g_file_new_for_path (fixture->train_path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (ut_model_load (file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_LSTM, 1);
  g_autoptr (UtModel) model = fixture_train (fixture, config, "model");
  g_autofree char *path = fixture_path (fixture, "model");
  g_autofree char *copy_path = fixture_path (fixture, "copy");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) copy = g_file_new_for_path (copy_path);
  g_autoptr (GAsyncResult) loading = NULL;
  g_autoptr (GAsyncResult) saving = NULL;
  g_autoptr (GError) error = NULL;

  g_test_summary ("A model that is loaded and saved is the same file, and says what it learned "
                  "from");

  ut_model_load_async (file, NULL, fixture_result_cb, &loading);
  SPIN_UNTIL (loading != NULL);

  g_autoptr (UtModel) loaded = ut_model_load_finish (loading, &error);

  g_assert_no_error (error);
  ut_model_save_async (loaded, copy, NULL, fixture_result_cb, &saving);
  SPIN_UNTIL (saving != NULL);
  ut_model_save_finish (saving, &error);
  g_assert_no_error (error);

  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize first_length, second_length;

  g_file_get_contents (path, &first, &first_length, &error);
  g_file_get_contents (copy_path, &second, &second_length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (first, first_length, second, second_length);
  g_assert_cmpuint (*(guint64 *) (void *) first % 8, ==, 0);

  const UtDataFacts *facts = ut_model_get_facts (loaded);

  g_assert_cmpuint (facts->train_rows, ==, FIXTURE_N_TRAIN);
  g_assert_cmpuint (facts->dev_rows, ==, FIXTURE_N_DEV);
  g_assert_cmpuint (strlen (facts->train_hash), ==, 64);
  g_assert_null (facts->vectors_hash);
  g_assert_false (facts->reviews);
  g_assert_null (strstr (first, fixture->directory));

  /* One that read whole reviews says so. */
  const UtDataFacts reviews = { .reviews = TRUE };
  UtNnModel *weights = NULL;

  g_assert_cmpint (ut_nn_model_copy (ut_model_get_weights (loaded), &weights), ==, UT_NN_OK);

  g_autoptr (UtModel) reader = ut_model_new (ut_model_get_config (loaded),
                                             ut_model_get_vocabulary (loaded), NULL, weights,
                                             &reviews);

  g_assert_true (ut_model_save (reader, copy, NULL, &error));
  g_assert_no_error (error);

  g_autoptr (UtModel) again = ut_model_load (copy, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ut_model_get_facts (again)->reviews);
}

/* Of settings that change what tensors there are. */
static void
test_forms (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    UtSetting setting;
    double value;
    const char *tensor;
  } forms[] = {
    { UT_SETTING_LAYERS, 3, "rnn.weight_ih_l2" },
    { UT_SETTING_BIDIRECTIONAL, 1, "rnn.bias_hh_l0_reverse" },
    { UT_SETTING_READOUT, UT_READOUT_ATTENTION, "context.weight" },
    { UT_SETTING_SUBWORDS, 1, "subword.weight" },
  };
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_GRU, 1);

  g_test_summary ("Models with layers, directions, attention and subwords come back from their "
                  "files and answer as before");

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (UtConfig) config = fixture_config_with (base, forms[i].setting, forms[i].value);
      g_autoptr (UtModel) model = fixture_train (fixture, config, "model");
      g_autofree char *path = fixture_path (fixture, "model");
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GError) error = NULL;
      g_autoptr (UtModel) loaded = ut_model_load (file, NULL, &error);
      const char *text = "a film of unheard-of goodness";

      g_assert_no_error (error);
      g_assert_nonnull (ut_nn_model_find_tensor (ut_model_get_weights (loaded), forms[i].tensor));

      g_autoptr (UtPrediction) first = ut_prediction_new (model, text, strlen (text),
                                                          UT_READING_WHOLE, NULL, &error);
      g_autoptr (UtPrediction) second = ut_prediction_new (loaded, text, strlen (text),
                                                           UT_READING_WHOLE, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (first->n_words, ==, 5);
      for (gsize word = 0; word < first->n_words; word++)
        g_assert_cmpfloat (first->words[word].logit, ==, second->words[word].logit);
    }
}

static void
test_rules (Fixture       *fixture,
            gconstpointer  data)
{
  static const char rule[] = "{\\\"hash\\\":\\\"fnv1a-32\\\",\\\"min_length\\\":3,\\\"max_length\\\":5";
  static const struct
  {
    const char *from;
    const char *to;
    const char *reason;
  } cases[] = {
    { "fnv1a-32", "fnv1a-64", "no rule that this version knows" },
    { "min_length", "min-length", "no rule that this version knows" },
    { ":3,", ":9,", "no rule that this version knows" },
    { ":65536", ":65535", "numbers" },
    { "undertone.subwords", "undertone.subwordz", "undertone.subwords" },
  };
  g_autoptr (UtConfig) base = fixture_config (fixture, UT_CELL_RNN, 1);
  g_autoptr (UtConfig) config = fixture_config_with (base, UT_SETTING_SUBWORDS, 1);
  g_autoptr (UtModel) model = fixture_train (fixture, config, "model");
  g_autofree char *path = fixture_path (fixture, "model");
  g_autofree char *contents = NULL;
  gsize length;

  g_test_summary ("The rule by which words are cut stands in the file; another one is refused");

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  fixture_forget_checksum (contents, length);
  /* Behind the length of the header. */
  const char *metadata = g_strstr_len (contents + 8, (gssize) length - 8, "undertone.subwords");

  g_assert_nonnull (g_strstr_len (metadata, 100, rule));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      gsize offset = (gsize) (g_strstr_len (metadata, 200, cases[i].from) - contents);

      g_byte_array_append (bytes, (const guint8 *) contents, (guint) length);
      memcpy (bytes->data + offset, cases[i].to, strlen (cases[i].to));
      assert_refused (fixture, bytes, cases[i].reason);
    }
}

/* (transfer full): what @bytes are refused with. */
static GError *
refuse_bytes (const char *bytes,
              gsize       length)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length,
                                                                         NULL);
  GError *error = NULL;
  g_autoptr (UtModel) model = _ut_model_load_stream ("that", stream, length, NULL, &error);

  g_assert_null (model);
  return error;
}

static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (UtConfig) config = fixture_config (fixture, UT_CELL_RNN, 1);
  g_autoptr (UtModel) model = fixture_train (fixture, config, "model");
  g_autofree char *path = fixture_path (fixture, "model");
  g_autofree char *bytes = NULL;
  gsize length;

  g_test_summary ("Whatever bit changes, the model is refused, with what to do");

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));

  gsize n_header = 8 + (gsize) *(guint64 *) (void *) bytes;

  for (gsize i = 0; i < length; i++)
    for (guint bit = i % 8; bit < 8; bit += i < n_header ? 1 : 8)
      {
        bytes[i] ^= (char) (1 << bit);

        g_autoptr (GError) error = refuse_bytes (bytes, length);

        g_assert_true (g_str_has_prefix (error->message, "that: "));
        if (strstr (error->message, "a copy of") == NULL)
          g_error ("Byte %zu, bit %u: %s", i, bit, error->message);
        bytes[i] ^= (char) (1 << bit);
      }

  /* A file from before there were checksums is still a model. */
  g_autoptr (GByteArray) older = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  fixture_forget_checksum (bytes, length);
  g_byte_array_append (older, (const guint8 *) bytes, (guint) length);

  g_autoptr (UtModel) loaded = load_bytes (fixture, older, &error);

  g_assert_no_error (error);
  g_assert_nonnull (loaded);
}

static void
test_save_badly (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr (GByteArray) bytes = make_file (HEADER, N_NUMBERS);
  g_autoptr (GError) error = NULL;
  g_autoptr (UtModel) model = load_bytes (fixture, bytes, &error);
  g_autofree char *nowhere = fixture_path (fixture, "no/where");
  const char * const paths[] = { nowhere, fixture->directory, "/dev/null" };

  g_test_summary ("A place where no file can be is named, and stays as it was");

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);

      g_assert_false (ut_model_save (model, file, NULL, &error));
      g_assert_nonnull (strstr (error->message, paths[i]));
      g_clear_error (&error);
    }
  g_assert_true (g_file_test ("/dev/null", G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test ("/dev/null", G_FILE_TEST_IS_REGULAR));

  /* Nothing is left of a file that was given up. */
  g_autofree char *path = fixture_path (fixture, "given-up");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_false (ut_model_save (model, file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_autoptr (GDir) directory = g_dir_open (fixture->directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (directory)) != NULL)
    g_assert_null (strstr (name, "given-up"));
}

#define ADD(path, function) \
  g_test_add ("/model/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("hand-made", test_hand_made);
  ADD ("hostile/headers", test_hostile_headers);
  ADD ("hostile/extra-tensor", test_extra_tensor);
  ADD ("hostile/bytes", test_hostile_bytes);
  ADD ("hostile/nested", test_nested);
  ADD ("not-files", test_not_files);
  ADD ("round-trip", test_round_trip);
  ADD ("forms", test_forms);
  ADD ("rules", test_rules);
  ADD ("damaged", test_damaged);
  ADD ("save-badly", test_save_badly);

  return g_test_run ();
}
