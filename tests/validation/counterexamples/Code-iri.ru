# valid: code
DELETE WHERE { <flag/x-a> skos:notation ?any } ; INSERT DATA { <flag/x-a> skos:notation "x-b" }
