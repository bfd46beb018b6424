/* SPDX-License-Identifier: MIT
 * Compiled gazetteers: the same mentions as from the JSON, only for the very files they were made of, and never trusted. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>

#include "actor_text.h"
#include "stance/actors/gazetteer_tables.h"
#include "stance/base/file.h"
#include "stance/base/hash.h"

static const char json[] =
    "{\"actors\":[\n"
    "{\"id\":\"MLI\",\"name\":\"Mali\",\"type\":\"state\",\"demonyms\":[\"Malian\"],\"capital\":\"Bamako\",\"region\":"
    "\"West African\",\"colonial_ruler\":\"FRA\","
    "\"descriptions\":[{\"text\":\"junta\",\"from\":\"2020-08-18\"}]},\n"
    "{\"id\":\"FRA\",\"name\":\"France\",\"type\":\"state\",\"demonyms\":[\"French\"],\"patterns\":[\"Op[eé]ration "
    "\\\\w+\",\"Fran(c)e-\\\\1\"]},\n"
    "{\"id\":\"FRAMIL\",\"name\":\"French armed forces\",\"type\":\"agency\",\"affiliation\":\"FRA\"},\n"
    "{\"id\":\"TCD\",\"name\":\"Chad\",\"type\":\"state\",\"aliases\":[{\"text\":\"Chad\",\"not_after\":[\"Lake\","
    "\"Basin of\"]}]},\n"
    "{\"id\":\"MLI.GOITA\",\"name\":\"Assimi "
    "Goïta\",\"type\":\"person\",\"affiliation\":\"MLI\",\"from\":\"2021-05-24\"}],\n"
    "\"agents\":[{\"text\":\"battle group\",\"role\":\"MIL\"},\"poets\"]}";

static const char text[] =
    "Assimi Goïta and the French battle group left Lake Chad. Chad and Malians met in Bamako. The junta praised "
    "Opération Barkhane.";

struct files {
  char source[64], compiled[64];
};

static struct files make(void) {
  struct files files;
  struct stance_error error = {0};
  strcpy(files.source, actor_file(json));
  strcpy(files.compiled, actor_file(""));
  const char *path = files.source;
  cr_assert_eq(stance_gazetteer_compile(&path, 1, files.compiled, &error), STANCE_OK, "%s", error.message);
  return files;
}

static void remove_files(const struct files *files) {
  unlink(files->source);
  unlink(files->compiled);
}

static struct stance_gazetteer *open_both(const struct files *files) {
  struct stance_gazetteer *gazetteer;
  const char *path = files->source;
  cr_assert_eq(stance_gazetteer_open_compiled(files->compiled, &path, 1, &gazetteer, NULL), STANCE_OK);
  return gazetteer;
}

Test(gazetteer_tables, find_what_the_json_finds) {
  struct files files = make();
  struct stance_gazetteer *read = actor_gazetteer(json), *mapped = open_both(&files);
  struct stance_buffer expected = {0}, found = {0};
  cr_assert_not_null(mapped->compiled);
  actor_mark(read, "2022-05-03", text, true, &expected);
  actor_mark(mapped, "2022-05-03", text, true, &found);
  cr_assert_str_eq(found.data, expected.data);
  cr_assert_str_eq(expected.data,
                   "Assimi Goïta[MLI.GOITA] and the French battle group[FRAMIL] left Lake Chad.\nChad[TCD] and "
                   "Malians[MLI] met in Bamako[MLI].\n"
                   "The junta[~MLI] praised Opération Barkhane[FRA].");
  cr_assert_eq(stance_gazetteer_count(mapped), stance_gazetteer_count(read));
  for (size_t i = 0; i < stance_gazetteer_count(read); i++) {
    const struct stance_actor *left = stance_gazetteer_actor(read, i), *right = stance_gazetteer_find(mapped, left->id);
    cr_assert_eq(right, stance_gazetteer_actor(mapped, i));
    cr_assert_str_eq(stance_actor_name(right), stance_actor_name(left));
    cr_assert_str_eq(stance_actor_type(right), stance_actor_type(left));
    cr_assert_str_eq(stance_actor_id(stance_actor_rollup(right)), stance_actor_id(stance_actor_rollup(left)));
  }
  cr_assert_str_eq(stance_gazetteer_find(mapped, "MLI")->region, "West African");
  cr_assert_null(stance_gazetteer_find(mapped, "XXX"));
  stance_buffer_free(&expected);
  stance_buffer_free(&found);
  stance_gazetteer_close(read);
  stance_gazetteer_close(mapped);
  remove_files(&files);
}

Test(gazetteer_tables, of_the_shipped_actors_find_what_the_json_finds) {
  const char *paths[] = {"corpora/actors/organisations.json", "corpora/actors/persons.json",
                         "corpora/actors/states.json"};
  char compiled[64], path[512];
  struct stance_gazetteer *mapped;
  struct stance_arena arena = {0};
  DIR *articles = opendir("corpora/articles");
  strcpy(compiled, actor_file(""));
  cr_assert_eq(stance_gazetteer_compile(paths, 3, compiled, NULL), STANCE_OK);
  cr_assert_eq(stance_gazetteer_open_compiled(compiled, paths, 3, &mapped, NULL), STANCE_OK);
  cr_assert(mapped->compiled && articles);
  for (struct dirent *entry; (entry = readdir(articles));) {
    struct stance_buffer expected = {0}, found = {0};
    char *article;
    size_t length;
    if (*entry->d_name == '.') continue;
    snprintf(path, sizeof path, "corpora/articles/%s", entry->d_name);
    cr_assert_eq(stance_file_read(path, 0, &arena, &article, &length, NULL), STANCE_OK);
    actor_mark(actor_shipped(), "2022-05-03", article, true, &expected);
    actor_mark(mapped, "2022-05-03", article, true, &found);
    cr_expect_str_eq(found.data, expected.data, "%s", path);
    stance_buffer_free(&expected);
    stance_buffer_free(&found);
    stance_arena_reset(&arena);
  }
  closedir(articles);
  stance_arena_free(&arena);
  stance_gazetteer_close(mapped);
  unlink(compiled);
}

Test(gazetteer_tables, of_an_edited_file_are_not_used) {
  struct files files = make();
  int file = open(files.source, O_WRONLY);
  cr_assert_eq(pwrite(file, "N", 1, strstr(json, "Mali\"") - json), 1); /* Mali -> Nali: as long as it was */
  close(file);
  struct stance_gazetteer *gazetteer = open_both(&files);
  cr_assert_null(gazetteer->compiled);
  cr_assert_str_eq(stance_actor_name(stance_gazetteer_find(gazetteer, "MLI")), "Nali");
  stance_gazetteer_close(gazetteer);
  remove_files(&files);
}

