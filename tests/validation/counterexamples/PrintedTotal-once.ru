# valid: total
INSERT { <printed-total/x-b> ?property ?value } WHERE { <printed-total/x-a> ?property ?value }
