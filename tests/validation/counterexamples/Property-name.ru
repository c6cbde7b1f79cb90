# valid: term
INSERT { is:XProperty ?property ?value } WHERE { is:xProperty ?property ?value }
