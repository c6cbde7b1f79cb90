# valid: money
INSERT DATA {
  <listing/x-b> a is:Listing ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> ;
    is:isListingOf <programme/x-a> ; is:isListedUnder <panel/x-a> ; is:hasFlag <flag/new> .
  <listed-amount/x-c> a is:ListedAmount ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> ;
    is:isAmountIn <listing/x-b> ; is:fiscalYear 2020 ; is:hasPhase <phase/initial> ; is:hasAmountStatus <amount-status/exact> ; is:printedAmount "32億円" ;
    is:lists <appropriation/x-c> .
  <appropriation/x-c> a is:Appropriation ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> ;
    is:isAppropriationFor <programme/x-a> ; is:fiscalYear 2020 ; is:hasPhase <phase/initial> ; is:amount 3200000000 ; is:roundingUnit 100000000 .
}
