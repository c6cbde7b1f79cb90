# valid: document
DELETE { ?reading ?property ?value } WHERE { ?reading is:isReadingOf <open-reading/x-a> ; ?property ?value }
