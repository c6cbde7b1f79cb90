# valid: change
INSERT { <change/x-b> ?property ?value } WHERE { <change/x-a> ?property ?value }
