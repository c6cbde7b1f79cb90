# valid: who
DELETE { <role/x-a> is:hasAdministrator ?any } INSERT { <role/x-a> is:hasAdministrator <institution/x-a> } WHERE { <role/x-a> is:hasAdministrator ?any }
