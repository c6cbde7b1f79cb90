# valid: who
INSERT DATA {
  <institution/x-c> a is:Platform ; skos:prefLabel "example"@en , "例協議会"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> .
}
