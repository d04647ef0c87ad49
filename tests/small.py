"""A whole set of playbooks in one screen, for tests of the engine."""

PRINCIPLE = """\
title: One price for all
family: B Fairness & scope
precedence: 1
idea: A price is a promise. The same one goes to everybody.
never_means: It never forbids a discount that all can have.
sources:
  seeds: [P24]
  codes: [{what: A rule, where: A code, date: "2024-08-17"}]
reminders:
  "1": ["One: {quote}", "Uno: {quote}", "Eins: {quote}"]
  "2": ["Two: {quote}", "Due: {quote}", "Zwei: {quote}"]
  "3": ["Three: {quote}", "Tre: {quote}", "Drei: {quote}"]
questions: [Would all get it?, Who else asks?, What is the rule?]
repairs:
  - the same as everyone pays
praise:
  phrases: [I keep one price]
  examples: [I keep one price for all of you.]
  lines: [You named the rule.]
rewrites: [I keep one price., All pay alike., The list holds for all.]
pair: {before: Cheaper for you., after: The list price is on the site.}
rules:
  - id: friend-price
    severity: 2
    why: Others may hear of it.
    phrases:
      - <friend> (price+|rate+)
      - half price ... (don't|never) tell
    unless: [all members]
    rewrites: ["I keep one price, {amount|my usual fee} for all."]
    examples:
      flags: ["Here is a [[mate price]] for the job.", "It is [[half price, just don't tell]] them.", "You get the [[pal rate]].", "The [[mate rate]] it is."]
      passes: ["I can't do a mate price.", "A mate rate for all members.", "The mate price, which is the same as everyone pays.", "See the price list."]
      near: ["Here is a fair price for the job.", "It is half price, and do tell them.", "You get the day rate."]
tips:
  - {id: W01, title: One, text: One., before: a, after: b, plan: If so then so., practice: Do it., question: Which?, source: S1}
  - {id: W02, title: Two, text: Two., before: a, after: b, plan: If so then so., practice: Do it., question: Which?, source: S1}
  - {id: W03, title: Three, text: Three., before: a, after: b, plan: If so then so., practice: Do it., question: Which?, source: S1}
"""
