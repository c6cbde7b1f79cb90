# valid: document
DELETE WHERE { <reading/x-b> ?property ?value }
