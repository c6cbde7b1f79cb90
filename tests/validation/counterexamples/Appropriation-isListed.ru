# valid: money
INSERT DATA {
  <appropriation/x-c> a is:Appropriation ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> ;
    is:isAppropriationFor <programme/x-a> ; is:fiscalYear 2018 ; is:hasPhase <phase/initial> ; is:amount 2800000000 ; is:roundingUnit 100000000 .
}
