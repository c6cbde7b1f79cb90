# valid: who
INSERT DATA { <institution/x-a> is:wikidataId "Q13" }
