# valid: cell
INSERT DATA {
  <data-set/x-b> a is:BudgetDataSet ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/x-a> .
}
