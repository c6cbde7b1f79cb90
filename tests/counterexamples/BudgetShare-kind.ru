# valid: money
INSERT DATA {
  <budget-share/x-a> a is:BudgetShare ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> .
}
