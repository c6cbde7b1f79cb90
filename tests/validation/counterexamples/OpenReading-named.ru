# valid: money
INSERT DATA {
  <open-reading/x-a> a is:OpenReading ; is:concerns <listing/x-a> , <listed-amount/x-a> ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/placed> ; is:isReadFrom <passage/base> .
  <reading/x-a> a is:Reading ; is:isReadingOf <open-reading/x-a> ; is:isFollowed true ; is:concerns <listed-amount/x-a> ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/placed> ; is:isReadFrom <passage/base> .
  <reading/x-b> a is:Reading ; is:isReadingOf <open-reading/x-a> ; is:isFollowed false ; skos:prefLabel "example"@en , "例"@ja ; is:hasEvidence <evidence/placed> ; is:isReadFrom <passage/base> .
}
