-- Words that, alone in a user's name, tell a program from a person.
-- grain: word
-- columns:
--   word  varchar  the word, lower case, without accents

with

final as (
    select words.word
    from (
        values
        ('api'),
        ('automated'),
        ('automation'),
        ('automatedprocess'),
        ('batch'),
        ('chatter'),
        ('cloudintegrationuser'),
        ('connecteur'),
        ('connector'),
        ('dataloader'),
        ('etl'),
        ('insights'),
        ('integration'),
        ('interface'),
        ('middleware'),
        ('noreply'),
        ('robot'),
        ('sync'),
        ('synchro'),
        ('synchronisation'),
        ('system'),
        ('systeme'),
        ('webservice'),
        ('webservices')
    ) as words (word)
)

select * from final
