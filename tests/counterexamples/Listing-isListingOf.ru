# valid: money
DELETE WHERE { <listing/x-a> is:isListingOf ?any }
