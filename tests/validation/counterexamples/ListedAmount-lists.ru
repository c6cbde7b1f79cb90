# valid: money
INSERT DATA {
  <listed-amount/x-a> is:lists <appropriation/x-c> .
  <appropriation/x-c> a is:Appropriation ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> ;
    is:isAppropriationFor <programme/x-a> ; is:fiscalYear 2020 ; is:hasPhase <phase/initial> ; is:amount 3200000000 ; is:roundingUnit 100000000 ;
    is:isIncludedIn <appropriation/x-a> .
}
