# valid: document
DELETE WHERE { <furniture/x-a> skos:prefLabel ?name } ;
INSERT DATA {
  <furniture/x-a> skos:prefLabel "page number"@en , "頁番号"@ja .
  <furniture/x-b> a is:Furniture ; skos:prefLabel "page number"@en , "頁番号"@ja ; is:hasEvidence <evidence/stated> ; is:isReadFrom <passage/x-a> .
}
