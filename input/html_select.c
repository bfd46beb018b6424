/* SPDX-License-Identifier: MIT
 * Finds the article by scores of paragraphs that are passed up to their ancestors, as in Readability (Arc90 2010,
 * Mozilla), with boilerpipe's shallow text features for each block (Kohlschuetter, Fankhauser, Nejdl 2010: length, link
 * density).
 *
 *   1. exclude doubtful elements, unless they have most of the page's prose, and teasers (html_teaser.h)
 *   2. use the page's own markup if it is plausible: itemprop="articleBody", a single article element, main
 *   3. take the element with the highest score, and at each level upwards add similar siblings
 *   4. keep its blocks that are no links, captions or calls to read on */
#include "html_select.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "html_block.h"
#include "html_teaser.h"
#include "stance/base/error.h"

enum {
  OTHERS_MIN = 140, /* bytes of other prose with which readers' comments are excluded */
  LEVELS = 5,
  RELEASES = 3,    /* nested doubtful words, as in a gallery's captions */
  ITEM_MIN = 40,   /* bytes outside of links with which a list's item is text */
  TITLE_MIN = 10,  /* bytes that heading and title must share */
  ALIKE_LEVELS = 2 /* levels above the best element up to which siblings of only sentences are added */
};

struct selection {
  struct html_tree *tree;
  uint32_t title;               /* the heading that repeats the page's title; 0: none */
  bool is_released[HTML_WORDS]; /* doubtful words of elements with most of the page's prose */
  struct html_choice *choice;
  bool *is_in; /* [element_count]: selected, with all below it */
  double *scores;
  uint8_t *words; /* [element_count]: the doubtful word for which it is excluded */
};

static bool is_below(const struct html_tree *tree, uint32_t element, uint32_t root) {
  return element >= root && element <= tree->elements[root].last;
}

/* ---- 1. exclusion --------------------------------------------------------------------------------------------- */

static bool is_titled(const char *text, size_t length, const char *title, size_t title_length) {
  size_t shorter = length < title_length ? length : title_length;
  return shorter >= TITLE_MIN && strncasecmp(text, title, shorter) == 0;
}

/* The first h1, else the first heading, that starts like the title. */
static uint32_t find_title(const struct html_tree *tree, const char *title) {
  uint32_t found = 0;
  for (size_t i = 0; title && i < tree->block_count; i++) {
    const struct html_block *block = &tree->blocks[i];
    bool is_first = tree->elements[block->element].element->tag == GUMBO_TAG_H1;
    if (block->kind != HTML_HEADING || (found && !is_first)) continue;
    if (!is_titled(tree->text.data + block->start, block->length, title, strlen(title))) continue;
    found = block->element;
    if (is_first) break;
  }
  return found;
}

/* Whether a doubtful element is kept: it contains the title, it is a header without links, or its word is released. */
static bool is_beyond_doubt(const struct selection *selection, uint32_t element) {
  const struct html_element *doubted = &selection->tree->elements[element];
  if (selection->title && is_below(selection->tree, selection->title, element)) return true;
  return (doubted->is_header && doubted->text && !doubted->links) ||
         (doubted->word && selection->is_released[doubted->word]);
}

/* Whether all of an element's text is prose. */
static bool is_all_prose(const struct html_element *element) {
  return element->good && !element->links && element->closed * 10 >= element->text * 9;
}

static void drop_doubtful(const struct selection *selection, enum html_doubt doubt) {
  struct html_tree *tree = selection->tree;
  struct html_element *elements = tree->elements;
  uint32_t all = elements[0].good;
  for (uint32_t i = 1; i < tree->element_count; i++) {
    struct html_element *element = &elements[i];
    uint32_t others = all - element->good;
    if (elements[element->parent].is_out) element->is_out = true;
    else if (doubt == HTML_DOUBT && element->doubt == HTML_WEAK)
      element->is_out = element->good <= others && !is_all_prose(element) && !is_beyond_doubt(selection, i);
    else if (element->doubt != doubt || is_beyond_doubt(selection, i)) continue;
    else if (doubt == HTML_DOUBT) element->is_out = element->good <= others;
    else element->is_out = others >= OTHERS_MIN || element->good == 0;
  }
  html_tree_sum(tree);
}

