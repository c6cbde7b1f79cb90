# valid: printed
# with: Fact-passage — what is stated has a passage
DELETE WHERE { <printed-text/x-icon> is:isReadFrom ?any }
