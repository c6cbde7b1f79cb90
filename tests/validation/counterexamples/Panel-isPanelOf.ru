# valid: money
DELETE { <panel/x-a> is:isPanelOf ?any } INSERT { <panel/x-a> is:isPanelOf <document/base> } WHERE { <panel/x-a> is:isPanelOf ?any }
