-- What people type in a field to say that they have nothing to type.
-- grain: word
-- columns:
--   word  varchar  the whole value, lower case, without accents

with

final as (
    select words.word
    from (
        values
        ('a completer'),
        ('a definir'),
        ('a renseigner'),
        ('aucun'),
        ('aucune'),
        ('azerty'),
        ('bidon'),
        ('empty'),
        ('inconnu'),
        ('inconnue'),
        ('n.a.'),
        ('n.c.'),
        ('n/a'),
        ('n/c'),
        ('na'),
        ('nc'),
        ('neant'),
        ('nil'),
        ('non communique'),
        ('non communiquee'),
        ('non defini'),
        ('non renseigne'),
        ('non renseignee'),
        ('none'),
        ('not applicable'),
        ('not available'),
        ('not provided'),
        ('ns'),
        ('nsp'),
        ('null'),
        ('pas de mail'),
        ('pas de telephone'),
        ('qwerty'),
        ('rien'),
        ('sans'),
        ('sans objet'),
        ('tba'),
        ('tbc'),
        ('tbd'),
        ('test'),
        ('test test'),
        ('tests'),
        ('titi'),
        ('to be defined'),
        ('to be determined'),
        ('toto'),
        ('undefined'),
        ('unknown'),
        ('vide'),
        ('xyz')
    ) as words (word)
)

select * from final
