"""The dossier database: what was imported, what was found in it, what a person decided."""

from db.changes import Changes
from db.dossier import Dossier
from db.errors import DossierError, DossierErrorKind
from db.search import SearchHits

__all__ = ["Changes", "Dossier", "DossierError", "DossierErrorKind", "SearchHits"]