Test(gazetteer_tables, of_other_files_or_no_files_are_not_used) {
  struct files files = make(), others = make();
  const char *paths[] = {files.source, "corpora/actors/states.json"};
  struct stance_gazetteer *gazetteer = NULL;
  struct stance_error error = {0};
  cr_assert_eq(stance_gazetteer_open_compiled(files.compiled, paths, 2, &gazetteer, &error),
               STANCE_INPUT); /* MLI is given twice */
  cr_assert_null(gazetteer);
  unlink(files.source);
  cr_assert_eq(stance_gazetteer_open_compiled(files.compiled, paths, 1, &gazetteer, &error), STANCE_INPUT);
  cr_assert_str_eq(error.message, "cannot open: No such file or directory");
  strcpy(files.source, others.source);
  unlink(files.compiled);
  gazetteer = open_both(&files);
  cr_assert_null(gazetteer->compiled);
  stance_gazetteer_close(gazetteer);
  remove_files(&others);
}

/* Opens, and where the tables are taken uses them: what they find does not matter, only that nothing is read out of bounds. */
static bool is_taken(const struct files *files) {
  struct stance_gazetteer *gazetteer = open_both(files);
  struct stance_buffer out = {0};
  bool is_mapped = gazetteer->compiled;
  if (is_mapped) {
    actor_mark(gazetteer, "2022-05-03", text, true, &out);
    for (size_t i = 0; i < stance_gazetteer_count(gazetteer); i++)
      stance_gazetteer_find(gazetteer, stance_gazetteer_actor(gazetteer, i)->id);
  }
  stance_buffer_free(&out);
  stance_gazetteer_close(gazetteer);
  return is_mapped;
}

enum { PREFIX = 48, HASH_AT = 24 };

static char *slurp(int file, size_t *length) {
  *length = (size_t)lseek(file, 0, SEEK_END);
  char *bytes = malloc(*length);
  cr_assert_eq(pread(file, bytes, *length, 0), (ssize_t)*length);
  return bytes;
}

Test(gazetteer_tables, that_are_cut_off_or_changed_are_passed_over) {
  struct files files = make();
  int file = open(files.compiled, O_RDWR);
  size_t length;
  char *bytes = slurp(file, &length);
  for (size_t at = 0; at < length; at += at < 1024 ? 1 : 997) {
    char other = (char)(bytes[at] ^ 0x10);
    cr_assert_eq(pwrite(file, &other, 1, (off_t)at), 1);
    cr_assert_not(is_taken(&files), "byte %zu", at);
    cr_assert_eq(pwrite(file, &bytes[at], 1, (off_t)at), 1);
  }
  cr_assert(is_taken(&files));
  for (size_t size = 0; size < length; size += size < 512 ? 7 : 3001) {
    cr_assert_eq(ftruncate(file, (off_t)size), 0);
    cr_assert_not(is_taken(&files), "%zu bytes", size);
    cr_assert_eq(pwrite(file, bytes, length, 0), (ssize_t)length);
  }
  close(file);
  free(bytes);
  remove_files(&files);
}

/* Each number in turn made large, small and odd, under a checksum that is right. */
Test(gazetteer_tables, that_lie_are_not_followed, .timeout = 300) {
  struct files files = make();
  int file = open(files.compiled, O_RDWR);
  size_t length, refused = 0;
  char *bytes = slurp(file, &length);
  for (size_t at = PREFIX; at + 4 <= length; at += 4) {
    uint32_t number, lie;
    memcpy(&number, bytes + at, 4);
    if (!number && at % 52) continue; /* most are empty slots */
    const uint32_t lies[] = {UINT32_MAX, number + 1, number - 1, 0};
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
      lie = lies[i];
      memcpy(bytes + at, &lie, 4);
      uint64_t hash = stance_hash(bytes + PREFIX, length - PREFIX);
      cr_assert_eq(pwrite(file, &lie, 4, (off_t)at), 4);
      cr_assert_eq(pwrite(file, &hash, 8, HASH_AT), 8);
      refused += !is_taken(&files);
    }
    memcpy(bytes + at, &number, 4);
    cr_assert_eq(pwrite(file, &number, 4, (off_t)at), 4);
  }
  cr_assert_gt(refused, 100);
  close(file);
  free(bytes);
  remove_files(&files);
}
