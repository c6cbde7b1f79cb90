# valid: who
DELETE WHERE { <role/x-a> is:hasAdministrator ?any } ; INSERT DATA { <role/x-a> is:hasExecutor <programme/x-a> }
