/* SPDX-License-Identifier: MIT
 * Keys, their names, and the map from keys to commands. */
#include "keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance/base/error.h"
#include "stance/base/utf8.h"

static const struct {
  const char *name, *keys, *help;
} table[ANNOTATE_COMMAND_COUNT] = {
#define ANNOTATE_ROW(symbol, name, keys, help) {name, keys, help},
    ANNOTATE_COMMANDS(ANNOTATE_ROW)
#undef ANNOTATE_ROW
};

static const struct {
  uint32_t key;
  const char *name;
} special[] = {
    {' ', "space"},
    {ANNOTATE_KEY_UP, "up"},
    {ANNOTATE_KEY_DOWN, "down"},
    {ANNOTATE_KEY_LEFT, "left"},
    {ANNOTATE_KEY_RIGHT, "right"},
    {ANNOTATE_KEY_HOME, "home"},
    {ANNOTATE_KEY_END, "end"},
    {ANNOTATE_KEY_PAGE_UP, "pageup"},
    {ANNOTATE_KEY_PAGE_DOWN, "pagedown"},
    {ANNOTATE_KEY_ENTER, "enter"},
    {ANNOTATE_KEY_ESCAPE, "escape"},
    {ANNOTATE_KEY_BACKSPACE, "backspace"},
    {ANNOTATE_KEY_DELETE, "delete"},
    {ANNOTATE_KEY_TAB, "tab"},
};
enum { SPECIAL_COUNT = sizeof special / sizeof *special };

const char *annotate_command_name(enum annotate_command command) { return table[command].name; }
const char *annotate_command_help(enum annotate_command command) { return table[command].help; }

void annotate_key_name(uint32_t key, char name[16]) {
  for (size_t i = 0; i < SPECIAL_COUNT; i++)
    if (special[i].key == key) {
      snprintf(name, 16, "%s", special[i].name);
      return;
    }
  if (key >= ANNOTATE_KEY_F1 && key <= ANNOTATE_KEY_F12) snprintf(name, 16, "F%u", key - ANNOTATE_KEY_F1 + 1);
  else if (key > 0 && key < 27) snprintf(name, 16, "ctrl-%c", (char)('a' + key - 1));
  else name[stance_utf8_encode(key > ' ' && key <= 0x10ffff ? key : '?', name)] = '\0';
}

uint32_t annotate_key_parse(const char *name) {
  size_t length = strlen(name);
  uint32_t code_point;
  if (length && stance_utf8_decode(name, &code_point) == length && code_point >= ' ' && code_point != 0x7f)
    return code_point;
  for (size_t i = 0; i < SPECIAL_COUNT; i++)
    if (strcmp(special[i].name, name) == 0) return special[i].key;
  if (length == 6 && strncmp(name, "ctrl-", 5) == 0 && name[5] >= 'a' && name[5] <= 'z')
    return (uint32_t)(name[5] - 'a' + 1);
  if ((name[0] == 'F' || name[0] == 'f') && length <= 3 && length > 1 && strspn(name + 1, "0123456789") == length - 1) {
    int number = atoi(name + 1);
    if (number >= 1 && number <= 12) return ANNOTATE_KEY_F1 + (uint32_t)number - 1;
  }
  return 0;
}

int annotate_keymap_find(const struct annotate_keymap *keymap, uint32_t key) {
  for (int command = 0; command < ANNOTATE_COMMAND_COUNT; command++)
    for (int i = 0; i < ANNOTATE_KEYS_EACH; i++)
      if (keymap->keys[command][i] && keymap->keys[command][i] == key) return command;
  return -1;
}

/* Reads a list of key names separated by spaces ("x !"). */
static enum stance_status set_keys(struct annotate_keymap *keymap, int command, const char *names,
                                   struct stance_error *error) {
  int count = 0;
  memset(keymap->keys[command], 0, sizeof keymap->keys[command]);
  if (strcmp(names, " ") == 0) names = "space";
  while (*names) {
    char name[16];
    size_t length = strcspn(names, " ");
    if (length && count < ANNOTATE_KEYS_EACH) {
      snprintf(name, sizeof name, "%.*s", (int)length, names);
      uint32_t key = length < sizeof name ? annotate_key_parse(name) : 0;
      if (!key)
        return stance_fail(error, STANCE_INPUT,
                           "keys: '%.*s' is not a key; expected a character, space, tab, up, ctrl-l, F1 ...",
                           (int)(length < 40 ? length : 40), names);
      keymap->keys[command][count++] = key;
    }
    names += length + (names[length] == ' ');
  }
  return STANCE_OK;
}

static const struct stance_label *label_with_key(const struct stance_codebook *codebook, uint32_t key) {
  for (size_t h = 0; h < codebook->head_count; h++)
    for (size_t l = 0; l < codebook->heads[h].label_count; l++)
      if (key && codebook->heads[h].labels[l].key == key) return &codebook->heads[h].labels[l];
  return NULL;
}

enum stance_status annotate_keymap_make(const struct stance_codebook *codebook, struct annotate_keymap *keymap,
                                        struct stance_error *error) {
  bool is_chosen[ANNOTATE_COMMAND_COUNT] = {false};
  for (int command = 0; command < ANNOTATE_COMMAND_COUNT; command++)
    STANCE_TRY(set_keys(keymap, command, table[command].keys, error));
  for (size_t i = 0; i < codebook->key_count; i++) {
    int command = 0;
    while (command < ANNOTATE_COMMAND_COUNT && strcmp(table[command].name, codebook->key_commands[i]) != 0) command++;
    if (command == ANNOTATE_COMMAND_COUNT)
      return stance_fail(error, STANCE_INPUT, "keys: unknown command '%.40s'; expected skip, undo, redo, note ...",
                         codebook->key_commands[i]);
    STANCE_TRY(set_keys(keymap, command, codebook->key_names[i], error));
    is_chosen[command] = true;
  }
  for (int command = 0; command < ANNOTATE_COMMAND_COUNT; command++) {
    const struct stance_label *in_the_way = NULL;
    int left = 0;
    for (int i = 0; i < ANNOTATE_KEYS_EACH; i++) {
      uint32_t *key = &keymap->keys[command][i];
      if (!*key) continue;
      const struct stance_label *label = label_with_key(codebook, *key);
      for (int other = 0; other < ANNOTATE_COMMAND_COUNT && !label; other++) /* a chosen key precedes a default one */
        for (int j = 0; j < ANNOTATE_KEYS_EACH; j++)
          if (other != command && keymap->keys[other][j] == *key) {
            if (is_chosen[other] == is_chosen[command])
              return stance_fail(error, STANCE_INPUT, "keys: '%s' and '%s' have the same key", table[command].name,
                                 table[other].name);
            if (is_chosen[other]) *key = 0;
          }
      if (label) {
        in_the_way = label;
        *key = 0;
      }
      if (*key) left++;
    }
    if (!left && in_the_way) {
      char name[16];
      annotate_key_name(in_the_way->key, name);
      return stance_fail(error, STANCE_INPUT,
                         "key '%s' of label '%s' is also the command '%s'; give one of them another key", name,
                         in_the_way->name, table[command].name);
    }
    if (!left)
      return stance_fail(error, STANCE_INPUT, "keys: the command '%s' is left without a key", table[command].name);
    for (int i = 0, to = 0; i < ANNOTATE_KEYS_EACH; i++) { /* the screen shows the first key */
      uint32_t key = keymap->keys[command][i];
      keymap->keys[command][i] = 0;
      if (key) keymap->keys[command][to++] = key;
    }
  }
  return STANCE_OK;
}
