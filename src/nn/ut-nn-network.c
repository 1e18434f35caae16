/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright 2026 The Undertone authors */

#include "ut-nn-bag-private.h"
#include "ut-nn-differentiator.h"
#include "ut-nn-model-private.h"
#include "ut-nn-network-private.h"
#include "ut-nn-predictor.h"
#include "ut-nn-trainer.h"

#include <string.h>

static bool
answers_by_position (const UtNnNetwork *network)
{
  return (network->shape.faults & UT_NN_FAULT_LOSS) != 0;
}

UtNnStatus
_ut_nn_network_init (UtNnNetwork     *network,
                     const UtNnShape *shape)
{
  if (!_ut_nn_shape_lay_out (shape, &network->layout))
    return UT_NN_ERROR_SHAPE;

  network->shape = *shape;
  network->n_dense = network->layout.n_numbers - network->layout.first_dense;
  network->is_bag = shape->cell == UT_NN_CELL_BAG;
  network->input_width = _ut_nn_round_up (shape->embedding);
  _ut_nn_stack_init (&network->stack, shape);
  _ut_nn_readout_init (&network->readout, shape);
  return UT_NN_OK;
}

void
_ut_nn_network_place_weights (const UtNnNetwork  *network,
                              UtNnArena          *arena,
                              bool                for_training,
                              UtNnNetworkWeights *weights)
{
  _ut_nn_stack_place_weights (&network->stack, arena, for_training, &weights->stack);
  _ut_nn_readout_place_weights (&network->readout, arena, for_training, &weights->readout);
  weights->fc_weight = _ut_nn_arena_take (arena, network->readout.feature_width, sizeof (UtReal));
}

void
_ut_nn_network_place_workspace (const UtNnNetwork      *network,
                                UtNnArena              *arena,
                                const UtNnDropoutRates *rates,
                                size_t                  max_sentences,
                                size_t                  max_length,
                                UtNnWorkspace          *workspace)
{
  UtNnFaults faults = network->shape.faults;
  size_t n_sentences = _ut_nn_count_shard_sentences (faults, max_sentences);
  /* Of a step: those of sentences or, along the batch, of positions. */
  size_t n_states = (faults & UT_NN_FAULT_STATE) != 0 ? max_length : n_sentences;
  size_t width = network->input_width;
  size_t n_tokens;

  if (__builtin_mul_overflow (n_sentences, max_length, &n_tokens))
    {
      arena->overflow = true;
      return;
    }

  workspace->x = _ut_nn_arena_take_reals (arena, n_tokens, width);
  if (!network->is_bag)
    {
      _ut_nn_stack_place_cache (&network->stack, arena, rates, n_states, n_tokens,
                                &workspace->stack);
      _ut_nn_readout_place_cache (&network->readout, arena, rates != NULL, n_sentences, n_tokens,
                                  &workspace->readout);
    }
  workspace->logits = _ut_nn_arena_take (arena, n_sentences, sizeof (UtReal));
  if (answers_by_position (network))
    workspace->scores = _ut_nn_arena_take (arena, n_tokens, sizeof (UtReal));
  if (rates == NULL)
    return;

  workspace->d_logits = _ut_nn_arena_take (arena, n_sentences, sizeof (UtReal));
  workspace->d_x = _ut_nn_arena_take_reals (arena, n_tokens, width);
  if (rates->word > 0.0)
    workspace->keeps = _ut_nn_arena_take (arena, n_tokens, sizeof *workspace->keeps);
  if (rates->embedding > 0.0)
    workspace->x_masks = _ut_nn_arena_take_reals (arena, n_tokens, width);
  if (rates->readout > 0.0)
    workspace->pooled_masks = _ut_nn_arena_take_reals (arena, n_sentences,
                                                       network->readout.feature_width);
}

void
_ut_nn_network_place_dense (const UtNnNetwork *network,
                            UtNnArena         *arena,
                            UtNnWorkspace     *workspace)
{
  workspace->dense = _ut_nn_arena_take (arena, network->n_dense, sizeof (UtReal));
}

