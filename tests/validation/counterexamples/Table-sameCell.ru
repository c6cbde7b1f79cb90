# valid: cell
INSERT { <budget-cell/x-c> ?property ?value } WHERE {
  <budget-cell/x-a> ?property ?value .
  FILTER(?property NOT IN (is:amount, is:printedValue, is:isObservationOf))
} ;
INSERT DATA {
  <budget-cell/x-c> is:amount 8200000000 ; is:printedValue "82" ; is:isObservationOf <data-set/x-b> .
  <data-set/x-b> a is:BudgetDataSet ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/x-a> .
}
