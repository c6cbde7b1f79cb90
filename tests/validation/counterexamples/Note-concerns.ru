# valid: document
DELETE { <note/x-a> is:concerns ?any } INSERT { <note/x-a> is:concerns "the strategy" } WHERE { <note/x-a> is:concerns ?any }