/* Releases the words of elements that have much more prose than the rest of the page: a page builder's "widget", a
 * gallery's "caption". */
static bool release_words(struct selection *selection) {
  const struct html_tree *tree = selection->tree;
  uint8_t *words = selection->words;
  size_t good[HTML_WORDS] = {0}, closed[HTML_WORDS] = {0}, text[HTML_WORDS] = {0};
  size_t boxes[HTML_WORDS] = {0}, led_away[HTML_WORDS] = {0}; /* elements whose headings are links, as in teasers */
  bool has_any = false;
  for (size_t i = 1; i < tree->element_count; i++) { /* by the outermost excluded element */
    const struct html_element *element = &tree->elements[i], *parent = &tree->elements[element->parent];
    words[i] = !element->is_out ? 0 : parent->is_out ? words[element->parent] : element->word;
    boxes[words[i]] += !parent->is_out;
  }
  for (size_t i = 0; i < tree->block_count; i++) {
    const struct html_block *block = &tree->blocks[i];
    if (block->is_good) good[words[block->element]] += block->length;
    if (block->is_closed) closed[words[block->element]] += block->length;
    text[words[block->element]] += block->length;
    led_away[words[block->element]] += block->kind == HTML_HEADING && block->links;
  }
  for (size_t word = 1; word < HTML_WORDS; word++) {
    bool is_prose =
        good[word] >= OTHERS_MIN && closed[word] * 10 >= text[word] * 7 && led_away[word] * 2 <= boxes[word];
    if (!is_prose || good[word] < 4 * (size_t)tree->elements[0].good || selection->is_released[word]) continue;
    selection->is_released[word] = has_any = true;
  }
  return has_any;
}

static void drop_all_doubtful(struct selection *selection) {
  for (size_t i = 0; i < selection->tree->element_count; i++) selection->tree->elements[i].is_out = false;
  html_tree_sum(selection->tree);
  drop_doubtful(selection, HTML_STRONG); /* first, as readers may write more than the article's author */
  drop_doubtful(selection, HTML_DOUBT);
}

/* ---- 2. the page's own markup --------------------------------------------------------------------------------- */

static bool is_article(const struct html_element *element, bool by_property) {
  const char *property = html_attribute(element->element, "itemprop");
  return by_property ? property && strcasestr(property, "articleBody") != NULL
                     : element->element->tag == GUMBO_TAG_ARTICLE;
}

struct articles { /* outermost article elements, and their prose */
  size_t count;
  uint32_t best, sum, second; /* best: index of the one with most, 0: none; second: prose of the next */
};

static struct articles find_articles(const struct html_tree *tree, bool by_property) {
  struct articles all = {0};
  for (uint32_t i = 1; i < tree->element_count; i++) {
    const struct html_element *element = &tree->elements[i];
    if (element->is_out || !is_article(element, by_property)) continue;
    uint32_t most = all.best ? tree->elements[all.best].good : 0;
    all.count += element->good > 0;
    all.sum += element->good;
    if (element->good > most) all.best = i, all.second = most;
    else if (element->good > all.second) all.second = element->good;
    i = element->last;
  }
  return all;
}

/* Whether the best is the article and the others are teasers: only it has the page's title, or it is much longer. */
static bool is_outstanding(const struct html_tree *tree, const struct articles *all) {
  const struct html_element *best = &tree->elements[all->best];
  if (all->count < 2 || best->good * 5 >= all->sum * 4) return all->best != 0;
  size_t titled = 0;
  for (uint32_t i = 1; i < tree->element_count; i++) {
    if (tree->elements[i].is_out || !is_article(&tree->elements[i], false)) continue;
    titled += tree->elements[i].has_title;
    i = tree->elements[i].last;
  }
  bool is_titled = best->has_title && titled == 1;
  return best->good >= all->second * (is_titled ? 2 : 4);
}

/* Whether the article elements are posts of a live blog instead of teasers: under a heading of the page, with headings
 * that are no links. */