static uint64_t
count_workspace (const UtNnShape        *shape,
                 const UtNnDropoutRates *rates,
                 bool                    learns,
                 size_t                  max_sentences,
                 size_t                  max_length)
{
  UtNnNetwork network;
  UtNnWorkspace workspace;
  UtNnArena arena = { 0 };
  uint64_t n_bytes;

  if (_ut_nn_network_init (&network, shape) != UT_NN_OK)
    return 0;

  _ut_nn_network_place_workspace (&network, &arena, rates, max_sentences, max_length, &workspace);
  if (learns)
    _ut_nn_network_place_dense (&network, &arena, &workspace);
  if (arena.overflow
      || __builtin_mul_overflow (arena.used, _ut_nn_count_shards (shape->faults, max_sentences),
                                 &n_bytes))
    return UINT64_MAX;
  return n_bytes;
}

uint64_t
ut_nn_shape_count_workspace (const UtNnShape          *shape,
                             const UtNnTrainerOptions *options,
                             size_t                    max_sentences,
                             size_t                    max_length)
{
  UtNnDropoutRates rates;

  if (options != NULL)
    rates = _ut_nn_dropout_rates (options);
  return count_workspace (shape, options != NULL ? &rates : NULL, options != NULL, max_sentences,
                          max_length);
}

uint64_t
ut_nn_differentiator_count_workspace (const UtNnShape *shape,
                                      size_t           max_sentences,
                                      size_t           max_length)
{
  const UtNnDropoutRates no_dropout = { 0 };

  return count_workspace (shape, &no_dropout, false, max_sentences, max_length);
}

void
_ut_nn_network_pack (const UtNnNetwork  *network,
                     const UtReal       *parameters,
                     UtNnNetworkWeights *weights)
{
  const UtNnLayout *layout = &network->layout;
  const UtNnTensor *tensors = layout->tensors;

  for (size_t i = 0; i < network->stack.n_layers; i++)
    for (size_t direction = 0; direction < network->stack.n_directions; direction++)
      {
        const UtNnTensor *first = tensors + layout->layers[i][direction];

        _ut_nn_layer_pack (&network->stack.layers[i],
                           parameters + first[UT_NN_LAYER_WEIGHT_IH].offset,
                           parameters + first[UT_NN_LAYER_WEIGHT_HH].offset,
                           parameters + first[UT_NN_LAYER_BIAS_IH].offset,
                           parameters + first[UT_NN_LAYER_BIAS_HH].offset,
                           &weights->stack.layers[i][direction]);
      }
  if (network->shape.readout == UT_NN_READOUT_ATTENTION)
    _ut_nn_readout_pack (&network->readout, parameters + tensors[layout->attention].offset,
                         parameters + tensors[layout->attention + 1].offset,
                         parameters + tensors[layout->attention + 2].offset, &weights->readout);
  if (!network->is_bag)
    memcpy (weights->fc_weight, parameters + tensors[layout->fc].offset,
            network->readout.n_features * sizeof (UtReal));
  weights->fc_bias = parameters[tensors[layout->n_tensors - 1].offset];
}

/* Ids from here on mean nothing. */
static size_t
count_ids (const UtNnShape     *shape,
           const UtNnSentences *sentences)
{
  const UtNnSubwords *extra = sentences->extra_subwords;

  if (shape->n_subwords == 0)
    return shape->vocabulary;
  return sentences->subwords->n_words + (extra != NULL ? extra->n_words : 0);
}

UtNnStatus
_ut_nn_network_fill (const UtNnNetwork   *network,
                     const UtNnModel     *model,
                     const UtNnSentences *sentences,
                     const uint32_t      *rows,
                     size_t               n_rows,
                     UtNnPacking         *packing)
{
  if (!_ut_nn_shape_is_equal (&model->shape, &network->shape))
    return UT_NN_ERROR_SHAPE;
  if (model->shape.n_subwords > 0 && sentences->subwords == NULL)
    return UT_NN_ERROR_SHAPE;
  return _ut_nn_packing_fill (packing, sentences, rows, n_rows,
                              count_ids (&model->shape, sentences));
}

