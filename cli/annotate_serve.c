/* SPDX-License-Identifier: MIT
 * stance annotate serve: labelling in the browser. */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "annotate/recode_log.h"
#include "annotate/web/web.h"
#include "annotate_actors.h"
#include "command.h"
#include "message.h"
#include "stance/base/error.h"

struct serve_options {
  const char *bind, *certificate, *key;
  struct flag_list hosts, invitations;
  long port;
  bool is_behind_proxy;
};

static const struct serve_options serve_defaults = {.bind = "127.0.0.1", .port = 8080};

static const struct flag serve_flags[] = {
    FLAG(FLAG_LIST, struct serve_options, invitations, "invite", 'i', "NAME[=ROLE]",
         "print a link for NAME: an annotator, or ROLE adjudicator or lead; an older link of NAME ends",
         .unset = "nobody"),
    FLAG(FLAG_INTEGER, struct serve_options, port, "port", 'p', "PORT", "to listen on; 0: any that is free",
         .max = 65535),
    FLAG(FLAG_STRING, struct serve_options, bind, "bind", 0, "ADDRESS",
         "to listen on; another than loopback needs --cert and --key, or --behind-proxy"),
    FLAG(FLAG_STRING, struct serve_options, certificate, "cert", 0, "FILE", "TLS certificate (PEM)", .unset = "no TLS"),
    FLAG(FLAG_STRING, struct serve_options, key, "key", 0, "FILE", "its private key (PEM)", .unset = "no TLS"),
    FLAG(FLAG_LIST, struct serve_options, hosts, "host", 0, "NAME",
         "by which browsers call this server, beside those of loopback; NAME:PORT where a proxy has a port of its own",
         .unset = "none"),
    FLAG(FLAG_BOOL, struct serve_options, is_behind_proxy, "behind-proxy", 0, NULL,
         "a proxy on this machine ends TLS; browsers see https"),
};

static void say(void *context, const char *line) {
  (void)context;
  if (*line) puts(line);
  else message_note("serving; ctrl-c ends it");
  fflush(stdout);
}

static enum exit_code run_serve(const void *given, int argc, char **argv) {
  const struct serve_options *options = given;
  struct stance_arena arena = {0};
  struct stance_error error;
  struct annotate_project project;
  struct annotate_units units = {.file = -1};
  struct annotate_names names = {0};
  int codebook = -1; /* lock on the codebook while it is served */
  (void)argc;
  if (!options->certificate != !options->key) return message_usage("--cert and --key are given together");
  signal(SIGXFSZ, SIG_IGN); /* a file size limit then causes an error answer */
  signal(SIGPIPE, SIG_IGN);
  enum stance_status status = annotate_project_open(argv[0], &arena, &project, &error);
  if (status == STANCE_OK) status = annotate_codebook_hold(&project, false, &codebook, &error);
  if (status == STANCE_OK) status = annotate_units_open(&project, &units, &error);
  if (status == STANCE_OK) status = annotate_actors_names(&project, &arena, &names, &error);
  const char *added = status == STANCE_OK ? annotate_path(&arena, &project, ANNOTATE_ADDED_ACTORS) : NULL;
  const struct annotate_web_options how = {.bind = options->bind,
                                           .port = (uint16_t)options->port,
                                           .certificate = options->certificate,
                                           .key = options->key,
                                           .hosts = options->hosts.items,
                                           .host_count = options->hosts.count,
                                           .is_behind_proxy = options->is_behind_proxy,
                                           .invitations = options->invitations.items,
                                           .invitation_count = options->invitations.count,
                                           .names = &names,
                                           .gazetteer_added = added,
                                           .stop = &interrupted};
  if (status == STANCE_OK && !added) status = stance_fail_memory(&error);
  if (status == STANCE_OK) status = annotate_web_run(&project, &units, &how, say, NULL, &error);
  enum exit_code code = status == STANCE_OK ? EXIT_DONE : message_error(&error);
  if (codebook >= 0) close(codebook);
  annotate_names_close(&names);
  annotate_units_close(&units);
  stance_arena_free(&arena);
  return code;
}

const struct command command_annotate_serve = {
    COMMAND("annotate serve", "DIR", "label in the browser", serve, run_serve, 1, 1),
    .description =
        "Serves the project to browsers: labelling by the keys of the terminal, articles, own decisions, the codebook "
        "and a training round; for adjudicators what is disputed; for leads the team, agreement and people. Every "
        "label is the terminal's record, on the disk before the page says \"saved\"; pages, script and style are in "
        "the program.\n\n"
        "A link holds a token that is exchanged once for a session; only hashes are kept, in DIR/web/people.json. The "
        "first --invite NAME=lead makes who can invite others on the page. Links are printed on standard output: "
        "name, role, link. A journal has one writer: while somebody labels in the browser the terminal is refused, "
        "until 20 seconds after the last request.",
    .examples = "stance annotate serve my-project --invite eva=lead --invite ana --invite ben\n",
};
