# valid: document
# with: Fact-passage — what is stated has a passage, whatever its class
DELETE WHERE { <furniture/x-a> is:isReadFrom ?any }