void
_ut_nn_network_take (const UtNnNetwork   *network,
                     const UtReal        *parameters,
                     const UtNnSentences *sentences,
                     UtNnNetworkWeights  *weights)
{
  const UtNnLayout *layout = &network->layout;
  const UtReal *further = parameters + layout->tensors[layout->further].offset;

  weights->lookup = (UtNnLookup) {
    .n_columns = network->shape.embedding,
    .words = parameters + layout->tensors[layout->embedding].offset,
    .n_words = network->shape.vocabulary,
  };
  if (network->shape.n_subwords > 0)
    {
      weights->lookup.subwords = further;
      weights->lookup.listed = *sentences->subwords;
      if (sentences->extra_subwords != NULL)
        weights->lookup.extra = *sentences->extra_subwords;
    }
  if (network->shape.n_bigrams > 0)
    weights->lookup.bigrams = further;
  _ut_nn_network_pack (network, parameters, weights);
}

void
_ut_nn_network_look_up (const UtNnNetwork        *network,
                        const UtNnNetworkWeights *weights,
                        const UtNnSequence       *sequence,
                        const UtNnLesson         *lesson,
                        UtNnWorkspace            *workspace)
{
  size_t width = network->input_width;

  _ut_nn_lookup_run (&weights->lookup, sequence, lesson == NULL ? NULL : &lesson->dropout,
                     lesson == NULL ? 0.0 : lesson->rates.word, width, workspace->x,
                     workspace->keeps);
  if (lesson == NULL || lesson->rates.embedding == 0.0)
    return;

  _ut_nn_dropout_draw_tokens (&lesson->dropout, UT_NN_DROPOUT_EMBEDDING, sequence,
                              lesson->rates.embedding, width, workspace->x_masks);
  _ut_nn_dropout_apply (sequence->n_tokens * width, workspace->x_masks, workspace->x);
}

static UtReal
classify (const UtNnNetwork        *network,
          const UtNnKernels        *kernels,
          const UtNnNetworkWeights *weights,
          const UtReal             *pooled)
{
  return kernels->dot (network->readout.feature_width, weights->fc_weight, pooled)
         + weights->fc_bias;
}

/* With masks of what is dropped from the read-out. */
static UtReal
classify_masked (const UtNnNetwork        *network,
                 const UtNnNetworkWeights *weights,
                 const UtReal             *pooled,
                 const UtReal             *mask)
{
  UtReal sum = weights->fc_bias;

  for (size_t i = 0; i < network->readout.feature_width; i++)
    sum += weights->fc_weight[i] * pooled[i] * mask[i];
  return sum;
}

static void
classify_sentences (const UtNnNetwork        *network,
                    const UtNnKernels        *kernels,
                    const UtNnNetworkWeights *weights,
                    const UtNnSequence       *sequence,
                    const UtNnLesson         *lesson,
                    UtNnWorkspace            *workspace)
{
  size_t width = network->readout.feature_width;

  for (size_t s = 0; s < sequence->n_sentences; s++)
    {
      const UtReal *pooled = workspace->readout.pooled + s * width;

      if (lesson != NULL && lesson->rates.readout > 0.0)
        {
          UtReal *mask = workspace->pooled_masks + s * width;

          _ut_nn_dropout_draw (&lesson->dropout, UT_NN_DROPOUT_READOUT, sequence->items[s], 0,
                               lesson->rates.readout, width, mask);
          workspace->logits[s] = classify_masked (network, weights, pooled, mask);
        }
      else
        workspace->logits[s] = classify (network, kernels, weights, pooled);
    }
}

static UtReal
classify_bag (const UtNnNetwork        *network,
              const UtNnNetworkWeights *weights,
              const UtNnSequence       *sequence,
              const UtNnWorkspace      *workspace,
              size_t                    s,
              size_t                    length)
{
  return _ut_nn_bag_classify (sequence, workspace->x, network->input_width, weights->fc_bias, s,
                              length);
}

