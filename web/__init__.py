"""The page: chat, rendering, source panel."""
