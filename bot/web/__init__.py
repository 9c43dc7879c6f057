"""The page: what people see of the bot in a browser, over HTTP."""
