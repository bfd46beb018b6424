/* SPDX-License-Identifier: MIT
 * The network of dyads for Gephi, NetworkX and igraph: GraphML (Brandes et al., 2001) and GEXF 1.2. Nodes are actors,
 * with the ids n0, n1, ... in the file, as readers change some characters of ids; the actor's own id and name are
 * attributes. Every number is a double, as readers take a key with two types for two keys. */
#include <stdlib.h>
#include <string.h>

#include "aggregate.h"
#include "stance/base/markup.h"
#include "terminal_text.h"

struct network {
  const struct classify_style *style;
  const struct classify_head *head;
  const struct classify_facts *facts; /* of the run; none are told where it has none */
  const struct classify_row *rows;
  size_t row_count;
  const char **nodes; /* ids in order of appearance */
  size_t node_count;
  size_t *sources, *targets; /* [row_count]: indices in nodes */
};

static const char *const figures[] = {"units", "score", "low", "high"};
enum { FIGURES = sizeof figures / sizeof *figures };

static double figure_of(const struct classify_row *row, size_t which) {
  const double values[FIGURES] = {(double)row->units, row->score, row->low, row->high};
  return values[which];
}

/* ---- nodes ------------------------------------------------------------------------------------------------------ */

struct node_key {
  const char *id;
  size_t row;
  bool is_target;
};

static int by_id(const void *a, const void *b) {
  const struct node_key *x = a, *y = b;
  int order = strcmp(x->id, y->id);
  return order ? order : x->row != y->row ? (x->row < y->row ? -1 : 1) : (int)x->is_target - (int)y->is_target;
}

/* Makes the nodes, in the order of their ids. False: out of memory. */
static bool find_nodes(struct network *network) {
  size_t count = network->row_count;
  struct node_key *keys = calloc(count * 2 + 1, sizeof *keys);
  network->nodes = calloc(count * 2 + 1, sizeof *network->nodes);
  network->sources = calloc(count + 1, sizeof *network->sources);
  network->targets = calloc(count + 1, sizeof *network->targets);
  bool is_good = keys && network->nodes && network->sources && network->targets;
  for (size_t i = 0; is_good && i < count; i++) {
    keys[2 * i] = (struct node_key){network->rows[i].source, i, false};
    keys[2 * i + 1] = (struct node_key){network->rows[i].target, i, true};
  }
  if (is_good) qsort(keys, count * 2, sizeof *keys, by_id);
  for (size_t i = 0; is_good && i < count * 2; i++) {
    if (!i || strcmp(keys[i].id, keys[i - 1].id) != 0) network->nodes[network->node_count++] = keys[i].id;
    (keys[i].is_target ? network->targets : network->sources)[keys[i].row] = network->node_count - 1;
  }
  free(keys);
  return is_good;
}

/* ---- GraphML ----------------------------------------------------------------------------------------------------- */

static void put_key(struct stance_buffer *out, const char *of, const char *name, bool is_label, const char *type) {
  stance_buffer_printf(out, "  <key id=\"%s_%s", of, is_label ? "units_" : "");
  stance_markup_string(out, name);
  stance_buffer_printf(out, "\" for=\"%s\" attr.name=\"%s", of, is_label ? "units_" : "");
  stance_markup_string(out, name);
  stance_buffer_printf(out, "\" attr.type=\"%s\"/>\n", type);
}

static void put_data(struct stance_buffer *out, const char *of, const char *name, const char *text) {
  stance_buffer_printf(out, "      <data key=\"%s_%s\">", of, name);
  stance_markup_string(out, text);
  stance_buffer_puts(out, "</data>\n");
}

/* Attributes of the graph itself: NetworkX and igraph keep them. */
static void put_graph_keys(const struct classify_facts *facts, struct stance_buffer *out) {
  for (size_t i = 0; i < facts->count; i++) put_key(out, "graph", facts->names[i], false, "string");
}

static void put_graph_facts(const struct classify_facts *facts, struct stance_buffer *out) {
  for (size_t i = 0; i < facts->count; i++) put_data(out, "graph", facts->names[i], facts->values[i]);
}

