/* SPDX-License-Identifier: MIT
 * Output formats and compression, chosen by a flag or by the ending of the output's name ("x.jsonl.zst").
 * Thread-safe. */
#ifndef STANCE_CLASSIFY_FORMAT_H
#define STANCE_CLASSIFY_FORMAT_H

enum classify_format {
  CLASSIFY_FORMAT_AUTO, /* by the ending of the output's name; a table if it has no known one */
  CLASSIFY_FORMAT_TABLE,
  CLASSIFY_FORMAT_JSONL,
  CLASSIFY_FORMAT_CSV,
  CLASSIFY_FORMAT_TSV,
  CLASSIFY_FORMAT_HTML,
  CLASSIFY_FORMAT_SQLITE,
  CLASSIFY_FORMAT_GRAPHML,
  CLASSIFY_FORMAT_GEXF
};
enum classify_packing { CLASSIFY_PACKING_NONE, CLASSIFY_PACKING_GZIP, CLASSIFY_PACKING_ZSTD };

/* The format by the path's ending, before .gz or .zst, whatever its case. path NULL or "-": a table. */
enum classify_format classify_format_of_path(const char *path);
/* The compression by the path's ending, .gz or .zst; else none. */
enum classify_packing classify_packing_of_path(const char *path);

#endif
