# valid: money
INSERT { <listed-amount/x-c> ?property ?value } WHERE { <listed-amount/x-a> ?property ?value }
