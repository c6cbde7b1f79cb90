# valid: document
INSERT DATA {
  <note/x-b> a is:Furniture ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/x-a> .
}