static bool are_posts(const struct html_tree *tree) {
  bool has_title = false;
  for (size_t i = 0; i < tree->block_count; i++) {
    const struct html_block *block = &tree->blocks[i];
    if (block->kind != HTML_HEADING || tree->elements[block->element].is_out) continue;
    bool is_inside = false;
    for (uint32_t at = block->element; at && !is_inside; at = tree->elements[at].parent)
      is_inside = is_article(&tree->elements[at], false);
    if (is_inside && block->links) return false;
    has_title |= !is_inside && tree->elements[block->element].element->tag == GUMBO_TAG_H1;
  }
  return has_title;
}

static uint32_t largest_main(const struct html_tree *tree) {
  uint32_t best = 0;
  for (uint32_t i = 1; i < tree->element_count; i++) {
    const struct html_element *element = &tree->elements[i];
    const char *role = html_attribute(element->element, "role");
    if (element->is_out || !(element->element->tag == GUMBO_TAG_MAIN || (role && strcasecmp(role, "main") == 0)))
      continue;
    if (!best || element->good > tree->elements[best].good) best = i;
  }
  return best;
}

/* ---- 3. the highest score, and similar siblings --------------------------------------------------------------- */

static double link_density(const struct html_element *element) {
  return element->text ? (double)element->links / (double)element->text : 0;
}

static double block_score(const char *text, size_t length) {
  double score = 1;
  for (size_t i = 0; i < length; i++) score += text[i] == ',';
  return score + (length > 300 ? 3 : (double)length / 100);
}

static uint32_t best_element(const struct selection *selection, uint32_t scope) {
  const struct html_tree *tree = selection->tree;
  double *scores = selection->scores, most = 0;
  uint32_t best = scope;
  memset(scores, 0, tree->element_count * sizeof *scores);
  for (size_t i = 0; i < tree->block_count; i++) {
    const struct html_block *block = &tree->blocks[i];
    uint32_t element = block->element;
    if (!block->is_good || tree->elements[element].is_out || !is_below(tree, element, scope)) continue;
    if (block->kind != HTML_LOOSE && element != scope) element = tree->elements[element].parent;
    double score = block_score(tree->text.data + block->start, block->length);
    for (int level = 0; level < LEVELS; level++) {
      scores[element] += level == 0 ? score : level == 1 ? score / 2 : score / (level * 3);
      if (element == scope) break;
      element = tree->elements[element].parent;
    }
  }
  for (uint32_t i = scope; i <= tree->elements[scope].last; i++) {
    double score = scores[i] * (1 - link_density(&tree->elements[i]));
    if (score > most) most = score, best = i;
  }
  return best;
}

static bool same_name(const GumboElement *a, const GumboElement *b) {
  const char *one = html_attribute(a, "class"), *other = html_attribute(b, "class");
  return a->tag == b->tag && one && other && *one && strcmp(one, other) == 0;
}

static const GumboElement *first_child(const GumboElement *element) {
  for (unsigned i = 0; i < element->children.length; i++) {
    const GumboNode *child = element->children.data[i];
    if (child->type == GUMBO_NODE_ELEMENT) return &child->v.element;
  }
  return NULL;
}

/* Whether two elements, and their first children, have equal tags and classes. */
static bool same_shape(const GumboElement *a, const GumboElement *b) {
  for (int level = 0; level < 2; level++) {
    bool has_class = html_attribute(a, "class") || html_attribute(b, "class");
    if (a->tag != b->tag || (has_class && !same_name(a, b))) return false;
    a = first_child(a);
    b = first_child(b);
    if (!a || !b) return !a && !b;
  }
  return true;
}

/* Whether `sibling` continues `chosen`. good: bytes of prose in the best element; is_near: few levels above it, or
 * below the title. */
static bool reads_like(const struct selection *selection, uint32_t sibling, uint32_t chosen, uint32_t good,
                       bool is_near) {
  const struct html_tree *tree = selection->tree;
  const struct html_element *element = &tree->elements[sibling];
  bool has_title = selection->title ? is_below(tree, selection->title, sibling) : element->has_title;
  double density = link_density(element);
  if (!element->text || element->is_out) return false;
  switch (element->element->tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
      return element->good > 0 || (element->links == 0 && (element->text >= 25 || element->closed == element->text));
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4: return density == 0;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL: return density < 0.2 && (element->good || element->text > 40);
    default: break;
  }
  bool is_all_sentences = element->links == 0 && element->closed * 10 >= element->text * 9;
  if (is_all_sentences && same_shape(element->element, tree->elements[chosen].element)) return true;
  if (density > 0.3 || (!element->good && !(has_title && element->closed))) return false;
  if (same_name(element->element, tree->elements[chosen].element) || has_title) return true;
  return (is_all_sentences && is_near) || (element->good * 5 >= good && density < 0.2);
}

