# valid: who
INSERT DATA {
  <institution/x-a> is:wikidataId "Q11" ; skos:exactMatch <http://www.wikidata.org/entity/Q11> .
  <institution/x-b> is:wikidataId "Q11" ; skos:exactMatch <http://www.wikidata.org/entity/Q11> .
}
