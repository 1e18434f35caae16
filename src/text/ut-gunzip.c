/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "config.h"

#include "ut-gunzip-private.h"

struct _UtGunzip
{
  GObject parent_instance;
  GConverter *member; /* (owned): unpacks one of those in a row */
  gboolean between;   /* one has ended, and nothing of the next one was seen */
};

static void converter_init (GConverterIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (UtGunzip, _ut_gunzip, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER, converter_init))

static GConverterResult
_ut_gunzip_convert (GConverter       *converter,
                    const void       *input,
                    gsize             input_size,
                    void             *output,
                    gsize             output_size,
                    GConverterFlags   flags,
                    gsize            *n_read,
                    gsize            *n_written,
                    GError          **error)
{
  UtGunzip *self = UT_GUNZIP (converter);

  *n_read = 0;
  *n_written = 0;
  if (self->between && input_size == 0)
    {
      if (flags & G_CONVERTER_INPUT_AT_END)
        return G_CONVERTER_FINISHED;

      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "");
      return G_CONVERTER_ERROR;
    }

  self->between = FALSE;

  GConverterResult result = g_converter_convert (self->member, input, input_size, output,
                                                 output_size, flags, n_read, n_written, error);

  if (result != G_CONVERTER_FINISHED)
    return result;

  g_converter_reset (self->member);
  self->between = TRUE;
  return G_CONVERTER_CONVERTED;
}

static void
_ut_gunzip_reset (GConverter *converter)
{
  UtGunzip *self = UT_GUNZIP (converter);

  g_converter_reset (self->member);
  self->between = FALSE;
}

static void
converter_init (GConverterIface *iface)
{
  iface->convert = _ut_gunzip_convert;
  iface->reset = _ut_gunzip_reset;
}

static void
_ut_gunzip_dispose (GObject *object)
{
  UtGunzip *self = UT_GUNZIP (object);

  g_clear_object (&self->member);
  G_OBJECT_CLASS (_ut_gunzip_parent_class)->dispose (object);
}

static void
_ut_gunzip_class_init (UtGunzipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = _ut_gunzip_dispose;
}

static void
_ut_gunzip_init (UtGunzip *self)
{
  self->member = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
}

GConverter *
_ut_gunzip_new (void)
{
  return g_object_new (UT_TYPE_GUNZIP, NULL);
}