/* Whether an element is only a part of its parent, as a list, a quotation or a row. */
static bool is_part(const GumboElement *element) {
  switch (element->tag) {
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_P:
    case GUMBO_TAG_SPAN: return true;
    default: return false;
  }
}

/* Goes up from `best` to `scope` and adds similar siblings at each level. Returns the root of the article. */
static uint32_t join_up(struct selection *selection, uint32_t best, uint32_t scope) {
  struct html_tree *tree = selection->tree;
  while (best != scope && is_part(tree->elements[best].element) &&
         link_density(&tree->elements[tree->elements[best].parent]) < 0.3)
    best = tree->elements[best].parent;
  uint32_t root = best, good = tree->elements[best].good, chosen = best;
  int level = 0;
  selection->is_in[best] = true;
  while (chosen != scope) {
    uint32_t parent = tree->elements[chosen].parent;
    for (uint32_t child = parent + 1; child <= tree->elements[parent].last; child = tree->elements[child].last + 1) {
      bool is_between = selection->title && child > selection->title && child < chosen; /* the standfirst */
      bool is_near = level < ALIKE_LEVELS || is_between;
      bool is_before = selection->title && tree->elements[child].last < selection->title && chosen > selection->title;
      if (child == chosen || is_before || !reads_like(selection, child, chosen, good, is_near)) continue;
      selection->is_in[child] = true;
      root = parent;
    }
    chosen = parent;
    level++;
  }
  return root;
}

/* Adds the standfirst, between the page's title and the chosen element. */
static void join_standfirst(struct selection *selection, uint32_t chosen) {
  struct html_tree *tree = selection->tree;
  uint32_t title = selection->title, good = tree->elements[chosen].good;
  while (title && title < chosen && chosen) {
    uint32_t parent = tree->elements[chosen].parent;
    for (uint32_t child = parent + 1; child < chosen; child = tree->elements[child].last + 1)
      if (tree->elements[child].last >= title && reads_like(selection, child, chosen, good, true))
        selection->is_in[child] = true;
    chosen = parent;
  }
}

static void find_root(struct selection *selection, bool is_article_page) {
  struct html_tree *tree = selection->tree;
  struct html_choice *choice = selection->choice;
  uint32_t all = tree->elements[0].good, scope = 0;
  uint32_t body = find_articles(tree, true).best;
  bool is_chosen = body && tree->elements[body].good * 2 >= all;
  if (!is_chosen) {
    struct articles articles = find_articles(tree, false);
    body = articles.best;
    bool is_list = articles.count > 1 && !is_outstanding(tree, &articles) && articles.sum * 2 > all;
    if (is_list && !is_article_page && !are_posts(tree)) choice->articles = articles.count;
    if (is_list) body = 0;
    is_chosen = body && (tree->elements[body].good * 2 >= all || (articles.count > 1 && articles.sum * 2 > all));
  }
  if (is_chosen) {
    choice->root = body;
    selection->is_in[body] = true;
    join_standfirst(selection, body);
    return;
  }
  uint32_t main = largest_main(tree);
  if (main && tree->elements[main].good * 2 >= all) scope = main;
  choice->root = join_up(selection, best_element(selection, scope), scope);
  if (scope) join_standfirst(selection, scope);
}

/* ---- 4. the blocks ----------------------------------------------------------------------------------------------- */

/* Marks elements that directly contain prose, whose text between line breaks is kept however short. NULL: out of
 * memory. */
static bool *mark_prose(const struct html_tree *tree) {
  bool *is_prose = calloc(tree->element_count, sizeof *is_prose);
  for (size_t i = 0; is_prose && i < tree->block_count; i++)
    if (tree->blocks[i].is_good && tree->blocks[i].kind == HTML_LOOSE) is_prose[tree->blocks[i].element] = true;
  return is_prose;
}

