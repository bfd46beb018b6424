/* SPDX-License-Identifier: MIT
 * What is written, and how it is packed: by a flag, or by the ending of the output's name ("x.jsonl.zst"). Pure functions. */
#ifndef STANCE_CLASSIFY_FORMAT_H
#define STANCE_CLASSIFY_FORMAT_H

enum classify_format {
  CLASSIFY_FORMAT_AUTO, /* by the ending of the output's name; a table where it says nothing */
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

/* path may be NULL or "-": table, not packed. The ending is compared without regard to case; .gz and .zst stand behind it. */
enum classify_format classify_format_of_path(const char *path);
/* How an output of this name is packed (.gz, .zst); plain where the ending says nothing. */
enum classify_packing classify_packing_of_path(const char *path);

#endif
