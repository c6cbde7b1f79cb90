# valid: document
INSERT DATA {
  <furniture/x--b> a is:Furniture ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/x-a> .
}
