# The export of `stance estimate` in pandas: label minus prediction over the drawn units, added to the predictions' mean; and
# prediction-powered inference (Angelopoulos and others) where ppi_py is installed.
import sys

import pandas

d = pandas.read_csv(sys.argv[1])
l, u = d[d.labeled == 1], d[d.labeled == 0]
w = 1 / l.pi
mean = d.p_score.mean() + (w * (l.gold_score - l.p_score)).sum() / w.sum()
print(f"mean score {mean:.3f} (pandas)")
try:
    from ppi_py import ppi_mean_ci
except ImportError:
    pass
else:
    low, high = ppi_mean_ci(l.gold_score.to_numpy(float), l.p_score.to_numpy(), u.p_score.to_numpy(), alpha=0.05, w=w.to_numpy())
    print(f"mean score {low[0]:.3f} to {high[0]:.3f} (ppi_py)")
