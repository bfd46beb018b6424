/* SPDX-License-Identifier: MIT
 * Recognises asides by the start of a short block, as boilerpipe's TerminatingBlocksFinder does. English, French,
 * German and Spanish. */
#include "html_block.h"

#include <string.h>
#include <strings.h>

enum { NOTICE_MAX = 500, ASIDE_MAX = 160, CALL_MAX = 60, OFFER_MAX = 250, CREDIT_MAX = 40 };

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
                                      "by entering your email", "your email address will not be published",
                                      "proudly powered by",     NULL};
/* Offers of what may be bought or sent: at the start of a block that is not long, or anywhere in it. */
static const char *const offers[] = {"get unlimited",
                                     "get full access",
                                     "enjoy unlimited",
                                     "start your free",
                                     "start your subscription",
                                     "cancel any",
                                     "create a free account",
                                     "this article is for subscribers",
                                     "this article is only available to",
                                     "this content is only available to",
                                     NULL};
static const char *const offered[] = {"your inbox",
                                      "already a subscriber",
                                      "subscribe to continue",
                                      "log in to continue",
                                      "to continue reading",
                                      "all rights reserved",
                                      NULL};
static const char *const credits[] = {"Photo: ", "Photograph: ", "Picture: ", "Pic: ", "Image: ", "Credit: ", NULL};
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

static bool has_any(const char *text, size_t length, const char *const *list) {
  for (; *list; list++) {
    size_t size = strlen(*list);
    for (size_t at = 0; at + size <= length; at++)
      if (strncasecmp(text + at, *list, size) == 0) return true;
  }
  return false;
}

/* Whether a block ends in the credit of a picture: "Troops in Gao. Photo: AFP". */
static bool ends_in_credit(const char *text, size_t length) {
  for (size_t i = 0; credits[i]; i++) {
    size_t size = strlen(credits[i]), from = length > CREDIT_MAX + size ? length - CREDIT_MAX - size : 1;
    const char *found = length > from ? memmem(text + from, length - from, credits[i], size) : NULL;
    if (found && (found[-1] == ' ' || found[-1] == '(')) return true;
  }
  return false;
}

bool html_block_is_aside(const char *text, size_t length, size_t links) {
  if (length <= ASIDE_MAX && begins(text, length, always)) return true;
  if (length <= NOTICE_MAX && begins(text, length, notices)) return true;
  bool is_offer = begins(text, length, offers) || has_any(text, length, offered) || ends_in_credit(text, length);
  if (length <= OFFER_MAX && is_offer) return true;
  bool is_sentence = length && (text[length - 1] == '.' || text[length - 1] == '?' || text[length - 1] == '"');
  return length <= CALL_MAX && (!is_sentence || links) && begins(text, length, calls);
}
