/* SPDX-License-Identifier: MIT
 * The key bindings of the annotation screen. Labels' keys come from the codebook, commands' keys from this table or the
 * codebook's "keys": {"skip":"space","undo":"ctrl-z"}. Each command has a key that needs neither Shift nor a function
 * key. */
#ifndef STANCE_ANNOTATE_KEYS_H
#define STANCE_ANNOTATE_KEYS_H

#include "stance/labels/codebook.h"
#include "stance/stance.h"

/* A key is a Unicode code point (ctrl-l is 12) or one of these, which are above Unicode's range. */
enum annotate_special_key {
  ANNOTATE_KEY_UP = 0x110000,
  ANNOTATE_KEY_DOWN,
  ANNOTATE_KEY_LEFT,
  ANNOTATE_KEY_RIGHT,
  ANNOTATE_KEY_HOME,
  ANNOTATE_KEY_END,
  ANNOTATE_KEY_PAGE_UP,
  ANNOTATE_KEY_PAGE_DOWN,
  ANNOTATE_KEY_ENTER,
  ANNOTATE_KEY_ESCAPE,
  ANNOTATE_KEY_BACKSPACE,
  ANNOTATE_KEY_DELETE,
  ANNOTATE_KEY_TAB,
  ANNOTATE_KEY_F1,
  /* ... F12 */ ANNOTATE_KEY_F12 = ANNOTATE_KEY_F1 + 11,
};

/*  symbol     name        keys       what it does */
#define ANNOTATE_COMMANDS(X)                                               \
  X(SKIP, "skip", "space", "skip: no label, on to the next")               \
  X(UNDO, "undo", "u", "undo the latest record, also of other days")       \
  X(REDO, "redo", "y U", "redo what was undone")                           \
  X(REVERSE, "reverse", "r", "the dyad the other way round")               \
  X(FLAG, "flag", "x !", "flag for a second look")                         \
  X(NOTE, "note", ";", "write a note")                                     \
  X(SUGGEST, "suggest", "s", "show the model's suggestion")                \
  X(MENTIONS, "mentions", "a", "add or remove an actor's mention")         \
  X(SENTENCE, "sentence", "m M", "the whole sentence: sources by targets") \
  X(REST, "rest", "o O", "the rest of this sentence: neutral")             \
  X(SPLIT, "split", "e", "not a sentence: wrongly split")                  \
  X(PREVIOUS, "previous", "left ,", "the unit before")                     \
  X(NEXT, "next", "right .", "the unit after")                             \
  X(PENDING, "pending", "tab", "the next undecided unit")                  \
  X(GOTO, "goto", "g", "go to a number or a unit's id")                    \
  X(SEARCH, "search", "/", "search in texts")                              \
  X(UP, "up", "up", "scroll up")                                           \
  X(DOWN, "down", "down", "scroll down")                                   \
  X(CODEBOOK, "codebook", "d", "definitions and examples, label by label") \
  X(KIND, "kind", "t", "adjudication: which kind of error")                \
  X(UNCLEAR, "unclear", "c", "adjudication: the codebook is unclear here") \
  X(KEYS, "keys", "k ? F1", "this list of keys")                           \
  X(REDRAW, "redraw", "ctrl-l", "paint the screen anew")                   \
  X(QUIT, "quit", "q", "leave; all is saved already")

enum annotate_command {
#define ANNOTATE_SYMBOL(symbol, name, keys, help) ANNOTATE_##symbol##_COMMAND,
  ANNOTATE_COMMANDS(ANNOTATE_SYMBOL)
#undef ANNOTATE_SYMBOL
      ANNOTATE_COMMAND_COUNT
};

enum { ANNOTATE_KEYS_EACH = 3 };
struct annotate_keymap {
  uint32_t keys[ANNOTATE_COMMAND_COUNT][ANNOTATE_KEYS_EACH]; /* 0: none */
};

/* A label's key takes precedence over a command's. STANCE_INPUT: a command is left without a key, two commands share
 * one, or the codebook names an unknown command or key. */
enum stance_status annotate_keymap_make(const struct stance_codebook *codebook, struct annotate_keymap *keymap,
                                        struct stance_error *error);
/* The command of a key; -1: none. */
int annotate_keymap_find(const struct annotate_keymap *keymap, uint32_t key);
/* The name by which a codebook binds keys to the command ("skip"). Constant. */
const char *annotate_command_name(enum annotate_command command);
/* A short description of the command for the list of keys. Constant. */
const char *annotate_command_help(enum annotate_command command);
/* The name of a key: "space", "ctrl-l", "F1", "x". */
void annotate_key_name(uint32_t key, char name[16]);
/* The key of a name ("space", "F1", "ctrl-a", one character); 0: not a name. */
uint32_t annotate_key_parse(const char *name);

#endif
