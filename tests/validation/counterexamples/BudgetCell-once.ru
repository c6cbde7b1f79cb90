# valid: cell
INSERT { <budget-cell/x-c> ?property ?value } WHERE { <budget-cell/x-a> ?property ?value }
