# valid: change
INSERT { <change/x-b> ?property ?value } WHERE {
  <change/x-a> ?property ?value .
  FILTER(?property NOT IN (is:changeRate, is:printedValue, is:isObservationOf))
} ;
INSERT DATA {
  <change/x-b> is:changeRate 6.8 ; is:printedValue "2 6.8%" ; is:isObservationOf <data-set/x-b> .
  <data-set/x-b> a is:BudgetDataSet ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/x-a> .
}