/* Each position's score, and what a sentence answers by them. */
static void
score (const UtNnNetwork        *network,
       const UtNnKernels        *kernels,
       const UtNnNetworkWeights *weights,
       const UtNnSequence       *sequence,
       UtNnWorkspace            *workspace)
{
  const UtReal *features = workspace->stack.output;

  for (size_t row = 0; row < sequence->n_tokens; row++)
    workspace->scores[row] = classify (network, kernels, weights,
                                       features + row * network->readout.feature_width);
  for (size_t s = 0; s < sequence->n_sentences; s++)
    workspace->logits[s] = _ut_nn_positions_get_logit (sequence, workspace->scores, s,
                                                       sequence->lengths[s]);
}

void
_ut_nn_network_read (const UtNnNetwork        *network,
                     const UtNnKernels        *kernels,
                     const UtNnNetworkWeights *weights,
                     const UtNnSequence       *sequence,
                     const UtNnLesson         *lesson,
                     UtNnWorkspace            *workspace)
{
  if (network->is_bag)
    {
      for (size_t s = 0; s < sequence->n_sentences; s++)
        workspace->logits[s] = classify_bag (network, weights, sequence, workspace, s,
                                             sequence->lengths[s]);
      return;
    }

  _ut_nn_stack_forward (&network->stack, kernels, &weights->stack, sequence, workspace->x,
                        lesson == NULL ? NULL : &lesson->dropout,
                        lesson == NULL ? 0.0 : lesson->rates.layer, &workspace->stack);
  if (answers_by_position (network))
    {
      score (network, kernels, weights, sequence, workspace);
      return;
    }
  _ut_nn_readout_forward (&network->readout, kernels, &weights->readout, sequence,
                          workspace->stack.output, &workspace->readout);
  classify_sentences (network, kernels, weights, sequence, lesson, workspace);
}

void
_ut_nn_network_forward (const UtNnNetwork        *network,
                        const UtNnKernels        *kernels,
                        const UtNnNetworkWeights *weights,
                        const UtNnSequence       *sequence,
                        const UtNnLesson         *lesson,
                        UtNnWorkspace            *workspace)
{
  _ut_nn_network_look_up (network, weights, sequence, lesson, workspace);
  _ut_nn_network_read (network, kernels, weights, sequence, lesson, workspace);
}

UtReal
_ut_nn_network_classify_prefix (const UtNnNetwork        *network,
                                const UtNnKernels        *kernels,
                                const UtNnNetworkWeights *weights,
                                const UtNnSequence       *sequence,
                                UtNnWorkspace            *workspace,
                                size_t                    s,
                                size_t                    length)
{
  if (network->is_bag)
    return classify_bag (network, weights, sequence, workspace, s, length);

  UtReal *pooled = workspace->readout.pooled + s * network->readout.feature_width;

  if (answers_by_position (network))
    return _ut_nn_positions_get_logit (sequence, workspace->scores, s, length);

  _ut_nn_readout_prefix (&network->readout, sequence, workspace->stack.output, &workspace->readout,
                         s, length, pooled);
  return classify (network, kernels, weights, pooled);
}

void
_ut_nn_network_read_whole (const UtNnNetwork        *network,
                           const UtNnKernels        *kernels,
                           const UtNnNetworkWeights *weights,
                           const UtNnSequence       *sequence,
                           UtNnWorkspace            *workspace,
                           UtNnStackWhole           *whole)
{
  _ut_nn_network_look_up (network, weights, sequence, NULL, workspace);
  _ut_nn_stack_read_whole (&network->stack, kernels, &weights->stack, sequence, workspace->x,
                           &workspace->stack, whole);
}

void
_ut_nn_network_read_prefixes (const UtNnNetwork        *network,
                              const UtNnKernels        *kernels,
                              const UtNnNetworkWeights *weights,
                              const UtNnSequence       *sequence,
                              const UtNnStackWhole     *whole,
                              UtNnWorkspace            *workspace)
{
  _ut_nn_stack_read_prefixes (&network->stack, kernels, &weights->stack, sequence, whole,
                              &workspace->stack);
  _ut_nn_readout_forward (&network->readout, kernels, &weights->readout, sequence,
                          workspace->stack.output, &workspace->readout);
  classify_sentences (network, kernels, weights, sequence, NULL, workspace);
}

