"""Files to documents: reading them, naming them, and finding their structure with offsets.

One module a format (:mod:`~summitqa.corpus.plain`, :mod:`~summitqa.corpus.markdown`); every block is a
span of the canonical text. Nothing here knows of passages, models or indexes.
"""

from summitqa.corpus.documents import load_document, load_documents, parse_document
from summitqa.corpus.files import SUPPORTED_SUFFIXES

__all__ = ["SUPPORTED_SUFFIXES", "load_document", "load_documents", "parse_document"]
