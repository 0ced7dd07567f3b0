"""Words for fictional people: nobody in these lists exists, and any likeness is chance."""

from __future__ import annotations

FAMILY_FR = ["Favre", "Rochat", "Bonvin", "Dubois", "Girard", "Perret", "Monnier", "Chappuis", "Jaquet", "Berthoud", "Cuénod", "Pasche", "Morel", "Grandjean", "Vuilleumier", "Rey", "Tissot", "Delacrétaz", "Crettenand", "Fournier", "Métrailler", "Rapin", "Savoy", "Thévoz", "Zufferey", "Carron", "Dayer", "Genoud", "Héritier", "Maillard", "Pittet", "Roduit", "Udriot", "Vernay", "Clerc", "Borgeaud", "Ducret", "Fellay", "Gaillard", "Lathion"]
FAMILY_DE = ["Imboden", "Zenhäusern", "Kalbermatten", "Amacker", "Bellwald", "Schnyder", "Walpen", "Ruppen", "Zurbriggen", "Furrer", "Jossen", "Eyer", "Heinzmann", "Lochmatter", "Imhof", "Briand", "Werlen", "Brigger", "Stoffel", "Andenmatten"]
FAMILY_OTHER = ["Ferreira", "Almeida", "Pereira", "Rossi", "Bianchi", "Esposito", "Berisha", "Krasniqi", "Gashi", "Hoti", "Tesfay", "Haile", "Ghebremedhin", "Yilmaz", "Demir", "Nguyen", "Petrović", "Marković", "García", "López", "Kowalski", "Osei", "Diallo", "Traoré", "Rahimi", "Karimi", "Silva", "Costa"]
GIVEN_F = ["Claire", "Sophie", "Nathalie", "Isabelle", "Valérie", "Chantal", "Aurélie", "Élodie", "Céline", "Martine", "Laura", "Inès", "Ana", "Maria", "Fatima", "Arta", "Selam", "Yordanos", "Giulia", "Chiara", "Monika", "Ursula", "Rahel", "Vreni", "Zehra", "Jelena", "Mariama", "Leila", "Carla", "Noémie"]
GIVEN_M = ["Laurent", "Pascal", "Olivier", "Stéphane", "Jean-Luc", "Cédric", "Mathieu", "Yannick", "Fabrice", "Didier", "João", "Paulo", "Luca", "Marco", "Arben", "Besnik", "Dawit", "Yonas", "Beat", "Urs", "Reto", "Stefan", "Mehmet", "Goran", "Ibrahim", "Reza", "Carlos", "Antoine", "Loïc", "Grégory"]
STAFF_FAMILY = ["Aebischer", "Blanc", "Corboz", "Droz", "Emery", "Fontana", "Gremaud", "Humbert", "Jordan", "Keller", "Lugon", "Mottet", "Nicollier", "Oberson", "Python", "Quartier", "Roulin", "Sierro", "Terrettaz", "Volery", "Wicht", "Zen-Ruffinen", "Bagnoud", "Cordonier", "Darbellay", "Epiney", "Follonier", "Germanier", "Hischier", "In-Albon", "Julen", "Kuonen", "Luyet", "Mabillard", "Nendaz", "Pralong", "Rausis", "Salamin", "Theler", "Venetz", "Widmer", "Zermatten"]
PLACES_GE = (
    ("1201", "Genève", "Rue de Montbrillant"), ("1203", "Genève", "Rue de Lyon"), ("1205", "Genève", "Rue de Carouge"),
    ("1213", "Petit-Lancy", "Route de Chancy"), ("1217", "Meyrin", "Avenue de Feuillasse"),
    ("1219", "Châtelaine", "Avenue de Châtelaine"), ("1220", "Les Avanchets", "Rue du Grand-Bay"),
    ("1227", "Carouge", "Rue Ancienne"), ("1228", "Plan-les-Ouates", "Route de Saint-Julien"),
    ("1290", "Versoix", "Route de Suisse"), ("1225", "Chêne-Bourg", "Rue de Genève"), ("1260", "Nyon", "Rue de la Gare"),
)  # fmt: skip
PLACES_VS = {
    "haut_valais": (
        ("3900", "Brig", "Bahnhofstrasse"), ("3930", "Visp", "Kantonsstrasse"), ("3904", "Naters", "Furkastrasse"),
        ("3952", "Susten", "Sustenstrasse"), ("3942", "Raron", "Bahnhofstrasse"),
    ),
    "valais_central": (
        ("1950", "Sion", "Avenue de la Gare"), ("3960", "Sierre", "Avenue du Rothorn"), ("1964", "Conthey", "Route Cantonale"),
        ("1957", "Ardon", "Rue du Simplon"), ("1966", "Ayent", "Route de Prarochey"),
    ),
    "bas_valais": (
        ("1920", "Martigny", "Avenue de la Fusion"), ("1870", "Monthey", "Avenue de l'Europe"),
        ("1890", "Saint-Maurice", "Grand-Rue"), ("1926", "Fully", "Rue Maison-de-Commune"), ("1907", "Saxon", "Route du Simplon"),
    ),
}  # fmt: skip
SUBJECTS = (
    "Retour à l’emploi après une atteinte au dos",
    "Épuisement professionnel, emploi résilié",
    "Fin de droit au chômage, santé fragile",
    "Reprise à temps partiel après une longue absence",
    "Reconversion après un accident de chantier",
    "Première insertion, formation interrompue",
    "Parent seul, dettes et santé atteinte",
    "Maintien à la place de travail menacé",
    "Réinsertion après une hospitalisation",
    "Métier devenu impossible, reconversion à trouver",
    "Absences répétées, emploi menacé",
    "Aide sociale depuis deux ans, projet à construire",
)
SUBJECTS_DE = (
    "Rückkehr in den Beruf nach Rückenleiden",
    "Erschöpfung, Stelle gekündigt",
    "Aussteuerung droht, angeschlagene Gesundheit",
    "Umschulung nach Unfall auf der Baustelle",
    "Arbeitsplatz gefährdet, wiederholte Absenzen",
    "Einstieg nach abgebrochener Lehre",
)
STEPS = (
    "Obtenir le dernier certificat d’incapacité de travail",
    "Entretien d’orientation professionnelle",
    "Clarifier le droit aux indemnités",
    "Contacter l’ancien employeur",
    "Proposer un stage de réentraînement au travail",
    "Bilan de compétences",
    "Budget et plan de désendettement",
    "Cours de langue, test de niveau",
    "Préparer le dossier de candidature",
    "Faire le point avec la personne",
    "Vérifier la mesure en entreprise",
    "Transmettre la décision",
)
STEPS_DE = (
    "Arztzeugnis einholen",
    "Berufsberatungsgespräch",
    "Anspruch auf Taggeld klären",
    "Früheren Arbeitgeber kontaktieren",
    "Arbeitsversuch vorschlagen",
    "Standortgespräch mit der Person",
)
NOTES = (
    "La personne se dit prête à reprendre à 50 % dans un poste plus léger.",
    "Entretien téléphonique : le stage se passe bien, la fatigue diminue.",
    "Deux rendez-vous manqués ; elle explique avoir gardé son enfant malade.",
    "L’employeur est ouvert à une reprise progressive, réponse attendue.",
    "Le droit aux indemnités prend fin dans trois mois : à anticiper ensemble.",
    "Le cours de langue est terminé, niveau B1 atteint.",
    "Elle souhaite que l’on ne contacte pas son ancien employeur pour l’instant.",
    "Le dossier est complet, nous pouvons avancer.",
)
NOTES_DE = (
    "Die Person ist bereit, zu 50 % in einer leichteren Tätigkeit einzusteigen.",
    "Telefongespräch: Der Arbeitsversuch läuft gut.",
    "Der Arbeitgeber ist offen für einen schrittweisen Wiedereinstieg.",
)
SITUATIONS = (
    "Longue carrière dans le même métier, arrêtée par une atteinte à la santé. La recherche d’emploi n’aboutit pas.",
    "Plusieurs institutions interviennent sans se concerter ; la personne ne sait plus à qui s’adresser.",
    "Le dernier emploi a pris fin il y a plus d’un an. La santé s’améliore, la confiance revient lentement.",
    "La situation familiale et les dettes rendent la reprise difficile malgré une bonne motivation.",
)
WISHES = (
    "Retrouver un travail à temps partiel près de chez elle.",
    "Apprendre un métier moins lourd.",
    "Garder sa place de travail avec des horaires adaptés.",
    "Avoir une seule personne de référence.",
)
OCCUPATIONS = (
    "maçon", "vendeuse", "aide-soignante", "logisticien", "employée de commerce", "cuisinier",
    "femme de ménage", "chauffeur-livreur", "éducatrice", "polymécanicien",
)  # fmt: skip