static void put_graphml(const struct network *network, struct stance_buffer *out) {
  const struct classify_head *head = network->head;
  stance_buffer_puts(
      out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
  put_graph_keys(network->facts, out);
  put_key(out, "node", "actor", false, "string");
  put_key(out, "node", "name", false, "string");
  put_key(out, "edge", "reads", false, "string");
  for (size_t i = 0; i < FIGURES; i++) put_key(out, "edge", figures[i], false, "double");
  for (size_t l = 0; l < head->label_count; l++) put_key(out, "edge", head->labels[l], true, "double");
  stance_buffer_puts(out, "  <graph edgedefault=\"directed\">\n");
  put_graph_facts(network->facts, out);
  for (size_t i = 0; i < network->node_count; i++) {
    stance_buffer_printf(out, "    <node id=\"n%zu\">\n", i);
    put_data(out, "node", "actor", network->nodes[i]);
    put_data(out, "node", "name", classify_actor_name(network->style, network->nodes[i]));
    stance_buffer_puts(out, "    </node>\n");
  }
  for (size_t i = 0; i < network->row_count; i++) {
    const struct classify_row *row = &network->rows[i];
    double value;
    stance_buffer_printf(out, "    <edge source=\"n%zu\" target=\"n%zu\">\n", network->sources[i], network->targets[i]);
    put_data(out, "edge", "reads", classify_verdict(head, row, &value));
    for (size_t f = 0; f < FIGURES; f++) {
      stance_buffer_printf(out, "      <data key=\"edge_%s\">", figures[f]);
      stance_buffer_fixed(out, figure_of(row, f), 4);
      stance_buffer_puts(out, "</data>\n");
    }
    for (size_t l = 0; l < head->label_count; l++) {
      stance_buffer_puts(out, "      <data key=\"edge_units_");
      stance_markup_string(out, head->labels[l]);
      stance_buffer_printf(out, "\">%llu.0</data>\n", (unsigned long long)row->labels[l]);
    }
    stance_buffer_puts(out, "    </edge>\n");
  }
  stance_buffer_puts(out, "  </graph>\n</graphml>\n");
}

/* ---- GEXF -------------------------------------------------------------------------------------------------------- */

static void put_attribute(struct stance_buffer *out, size_t id, const char *start, const char *name, const char *type) {
  stance_buffer_printf(out, "      <attribute id=\"%zu\" title=\"%s", id, start);
  stance_markup_string(out, name);
  stance_buffer_printf(out, "\" type=\"%s\"/>\n", type);
}

static void put_value(struct stance_buffer *out, size_t id, double value) {
  stance_buffer_printf(out, "<attvalue for=\"%zu\" value=\"", id);
  stance_buffer_fixed(out, value, 4);
  stance_buffer_puts(out, "\"/>");
}

static void put_meta(const struct classify_facts *facts, struct stance_buffer *out) {
  if (!facts->count) return;
  stance_buffer_puts(out, "  <meta><description>");
  for (size_t i = 0; i < facts->count; i++) {
    stance_buffer_printf(out, "%s%s: ", i ? "; " : "", facts->names[i]);
    stance_markup_string(out, facts->values[i]);
  }
  stance_buffer_puts(out, "</description></meta>\n");
}

static void put_gexf(const struct network *network, struct stance_buffer *out) {
  const struct classify_head *head = network->head;
  stance_buffer_puts(out,
                     "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://www.gexf.net/1.2draft\" "
                     "version=\"1.2\">\n");
  put_meta(network->facts, out);
  stance_buffer_puts(out,
                     "  <graph mode=\"static\" defaultedgetype=\"directed\">\n    <attributes "
                     "class=\"node\" mode=\"static\">\n");
  put_attribute(out, 0, "", "actor", "string");
  stance_buffer_puts(out, "    </attributes>\n    <attributes class=\"edge\" mode=\"static\">\n");
  put_attribute(out, 0, "", "reads", "string");
  for (size_t f = 0; f < FIGURES; f++) put_attribute(out, 1 + f, "", figures[f], "double");
  for (size_t l = 0; l < head->label_count; l++)
    put_attribute(out, 1 + FIGURES + l, "units_", head->labels[l], "double");
  stance_buffer_puts(out, "    </attributes>\n    <nodes>\n");
  for (size_t i = 0; i < network->node_count; i++) {
    stance_buffer_printf(out, "      <node id=\"n%zu\" label=\"", i);
    stance_markup_string(out, classify_actor_name(network->style, network->nodes[i]));
    stance_buffer_puts(out, "\"><attvalues><attvalue for=\"0\" value=\"");
    stance_markup_string(out, network->nodes[i]);
    stance_buffer_puts(out, "\"/></attvalues></node>\n");
  }
  stance_buffer_puts(out, "    </nodes>\n    <edges>\n");
  for (size_t i = 0; i < network->row_count; i++) {
    const struct classify_row *row = &network->rows[i];
    double value;
    stance_buffer_printf(out, "      <edge id=\"%zu\" source=\"n%zu\" target=\"n%zu\" weight=\"%llu.0\"><attvalues>", i,
                         network->sources[i], network->targets[i], (unsigned long long)row->units);
    stance_buffer_puts(out, "<attvalue for=\"0\" value=\"");
    stance_markup_string(out, classify_verdict(head, row, &value));
    stance_buffer_puts(out, "\"/>");
    for (size_t f = 0; f < FIGURES; f++) put_value(out, 1 + f, figure_of(row, f));
    for (size_t l = 0; l < head->label_count; l++) put_value(out, 1 + FIGURES + l, (double)row->labels[l]);
    stance_buffer_puts(out, "</attvalues></edge>\n");
  }
  stance_buffer_puts(out, "    </edges>\n  </graph>\n</gexf>\n");
}

/* ---- both -------------------------------------------------------------------------------------------------------- */

bool classify_rows_graph(const struct classify_style *style, bool as_gexf, const struct classify_facts *facts,
                         struct classify_row *rows, size_t count, struct stance_buffer *out) {
  static const struct classify_head no_head = {.name = ""};
  int asked = classify_dyad_head(style->heads);
  struct network network = {
      .style = style, .facts = facts, .head = asked < 0 ? &no_head : &style->heads->items[asked], .rows = rows};
  for (size_t i = 0; i < count; i++)
    if (rows[i].source && rows[i].target && (int)rows[i].head == asked) rows[network.row_count++] = rows[i];
  bool is_good = find_nodes(&network);
  if (is_good) (as_gexf ? put_gexf : put_graphml)(&network, out);
  free(network.nodes);
  free(network.sources);
  free(network.targets);
  return is_good && !out->failed;
}
