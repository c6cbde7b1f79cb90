# valid: money
INSERT DATA {
  <portion/x-c> a is:Portion ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> ;
    is:isPortionOf <appropriation/x-b> .
}
