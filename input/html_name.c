/* SPDX-License-Identifier: MIT
 * Names are split into words (share-bar, shareBar, share_bar), which are compared whole, so that "ad" does not match
 * "adam". The lists follow those of Readability (Mozilla, 0.5), boilerpipe and newspaper, without words that are also
 * used for wrappers of whole pages. */
#include "html_name.h"

#include <string.h>
#include <strings.h>

#include "stance/base/ascii.h"

static const char *const doubtful[] = {"ad",
                                       "ads",
                                       "adv",
                                       "advert",
                                       "adverts",
                                       "advertisement",
                                       "advertising",
                                       "adbox",
                                       "adslot",
                                       "adsense",
                                       "alert",
                                       "author",
                                       "authors",
                                       "banner",
                                       "bio",
                                       "blogroll",
                                       "breadcrumb",
                                       "breadcrumbs",
                                       "byline",
                                       "caption",
                                       "captions",
                                       "carousel",
                                       "contributors",
                                       "cookie",
                                       "cookies",
                                       "copyright",
                                       "credit",
                                       "credits",
                                       "dateline",
                                       "editsection",
                                       "disclaimer",
                                       "embed",
                                       "facebook",
                                       "feedback",
                                       "figcaption",
                                       "filmstrip",
                                       "follow",
                                       "footer",
                                       "footnote",
                                       "footnotes",
                                       "gallery",
                                       "hidden",
                                       "infobox",
                                       "latest",
                                       "legal",
                                       "legend",
                                       "links",
                                       "login",
                                       "lightbox",
                                       "masthead",
                                       "menu",
                                       "meta",
                                       "metadata",
                                       "mostpopular",
                                       "mostread",
                                       "nav",
                                       "navbox",
                                       "navbar",
                                       "navigation",
                                       "newsletter",
                                       "newsletters",
                                       "oembed",
                                       "outbrain",
                                       "pager",
                                       "pagination",
                                       "paging",
                                       "partners",
                                       "photocredit",
                                       "photogallery",
                                       "podcast",
                                       "poll",
                                       "popular",
                                       "popup",
                                       "print",
                                       "printfriendly",
                                       "promo",
                                       "promos",
                                       "promotion",
                                       "pullquote",
                                       "rail",
                                       "rating",
                                       "readmore",
                                       "recirc",
                                       "recommend",
                                       "recommended",
                                       "recommendations",
                                       "register",
                                       "registration",
                                       "reflist",
                                       "references",
                                       "related",
                                       "relatedlinks",
                                       "relatedstories",
                                       "rss",
                                       "scroll",
                                       "search",
                                       "share",
                                       "sharebar",
                                       "sharethis",
                                       "sharing",
                                       "shop",
                                       "shopping",
                                       "shoutbox",
                                       "sidebar",
                                       "signin",
                                       "signup",
                                       "skyscraper",
                                       "skip",
                                       "slideshow",
                                       "social",
                                       "sponsor",
                                       "sponsored",
                                       "sponsors",
                                       "subscribe",
                                       "subscription",
                                       "syndication",
                                       "taboola",
                                       "tagcloud",
                                       "tagline",
                                       "tags",
                                       "teaser",
                                       "teasers",
                                       "timestamp",
                                       "toolbar",
                                       "tools",
                                       "tooltip",
                                       "topstories",
                                       "trending",
                                       "tweet",
                                       "tweets",
                                       "twitter",
                                       "upsell",
                                       "widget",
                                       "visuallyhidden",
                                       "widgets",
                                       "yarpp",
                                       NULL};
/* Those among them that are also used for parts of articles. */
static const char *const weak[] = {"embed", "follow", "links", "print", "rail", "scroll", "skip", NULL};
static const char *const readers[] = {
    "comment",        "comments",    "commentlist", "commentform",  "commentbody", "commenttext", "usercomments",
    "readercomments", "disqus",      "respond",     "replies",      "reply",       "userreviews", "livefyre",
    "discussion",     "discussions", "talkback",    "commentaires", "kommentare",  "comentarios", NULL};
static const char *const roles[] = {"navigation",  "banner", "contentinfo", "complementary", "search",  "dialog",
                                    "alertdialog", "menu",   "menubar",     "toolbar",       "tablist", NULL};

enum { WORD_MAX = 24 };

static bool is_listed(const char *word, const char *const *list) {
  for (; *list; list++)
    if (**list == *word && strcmp(*list, word) == 0) return true;
  return false;
}

_Static_assert(sizeof doubtful / sizeof *doubtful <= HTML_WORDS, "numbers of words");

/* *number: set for a doubtful word, from 1; else unchanged. */
static enum html_doubt doubt_of_word(const char *word, uint8_t *number) {
  if (is_listed(word, readers)) return HTML_STRONG;
  for (size_t i = 0; doubtful[i]; i++) {
    if (*doubtful[i] != *word || strcmp(doubtful[i], word) != 0) continue;
    *number = (uint8_t)(i + 1);
    return is_listed(word, weak) ? HTML_WEAK : HTML_DOUBT;
  }
  return HTML_PLAIN;
}

