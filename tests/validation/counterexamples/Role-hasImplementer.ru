# valid: who
DELETE WHERE { <role/x-a> is:hasAdministrator ?any } ; INSERT DATA { <role/x-a> is:hasImplementer <programme/x-a> }
