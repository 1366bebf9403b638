"""The adoption audit: questions asked in the client's room, and what comes of them.

questions     the questions shipped, and what a workspace makes of them
notebook      what is noted: assessments, interviews, answers, actions, stakeholders
signals       what the exports say of a question, and the answer they suggest
reading       from answers to marks, strengths, risks and contradictions
stakeholders  who stands where, and whom to meet first
report        all of it as plain values and tables
"""
