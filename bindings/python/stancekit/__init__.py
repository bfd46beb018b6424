# SPDX-License-Identifier: MIT
"""Who is hostile or friendly to whom in the news, sentence by sentence.

    >>> import stancekit
    >>> stancekit.classify(["Mali expelled France's envoy."])[["source", "target", "label", "p"]]

`classify` gives a DataFrame, `predict` an iterator of predictions for inputs of any size, `classify_chunks` an iterator
of DataFrames; `explain` says which words decided. `Model` and `Gazetteer` open other models and actors than the shipped
ones. The numbers are those of the program `stance classify`, to the last printed digit.
"""
from ._articles import Article
from ._errors import StanceError, StanceInputError, StanceSystemError, StanceUsageError, StanceWarning
from ._library import version
from ._predict import predict
from ._scorer import Mention, Prediction
from .models import Actor, Gazetteer, Model
from .tables import classify, classify_chunks, explain

__all__ = [
    "Actor",
    "Article",
    "Gazetteer",
    "Mention",
    "Model",
    "Prediction",
    "StanceError",
    "StanceInputError",
    "StanceSystemError",
    "StanceUsageError",
    "StanceWarning",
    "classify",
    "classify_chunks",
    "explain",
    "predict",
    "version",
]
__version__ = version()
