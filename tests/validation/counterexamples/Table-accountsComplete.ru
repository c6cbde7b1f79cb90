# valid: row
DELETE { <budget-cell/x-special> ?property ?value } WHERE { <budget-cell/x-special> ?property ?value }
