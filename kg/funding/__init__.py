"""Who receives how much for what: the scope and the network that pictures, exports and tables share."""
