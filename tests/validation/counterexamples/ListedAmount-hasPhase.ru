# valid: money
INSERT DATA {
  <listing/x-a> is:hasFlag <flag/under-consideration> .
  <listed-amount/x-c> a is:ListedAmount ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/base> ;
    is:isAmountIn <listing/x-a> ; is:hasPhase <account/general> ; is:hasAmountStatus <amount-status/under-consideration> ; is:printedAmount "検討中" .
}
