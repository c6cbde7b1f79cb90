# valid: document
# with: OpenReading-concerns — so that the open reading concerns it too
INSERT DATA { <reading/x-a> is:concerns "a line" . <open-reading/x-a> is:concerns "a line" }
