"""How the model is made from the labelled drafts; needs torch, which nothing that runs does."""
