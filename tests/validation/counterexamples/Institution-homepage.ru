# valid: who
INSERT DATA { <institution/x-a> <http://xmlns.com/foaf/0.1/homepage> "example.org" }
