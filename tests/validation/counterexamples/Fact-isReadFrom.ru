# valid: document
DELETE { <note/x-a> is:isReadFrom ?any } INSERT { <note/x-a> is:isReadFrom <page/x-a> } WHERE { <note/x-a> is:isReadFrom ?any }
