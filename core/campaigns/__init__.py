"""Campaigns: who was reached, who to call, what came of it, what it earned.

`counts` holds the steps and their rates, `verdict` what to say of them, `benchmarks`
what others publish; `call_list`, `list_layouts` and `follow_up` the people; and
`attribution` and `history` the money and the months.
"""
