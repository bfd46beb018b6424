/* SPDX-License-Identifier: MIT
 * Recognises asides by the start of a short block, as boilerpipe's TerminatingBlocksFinder does. English, French,
 * German and Spanish. */
#include "html_block.h"

#include <string.h>
#include <strings.h>

enum { NOTICE_MAX = 500, ASIDE_MAX = 160, CALL_MAX = 60 };

static bool begins(const char *text, size_t length, const char *const *list) {
  for (; *list; list++) {
    size_t size = strlen(*list);
    if (length >= size && strncasecmp(text, *list, size) == 0) return true;
  }
  return false;
}

/* These are asides in a block of any kind. */
static const char *const always[] = {"photo:",
                                     "photos:",
                                     "image:",
                                     "image credit",
                                     "picture:",
                                     "photo by",
                                     "photo credit",
                                     "photograph:",
                                     "(photo",
                                     "(image",
                                     "source: getty",
                                     "credit:",
                                     "read more:",
                                     "read also",
                                     "also read",
                                     "see also:",
                                     "related:",
                                     "more:",
                                     "watch:",
                                     "lire aussi",
                                     "lire la suite",
                                     "mehr zum thema",
                                     "lesen sie auch",
                                     "lea también",
                                     "follow us on",
                                     "follow @",
                                     "like us on",
                                     "sign up for",
                                     "sign up to",
                                     "subscribe to",
                                     "click here to",
                                     "all rights reserved",
                                     "copyright \xc2\xa9",
                                     "copyright (c)",
                                     "copyright 1",
                                     "copyright 2",
                                     "\xc2\xa9",
                                     "(c) ",
                                     "share this",
                                     "share on",
                                     "print this",
                                     "email this",
                                     "comments (",
                                     "post a comment",
                                     "add a comment",
                                     "leave a comment",
                                     "view all comments",
                                     "loading comments",
                                     "please enable javascript",
                                     "enable javascript",
                                     NULL};
static const char *const notices[] = {"we use cookies",         "we and our partners",
                                      "this site uses cookies", "this website uses cookies",
                                      "our site uses cookies",  "our website uses cookies",
                                      "by continuing to use",   "by using this site",
                                      "by subscribing",         "by signing up",
                                      "by entering your email", NULL};
/* These are asides if they are a short block. */
static const char *const calls[] = {"read more",
                                    "share",
                                    "tweet",
                                    "comments",
                                    "comment",
                                    "advertisement",
                                    "loading",
                                    "print",
                                    "email",
                                    "more from",
                                    "story continues below",
                                    "continue reading",
                                    "related",
                                    "tags:",
                                    "filed under",
                                    "posted by",
                                    "posted on",
                                    "published:",
                                    "published on",
                                    "updated:",
                                    "last updated",
                                    "by ",
                                    "view gallery",
                                    "view slideshow",
                                    "previous",
                                    "next",
                                    "submit",
                                    "sponsored",
                                    "0 comments",
                                    "follow ",
                                    "source:",
                                    "via:",
                                    NULL};

bool html_block_is_aside(const char *text, size_t length, size_t links) {
  if (length <= ASIDE_MAX && begins(text, length, always)) return true;
  if (length <= NOTICE_MAX && begins(text, length, notices)) return true;
  bool is_sentence = length && (text[length - 1] == '.' || text[length - 1] == '?' || text[length - 1] == '"');
  return length <= CALL_MAX && (!is_sentence || links) && begins(text, length, calls);
}
