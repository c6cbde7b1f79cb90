# valid: money
# with: Fact-mostSpecific — a class that only gathers others is the error here
INSERT DATA {
  <budget-share/x-a> a is:BudgetShare ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> .
}
