# valid: strategy
INSERT DATA {
  <institution/x-c> a is:ForeignGovernment ; skos:prefLabel "example"@en , "例政府"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> .
}
