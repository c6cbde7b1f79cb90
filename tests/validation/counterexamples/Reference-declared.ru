# valid: document
DELETE { <note/x-a> is:concerns ?any } INSERT { <note/x-a> is:concerns <strategy/x-gone> } WHERE { <note/x-a> is:concerns ?any }
