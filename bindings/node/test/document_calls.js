'use strict';
// Of every_function.test.js, the part about fields, builders, tags and scores: arguments with NULL
// handles, with which each call is refused.

const none = null;
const one = new Float32Array(1);

const REFUSED = {
  dam_copy_into: [none, none, 0, none], dam_snapshot_copy_into: [none, 0, 1, 1, none, 0],
  dam_same: [none, none], dam_equal: [none, none, none], dam_builder_remove_child: [none, 13, 0],
  dam_backup: [none, '/no', none], dam_salvage: ['', '/no', none],
  dam_seal: [none, none],
  dam_import: [none, '/no', none, none],
  dam_patch: [none, 'a', '{}', 0, 0], dam_document_patch: [none, '{}'],
  dam_document_merge: [none, none], dam_document_hash: [none], dam_document_equal: [none, none],
  dam_document_has: [none, 1], dam_document_content_type: [none], dam_document_string: [none, 1],
  dam_document_buffer: [none, 7], dam_document_integer: [none, 10],
  dam_document_number: [none, 12], dam_document_count: [none, 13],
  dam_document_child: [none, 13, 0], dam_document_tensor: [none, 4],
  dam_document_sparse: [none, 4], dam_document_quantization: [none, 4],
  dam_document_floats: [none, 4, none], dam_document_doubles: [none, 4, none],
  dam_document_tag: [none, ''], dam_tags_open: [none, ''], dam_tags_next: [none],
  dam_tags_key: [none], dam_tags_close: [none], dam_document_score: [none, 15, 'a'],
  dam_document_score_string: [none, 15, 'a', 1], dam_document_score_name: [none, 15, 0],
  dam_builder_finish: [none], dam_builder_discard: [none], dam_builder_clear: [none, 1],
  dam_builder_set_string: [none, 1, 'a'], dam_builder_set_buffer: [none, 7, none],
  dam_builder_set_integer: [none, 10, 1], dam_builder_set_number: [none, 12, 1],
  dam_builder_add_child: [none, 13, none], dam_builder_set_tensor: [none, 4, 0, none, none],
  dam_builder_set_floats: [none, 4, one], dam_builder_set_quantized: [none, 4, one],
  dam_builder_set_sparse: [none, 4, 1, none], dam_builder_set_quantization: [none, 4, 1, 0],
  dam_builder_set_tag: [none, 'a', 0], dam_builder_set_tag_integer: [none, 'a', 1],
  dam_builder_set_tag_number: [none, 'a', 1], dam_builder_set_tag_string: [none, 'a', 'b'],
  dam_builder_set_tag_buffer: [none, 'a', none], dam_builder_clear_tag: [none, 'a'],
  dam_results_count: [none], dam_results_read: [none, 1], dam_results_ids: [none],
  dam_results_document: [none, 0], dam_filter_join: [12, none, none],
  dam_filter_parse: ['{'], dam_filter_integer: ['', 1, 1], dam_filter_number: ['', 1, 1],
  dam_filter_string: ['', 1, 'a'], dam_filter_tags: ['{', 1, 1],
  dam_find: [none, none, 'r', none, none], dam_count_where: [none, none, 'r', none],
  dam_explain: [none, none, 'r', none], dam_delete_where: [none, none, 0, none],
  dam_options_set_number: [none, 46, 1], dam_queries_add_document: [none, none],
  dam_queries_add_slice: [none, none, 0, 1, 1], dam_queries_add_ids: [none, none, none, none],
  dam_queries_add_matrix: [none, 0, none, none], dam_queries_count: [none],
  dam_match: [none, none, none, none, none], dam_embeddings: [none, 0],
  dam_embeddings_set: [none, 0, none, none, 0],
  dam_builder_set_score: [none, 15, 'a', 1], dam_builder_set_score_string: [none, 15, 'a', 1, 'b'],
  dam_sample: [none, 1, 1], dam_shuffle: [none, 1], dam_sort: [none, 'id', 0, -1],
  dam_split: [none, 'id'], dam_portions: [none, 1, 0, 1], dam_merge: [none, none, 0, none],
  dam_evaluate: [none, none, 1, 0], dam_traverse: [none, none, 'c'], dam_traversal_next: [none],
  dam_traversal_close: [none], dam_document_keep: [none],
  dam_select: [none, 0, 1, 1, 'id'], dam_select_at: [none, none, 'id', 0],
  dam_results_select: [none, 'id', 0], dam_columns_count: [none],
  dam_columns_describe: [none, 0], dam_columns_read: [none, 0, 1],
  dam_set_column: [none, 'text', none, none, 0],
};
/** Calls that need no handle. */
const SUCCEEDING = {
  dam_results_free: [none], dam_filter_free: [none], dam_columns_free: [none],
  dam_builder_create: [none], dam_queries_create: [], dam_queries_free: [none],
  dam_quantize: [one, new Int8Array(1)],
  dam_dequantize: [new Int8Array(1), 1, 0, one],
};

module.exports = { REFUSED, SUCCEEDING };
