# valid: code
INSERT { <flag/x_a> ?property ?value } WHERE { <flag/x-a> ?property ?value . FILTER(?property != skos:notation) } ;
INSERT DATA { <flag/x_a> skos:notation "x_a" }
