# valid: who
INSERT DATA { <institution/x-a> is:wikidataId "q7" ; skos:exactMatch <http://www.wikidata.org/entity/q7> }
