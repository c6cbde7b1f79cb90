# valid: who
INSERT { <role/x-c> ?property ?value } WHERE { <role/x-a> ?property ?value }
