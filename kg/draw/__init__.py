"""Pictures of the graph: scenes drawn from the stored questions, written as SVG, HTML, PNG and PDF."""