static bool is_wanted(const struct html_tree *tree, const struct html_block *block, bool is_prose, const char *title) {
  const char *text = tree->text.data + block->start;
  size_t length = block->length;
  if (tree->elements[block->element].element->tag == GUMBO_TAG_H1) return false;
  if (title && strlen(title) == length && strncasecmp(text, title, length) == 0) return false;
  if (html_block_is_aside(text, length, block->links)) return false;
  bool is_linked_prose =
      block->kind == HTML_PARAGRAPH && length >= block->links + 40 && html_ends_sentence(text, length);
  if (block->links * 2 > length && !is_linked_prose) return false;
  switch (block->kind) {
    case HTML_PARAGRAPH:
    case HTML_HEADING: return true;
    case HTML_ITEM: return block->links * 4 <= length || length >= block->links + ITEM_MIN;
    case HTML_CELL: return block->is_good;
    default: return block->is_good || (is_prose && block->links == 0) || (block->is_broken && block->links == 0);
  }
}

/* Drops headings that are not followed by text, as they belong to something omitted; a heading that is a sentence is
 * kept. */
static void drop_bare_headings(const struct html_tree *tree, bool *kept) {
  bool is_bare = true;
  for (size_t i = tree->block_count; i-- > 0;) {
    if (!kept[i]) continue;
    const struct html_block *block = &tree->blocks[i];
    bool is_sentence = html_ends_sentence(tree->text.data + block->start, block->length);
    if (block->kind == HTML_HEADING && is_bare && !is_sentence) kept[i] = false;
    else is_bare = block->kind == HTML_HEADING && !is_sentence;
  }
}

/* Drops the blocks above the title if they are the smaller part. */
static void drop_above_title(const struct selection *selection, bool *kept) {
  const struct html_tree *tree = selection->tree;
  size_t above = 0, below = 0, title = 0;
  while (selection->title && title < tree->block_count && tree->blocks[title].element != selection->title) title++;
  for (size_t i = 0; selection->title && i < tree->block_count; i++)
    if (kept[i]) *(i < title ? &above : &below) += tree->blocks[i].length;
  for (size_t i = 0; above && above * 2 < below && i < title; i++) kept[i] = false;
}

static enum stance_status keep_blocks(struct selection *selection, const char *title, struct stance_error *error) {
  struct html_tree *tree = selection->tree;
  struct html_choice *choice = selection->choice;
  bool *is_prose = mark_prose(tree);
  if (!is_prose) return stance_fail_memory(error);
  for (uint32_t i = 1; i < tree->element_count; i++)
    if (selection->is_in[tree->elements[i].parent]) selection->is_in[i] = true;
  for (size_t i = 0; i < tree->block_count; i++) {
    const struct html_block *block = &tree->blocks[i];
    if (!selection->is_in[block->element] || tree->elements[block->element].is_out) continue;
    choice->kept[i] = is_wanted(tree, block, is_prose[block->element], title);
  }
  drop_above_title(selection, choice->kept);
  drop_bare_headings(tree, choice->kept);
  for (size_t i = 0; i < tree->block_count; i++)
    if (choice->kept[i]) choice->kept_bytes += tree->blocks[i].length;
  free(is_prose);
  return STANCE_OK;
}

enum stance_status html_select(struct html_tree *tree, bool is_article_page, const char *title,
                               struct html_choice *choice, struct stance_error *error) {
  *choice = (struct html_choice){.kept = calloc(tree->block_count + 1, sizeof(bool))};
  struct selection selection = {.tree = tree,
                                .choice = choice,
                                .is_in = calloc(tree->element_count, sizeof(bool)),
                                .scores = calloc(tree->element_count, sizeof(double)),
                                .words = calloc(tree->element_count, 1)};
  enum stance_status status = STANCE_OK;
  selection.title = find_title(tree, title);
  bool is_good = choice->kept && selection.is_in && selection.scores && selection.words;
  if (!is_good || !html_teasers_doubt(tree, selection.title)) {
    status = stance_fail_memory(error);
  } else {
    drop_all_doubtful(&selection);
    for (int times = 0; times < RELEASES && release_words(&selection); times++) drop_all_doubtful(&selection);
    find_root(&selection, is_article_page);
    status = keep_blocks(&selection, title, error);
  }
  free(selection.is_in);
  free(selection.scores);
  free(selection.words);
  return status;
}
