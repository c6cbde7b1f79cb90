# valid: who
INSERT DATA { <role/x-a> is:hasImplementer <institution/x-a> }
