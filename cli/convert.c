/* SPDX-License-Identifier: MIT
 * stance convert: other tools' label files to label records. */
#include <string.h>

#include "command.h"
#include "train/convert.h"

struct options {
  const char *from, *to;
};

static enum exit_code run(const void *chosen, int argc, char **argv) {
  const struct options *options = chosen;
  struct stance_error error;
  if (!options->from) return report_usage("--from is missing; expected dse, newsmtsc or tweeteval");
  for (int i = 0; i < argc; i++)
    if (train_convert(options->from, argv[i], stdout, &error) != STANCE_OK) return report_error(&error);
  return EXIT_DONE;
}

static const struct flag flags[] = {
    {.name = "from", .letter = 'f', .type = FLAG_CHOICE, .offset = offsetof(struct options, from), .value = "FORMAT",
     .choices = "dse|newsmtsc|tweeteval", .help = "the format of the files"},
};
static const struct options defaults = {.to = "records"};

const struct command command_convert = {
    .name = "convert",
    .arguments = "--from FORMAT FILE...",
    .summary = "Turn other tools' label files into label records",
    .description = "Reads label files of published data sets and writes label records (JSON Lines) to standard output.",
    .examples = "stance convert --from dse train.tsv > train.jsonl",
    .flags = flags,
    .flag_count = sizeof flags / sizeof *flags,
    .options_size = sizeof(struct options),
    .defaults = &defaults,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run,
};