/* Whether what follows "hidden" names the screens on which it is: hidden-xs (Bootstrap 3), hidden-mobile. */
static bool is_for_some_screens(const char *rest) {
  static const char *const screens[] = {"-xs",     "-sm",      "-md",     "-lg",    "-xl", "-phone",
                                        "-mobile", "-desktop", "-tablet", "-print", NULL};
  for (size_t i = 0; screens[i]; i++)
    if (strncasecmp(rest, screens[i], strlen(screens[i])) == 0) return true;
  return false;
}

/* Text for screen readers, by the classes of Bootstrap and WordPress. */
static bool is_for_screen_readers(const char *names) {
  return names && (strstr(names, "sr-only") || strstr(names, "screen-reader"));
}

/* The worst doubt of the words of a class or an id. Words end at a character other than a letter, and before a capital
 * after a small letter. */
static enum html_doubt doubt_of_names(const char *names, bool is_paragraph, uint8_t *number) {
  enum html_doubt worst = HTML_PLAIN;
  /* "no-sidebar" has no sidebar, and "category-social" tells the article's subject */
  static const char *const before[] = {"no",  "has",   "with",   "without", "category",
                                       "tag", "topic", "format", "label", /* Drupal's field-label-hidden */
                                       NULL};
  bool is_negated = false;
  while (names && *names) {
    char word[WORD_MAX + 1];
    size_t length = 0;
    while (*names && !ascii_is_letter((unsigned char)*names)) is_negated &= *names == '-' || *names == '_', names++;
    for (; ascii_is_letter((unsigned char)*names); names++) {
      if (length && ascii_is_upper((unsigned char)*names) && ascii_is_lower((unsigned char)names[-1])) break;
      if (length < WORD_MAX) word[length] = (char)ascii_lower((unsigned char)*names);
      length++;
    }
    if (!length || length > WORD_MAX) continue;
    word[length] = '\0';
    bool is_standfirst =
        is_paragraph && strcmp(word, "teaser") == 0; /* a paragraph; teasers of other articles are boxes */
    bool is_shown = strcmp(word, "hidden") == 0 && is_for_some_screens(names);
    enum html_doubt doubt = is_negated || is_standfirst || is_shown ? HTML_PLAIN : doubt_of_word(word, number);
    if (doubt > worst) worst = doubt;
    is_negated = is_listed(word, before);
  }
  return worst;
}

static bool is_hidden(const GumboElement *element) {
  const char *hidden = html_attribute(element, "aria-hidden"), *style = html_attribute(element, "style");
  if (html_attribute(element, "hidden") || (hidden && strcasecmp(hidden, "true") == 0)) return true;
  for (const char *at = style; at && (at = strcasestr(at, "display")) != NULL; at++) {
    at += strlen("display");
    at += strspn(at, " \t\n");
    if (*at == ':' && strncasecmp(at + 1 + strspn(at + 1, " \t\n"), "none", 4) == 0) return true;
  }
  const char *seen = style ? strcasestr(style, "visibility") : NULL;
  return seen && strcasestr(seen, "hidden") != NULL;
}

/* Whether a figure is a quotation or a listing instead of a picture. */
static bool has_quotation(const GumboElement *figure) {
  for (unsigned i = 0; i < figure->children.length; i++) {
    const GumboNode *child = figure->children.data[i];
    if (child->type != GUMBO_NODE_ELEMENT) continue;
    if (child->v.element.tag == GUMBO_TAG_BLOCKQUOTE || child->v.element.tag == GUMBO_TAG_PRE) return true;
  }
  return false;
}

enum html_doubt html_name_doubt(const GumboElement *element, uint8_t *word) {
  *word = 0;
  switch (element->tag) {
    case GUMBO_TAG_FIGURE:
      if (has_quotation(element)) return HTML_PLAIN;
      return doubt_of_word("figcaption", word);
    case GUMBO_TAG_FIGCAPTION: return doubt_of_word("figcaption", word);
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_MAIN: return HTML_PLAIN;
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_FIELDSET: return HTML_DOUBT;
    default: break;
  }
  if (!element->attributes.length) return HTML_PLAIN;
  const char *role = html_attribute(element, "role");
  if (is_hidden(element)) return HTML_DOUBT;
  if (role)
    for (size_t i = 0; roles[i]; i++)
      if (strcasecmp(role, roles[i]) == 0) return HTML_DOUBT;
  if (is_for_screen_readers(html_attribute(element, "class"))) return HTML_DOUBT;
  bool is_paragraph = element->tag == GUMBO_TAG_P;
  enum html_doubt by_class = doubt_of_names(html_attribute(element, "class"), is_paragraph, word),
                  by_id = doubt_of_names(html_attribute(element, "id"), is_paragraph, word);
  if (element->tag == GUMBO_TAG_ARTICLE && (by_class > by_id ? by_class : by_id) != HTML_STRONG) return HTML_PLAIN;
  return by_class > by_id ? by_class : by_id;
}