UtNnOutcome
_ut_nn_network_compare (const UtNnNetwork   *network,
                        const UtNnSequence  *sequence,
                        const UtNnWorkspace *workspace,
                        size_t               s,
                        uint8_t              label)
{
  UtReal logit = workspace->logits[s];

  if (answers_by_position (network))
    return _ut_nn_positions_compare (sequence, workspace->scores, s, label);
  return (UtNnOutcome) {
    .answer = logit > 0 ? UT_NN_ANSWER_POSITIVE : UT_NN_ANSWER_NEGATIVE,
    .counts = true,
    .loss = ut_nn_loss ((double) logit, label),
  };
}

/* Where the gradient of a tensor stands. */
static UtReal *
get_gradient (const UtNnNetwork   *network,
              const UtNnWorkspace *workspace,
              size_t               tensor)
{
  return workspace->dense + (network->layout.tensors[tensor].offset - network->layout.first_dense);
}

/* d loss / d logit = (σ (logit) - target) / B; @fc_bias receives their sum. */
static void
loss_backward (const UtNnSequence *sequence,
               const UtNnLesson   *lesson,
               UtNnWorkspace      *workspace,
               UtReal             *fc_bias)
{
  for (size_t s = 0; s < sequence->n_sentences; s++)
    {
      double target = lesson->labels[sequence->items[s]] * (1.0 - lesson->smoothing)
                      + 0.5 * lesson->smoothing;
      double error = ut_nn_sigmoid ((double) workspace->logits[s]) - target;

      workspace->d_logits[s] = (UtReal) (error / (double) lesson->n_batch);
      *fc_bias += workspace->d_logits[s];
    }
}

static void
classifier_backward (const UtNnNetwork        *network,
                     const UtNnNetworkWeights *weights,
                     const UtNnSequence       *sequence,
                     const UtNnLesson         *lesson,
                     UtNnWorkspace            *workspace)
{
  size_t width = network->readout.feature_width;
  UtReal *fc_weight = get_gradient (network, workspace, network->layout.fc);

  for (size_t s = 0; s < sequence->n_sentences; s++)
    {
      UtReal d_logit = workspace->d_logits[s];
      const UtReal *pooled = workspace->readout.pooled + s * width;
      const UtReal *mask = lesson->rates.readout > 0.0 ? workspace->pooled_masks + s * width : NULL;
      UtReal *d_pooled = workspace->readout.d_pooled + s * width;

      for (size_t i = 0; i < network->readout.n_features; i++)
        {
          UtReal d = mask != NULL ? d_logit * mask[i] : d_logit;

          fc_weight[i] += d * pooled[i];
          d_pooled[i] = d * weights->fc_weight[i];
        }
    }
}

/* The classifier sees the features of every position. */
static void
scores_backward (const UtNnNetwork        *network,
                 const UtNnNetworkWeights *weights,
                 const UtNnSequence       *sequence,
                 const UtNnLesson         *lesson,
                 UtNnWorkspace            *workspace)
{
  size_t width = network->readout.feature_width;
  UtReal *d_features = workspace->stack.d_features[network->stack.n_layers - 1];
  UtReal *fc_weight = get_gradient (network, workspace, network->layout.fc);
  UtReal *fc_bias = get_gradient (network, workspace, network->layout.fc + 1);

  for (size_t s = 0; s < sequence->n_sentences; s++)
    _ut_nn_positions_differentiate (sequence, workspace->scores, s,
                                    lesson->labels[sequence->items[s]], lesson->n_batch);
  for (size_t row = 0; row < sequence->n_tokens; row++)
    {
      UtReal d_score = workspace->scores[row];
      const UtReal *features = workspace->stack.output + row * width;

      for (size_t i = 0; i < network->readout.n_features; i++)
        fc_weight[i] += d_score * features[i];
      for (size_t i = 0; i < width; i++)
        d_features[row * width + i] = d_score * weights->fc_weight[i];
      *fc_bias += d_score;
    }
}

