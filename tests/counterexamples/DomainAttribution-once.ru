# valid: domain
INSERT { <domain-attribution/x-b> ?property ?value } WHERE { <domain-attribution/x-a> ?property ?value }
