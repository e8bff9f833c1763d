"""The model: client, limits, budget, prompts, tokens, replies."""