/* From the loss's gradient to that of x. */
static void
layers_backward (const UtNnNetwork        *network,
                 const UtNnKernels        *kernels,
                 const UtNnNetworkWeights *weights,
                 const UtNnSequence       *sequence,
                 const UtNnLesson         *lesson,
                 UtNnWorkspace            *workspace)
{
  const UtNnLayout *layout = &network->layout;
  const UtNnStack *stack = &network->stack;
  UtNnStackGradients stack_gradients;
  UtNnReadoutGradients readout_gradients = { 0 };

  for (size_t i = 0; i < stack->n_layers; i++)
    for (size_t direction = 0; direction < stack->n_directions; direction++)
      {
        size_t first = layout->layers[i][direction];

        stack_gradients.layers[i][direction] = (UtNnLayerGradients) {
          .weight_ih = get_gradient (network, workspace, first + UT_NN_LAYER_WEIGHT_IH),
          .weight_hh = get_gradient (network, workspace, first + UT_NN_LAYER_WEIGHT_HH),
          .bias_ih = get_gradient (network, workspace, first + UT_NN_LAYER_BIAS_IH),
          .bias_hh = get_gradient (network, workspace, first + UT_NN_LAYER_BIAS_HH),
        };
      }
  if (network->shape.readout == UT_NN_READOUT_ATTENTION)
    readout_gradients = (UtNnReadoutGradients) {
      .weight = get_gradient (network, workspace, layout->attention),
      .bias = get_gradient (network, workspace, layout->attention + 1),
      .context = get_gradient (network, workspace, layout->attention + 2),
    };

  if (answers_by_position (network))
    scores_backward (network, weights, sequence, lesson, workspace);
  else
    {
      classifier_backward (network, weights, sequence, lesson, workspace);
      _ut_nn_readout_backward (&network->readout, kernels, &weights->readout, sequence,
                               workspace->stack.output, &workspace->readout,
                               workspace->stack.d_features[stack->n_layers - 1],
                               &readout_gradients);
    }
  _ut_nn_stack_backward (stack, kernels, &weights->stack, sequence, workspace->x,
                         lesson->rates.layer, &workspace->stack, workspace->d_x, &stack_gradients);
}

void
_ut_nn_network_backward (const UtNnNetwork        *network,
                         const UtNnKernels        *kernels,
                         const UtNnNetworkWeights *weights,
                         const UtNnSequence       *sequence,
                         const UtNnLesson         *lesson,
                         UtNnWorkspace            *workspace)
{
  const UtNnLayout *layout = &network->layout;

  memset (workspace->dense, 0, network->n_dense * sizeof (UtReal));
  if (!answers_by_position (network))
    loss_backward (sequence, lesson, workspace,
                   get_gradient (network, workspace, layout->n_tensors - 1));
  if (!network->is_bag)
    layers_backward (network, kernels, weights, sequence, lesson, workspace);
  else if (workspace->d_x != NULL)
    _ut_nn_bag_backward (sequence, workspace->d_logits, network->input_width, workspace->d_x);
  if (workspace->d_x != NULL && lesson->rates.embedding > 0.0)
    _ut_nn_dropout_apply (sequence->n_tokens * network->input_width, workspace->x_masks,
                          workspace->d_x);
}

void
_ut_nn_network_differentiate (const UtNnNetwork        *network,
                              const UtNnKernels        *kernels,
                              const UtNnNetworkWeights *weights,
                              const UtNnSequence       *sequence,
                              UtNnWorkspace            *workspace)
{
  const UtNnReadoutForm *readout = &network->readout;
  UtNnStackCache *stack = &workspace->stack;

  for (size_t s = 0; s < sequence->n_sentences; s++)
    workspace->d_logits[s] = 1;
  if (network->is_bag)
    {
      _ut_nn_bag_backward (sequence, workspace->d_logits, network->input_width, workspace->d_x);
      return;
    }

  /* A logit is the product of fc.weight and the read-out. */
  for (size_t s = 0; s < sequence->n_sentences; s++)
    memcpy (workspace->readout.d_pooled + s * readout->feature_width, weights->fc_weight,
            readout->n_features * sizeof (UtReal));
  _ut_nn_readout_backward (readout, kernels, &weights->readout, sequence, stack->output,
                           &workspace->readout, stack->d_features[network->stack.n_layers - 1],
                           NULL);
  _ut_nn_stack_backward (&network->stack, kernels, &weights->stack, sequence, workspace->x, 0.0,
                         stack, workspace->d_x, NULL);
}
