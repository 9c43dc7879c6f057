"""The journal as the engine sees it: entries, their chain, their text."""
