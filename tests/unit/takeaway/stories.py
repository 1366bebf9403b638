"""Stories made by hand: every kind of drawing, long names, and next to nothing."""

from __future__ import annotations

import altair as alt
import pandas as pd

from core.charts.figure import Figure
from core.i18n import formats
from core.story.model import Number, Plot, Series, Step, Story, Telling

LONG = (
    "Manufacture européenne de revêtements techniques et de peintures du Val de Loire"
)
SOURCE = {
    "fr": "Source : export Salesforce arrêté au 31/10/2026 · octobre 2026 · toute "
    "l'entreprise · 3 personnes arrivées il y a moins de 28 jours laissées de côté.",
    "en": "Source: Salesforce export up to 31 Oct 2026 · October 2026 · whole "
    "company · 3 people who came under 28 days ago are left out.",
}


def figure(plot: Plot, title: str) -> Figure:
    table = pd.DataFrame(
        {"Quoi": list(plot.categories), "Combien": list(plot.series[0].values)}
    )
    drawn = alt.Chart(table).mark_bar()
    said = f"{title} {', '.join(plot.written or plot.categories)}."
    return Figure(drawn, title, said, table)


def number(value: float, language: str, digits: int = 0) -> str:
    return formats.number(value, language, digits=digits)


def plots(language: str = "fr") -> dict[str, Plot]:
    counts = (1240.0, 2310.0, 640.0)
    steps = (10000.0, 5000.0, 4900.0, 1520.0, 90.0, 25.0)
    months = ("mai", "juin", "juil.", "août", "sept.", "oct.")
    days = (14.5, 14.0, 11.5, 7.0, 12.0, 10.5)
    shares = (0.82, 0.61, 0.44, 0.125)
    teams = ("Région Nord", "Région Sud", "Grands comptes", "Service clients")
    letters = (
        *("Synergie", "Contexte", "Organisation", "Ressource", "Ergonomie"),
        *("Unique", "Sécurité", "Aide", "Gain", "Équipe"),
    )
    return {
        "pyramid": Plot(
            "pyramid",
            ("Comptes", "Contacts", "Appels par mois"),
            (Series("Base", counts),),
            tuple(number(one, language) for one in counts),
            lit=(2,),
            states=("healthy", "healthy", "sick"),
            expected=(1240.0, 1860.0, 6200.0),
        ),
        "funnel": Plot(
            "funnel",
            ("Base", "Ciblés", "Délivrés", "Ouverts", "Cliqués", "Convertis"),
            (Series("Personnes", steps),),
            tuple(number(one, language) for one in steps),
            lit=(4,),
        ),
        "line": Plot(
            "line",
            months,
            (Series("Jours actifs", days), Series("Attendus", (15.0,) * 6)),
            tuple(number(one, language, 1) for one in days),
            lit=(5,),
            states=("",) * 5 + ("watch",),
        ),
        "bars": Plot(
            "bars",
            teams,
            (Series("Part dans leur fourchette", shares),),
            tuple(formats.percent(one, language) for one in shares),
            lit=(3,),
        ),
        "columns": Plot(
            "columns",
            months,
            (Series("Actions", (3.0, None, 5.0, 2.0, 4.0, 1.0)),),
            ("3 fois", "", "5 fois", "2 fois", "4 fois", "1 fois"),
        ),
        "tiles": Plot(
            "tiles",
            letters,
            (Series("Réponse", (0.0, 1.0, 2.0, 3.0, None, 2.0, 2.0, 1.0, 3.0, 0.0)),),
            lit=(0, 9),
        ),
        "list": Plot(
            "list",
            ("Enterré vivant", "Nouveauté abandonnée", "Village gaulois"),
            (Series("Gravité", (0.8, 0.0, 0.35)),),
            ("Présent : 20 % des 80 personnes", "Absent", "À surveiller"),
            lit=(0,),
            states=("sick", "healthy", "watch"),
        ),
        "actions": Plot(
            "list",
            (
                "Appeler les 90 personnes qui ont cliqué sans convertir",
                "Rouvrir 12 comptes jamais activés",
                "Former la région Sud à consigner ses appels",
            ),
            (Series("Rang", (1.0, 2.0, 3.0)),),
            ("Salon d'automne, liste prête", "", ""),
        ),
    }


def story(language: str = "fr", *, company: str = "Peintures Demont") -> Story:
    """Return a step for each kind of drawing."""
    drawn = plots(language)
    told = (
        Number("dans leur fourchette", "61 %", 0.61, "55 personnes sur 90", "watch"),
        Number("jours actifs, la médiane", "10,5", 10.5, "12 en septembre", ""),
        Number("actions par jour", "7,8", 7.8, "", "healthy"),
    )
    lead = (
        "**55 personnes sur 90** travaillent dans le CRM au rythme de leur métier ; "
        "la baisse vient de la région Sud."
    )
    steps = tuple(
        Step(
            name,
            topic="Utilisation",
            title=f"L'outil est ouvert, mais 4 personnes sur 10 ne font rien ({name})",
            lead=lead,
            state="watch",
            word="À surveiller",
            numbers=told if name not in ("actions",) else (),
            figure=figure(plot, f"Dessin {name}") if name != "list" else None,
            plot=plot,
            source=SOURCE[language],
            notes=("Demander qui est surpris.", "Puis montrer la liste."),
        )
        for name, plot in drawn.items()
    )
    about = (
        "Données au 31/10/2026",
        "Période : octobre 2026",
        "Filtres : toute l'entreprise",
        "Noms masqués",
    )
    telling = Telling(
        company, "Octobre 2026", "Données au 31/10/2026", "Toute l'entreprise", about
    )
    return Story(telling, language, steps)
