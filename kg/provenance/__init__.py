"""Why a statement holds, where it comes from, and what changed between two releases."""
