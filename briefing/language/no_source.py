"""What a preposition of source may also stand before, without anybody who says something: "according to age"."""

from __future__ import annotations

EN_NO_SOURCE = (
    r"(?:(?:the|their|its|his|her|a|perceived)\s)*"
    r"(?:ages?|sizes?|types?|kinds?|needs?|laws?|rules?|methods?|criteria|similarities|schedule|tastes?|seasons?|plan"
    r"|preferences?)(?!\w)"
)
FR_NO_SOURCE = (
    r"(?:(?:la|le|les|leurs?|son|sa|ses|des|une?|ce|cette|ces|nouveau|nouvelles?)\s|l[’'])*"
    r"(?:méthodes?|cas|systèmes?|revenus?|besoins?|modalités|critères?|règles?|tailles?|âge|types?|principes?|barème"
    r"|calendrier|saisons?|moi|nous|que)(?!\w)"
)
ES_NO_SOURCE = (
    r"(?:(?:el|la|los|las|sus?|una?|est[ea]|cada)\s)*"
    r"(?:tipos?|tamaños?|edad(?:es)?|casos?|necesidad(?:es)?|métodos?|criterios?|normas?|sistemas?|temporada|gustos?|sea"
    r"|va|van|vaya|corresponda)(?!\w)"
)
