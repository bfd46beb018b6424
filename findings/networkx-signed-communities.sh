#!/bin/sh
# On a signed graph networkx's louvain_communities and greedy_modularity_communities take negative weights without a word, and their answer turns
# over when the sum of all weights passes zero: modularity divides by that sum, so below zero it rewards the hostile edges. Two blocs of four
# states, friendly (+1) within, hostile between: at -0.5 an edge they are found; at -1 the result is four pairs of enemies, one of each bloc.
# modularity() of the true blocs is 2.5 in the first case (its maximum is 1 for positive weights) and -3.5 in the second, where the pairs score
# 0.75.
# Expected: negative weights are refused (igraph 0.10 refuses them) or push apart. The documentation of neither function speaks of the sign.
# What it matters for: a network of stance scores is signed, and in a war its sum is negative. Pass positive ties only, or use a method made for
# signed graphs; asyn_lpa_communities got both cases right here.
#
# Output seen (networkx 2.8.8 and igraph 0.10.2, Debian's python3-networkx and python3-igraph):
#   hostile -0.5, sum +4: louvain 2 communities, 0 mixed; greedy 2, 0 mixed; modularity of the blocs 2.50
#   hostile -1, sum -4: louvain 4 communities, 4 mixed; greedy 4, 4 mixed; modularity of the blocs -3.50, of the pairs 0.75
#   igraph: refuses negative weights
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
/usr/bin/python3 -c 'import networkx, igraph' 2>/dev/null || { echo "needs Debian's python3-networkx and python3-igraph"; exit 1; }
cat >"$work/ask.py" <<'P'
import itertools
import igraph
import networkx
from networkx.algorithms import community
print("networkx", networkx.__version__, "igraph", igraph.__version__)
def blocs(hostile):
    graph = networkx.Graph()
    for one, other in itertools.combinations([bloc + str(i) for bloc in "AB" for i in range(4)], 2):
        graph.add_edge(one, other, weight=1 if one[0] == other[0] else hostile)
    return graph
def mixed(groups):
    return sum(len({state[0] for state in group}) == 2 for group in groups)
for hostile, count, wrong in (-0.5, 2, 0), (-1, 4, 4):
    graph = blocs(hostile)
    louvain = community.louvain_communities(graph, seed=1)
    greedy = community.greedy_modularity_communities(graph, weight="weight")
    truth = community.modularity(graph, [{s for s in graph if s[0] == bloc} for bloc in "AB"])
    says = f", of the pairs {community.modularity(graph, louvain):.2f}" if wrong else ""
    print(f"hostile {hostile}, sum {graph.size('weight'):+.0f}: louvain {len(louvain)} communities, {mixed(louvain)} mixed;",
          f"greedy {len(greedy)}, {mixed(greedy)} mixed; modularity of the blocs {truth:.2f}{says}")
    assert len(louvain) == len(greedy) == count and mixed(louvain) == mixed(greedy) == wrong
    assert all(mixed(community.louvain_communities(graph, seed=seed)) == wrong for seed in range(20))
try:
    igraph.Graph.from_networkx(blocs(-1)).community_multilevel(weights="weight")
    raise SystemExit("igraph took negative weights")
except igraph.InternalError:
    print("igraph: refuses negative weights")
P
/usr/bin/python3 "$work/ask.py"
