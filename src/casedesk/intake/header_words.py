"""What headers are called in the languages of the exports met: English, German, Spanish, French, Portuguese,
Italian, Polish and Dutch. All are keys as `keys.key_of` makes them.
"""

from __future__ import annotations

import re

from casedesk.intake.keys import key_of

EXACT: dict[str, str] = {
    "external_id": """
        response_id responseid respondent_id respondentid review_id submission_id survey_response_id feedback_id
        entry_id answer_id record_id uuid response_uuid token id_respuesta respuesta_id id_reponse reponse_id
        antwort_id antwortid id_risposta id_resposta id_odpowiedzi message_id tweet_id id external_id
    """,
    "contact_id": """
        external_id externalid external_reference external_data_reference external_ref ext_id crm_id externe_id
        externe_kennung id_externo id_externe identifiant_externe id_esterno id_zewnetrzne extern_id uuid record_id
        respondent_id respondentid id
    """,
    "ticket_id": """
        ticket_id ticketid ticket_number ticket_no ticket case_id case_number issue_id issue_key bug_id key id
        number
    """,
    "person.external_id": """
        customer_id customerid client_id contact_id person_id user_id userid member_id subscriber_id student_id
        employee_id account_number customer_number customer_no id_cliente cliente_id kunden_id kundennummer kundennr
        kunden_nr id_client client_no numero_client id_usuario usuario_id id_utente utente_id id_klienta klient_id
        numer_klienta klantnummer
    """,
    "person.email": """
        email e_mail mail email_address e_mail_address mail_address customer_email contact_email user_email
        recipient_email recipientemail person_email correo correo_electronico direccion_de_correo_electronico courriel
        adresse_e_mail adresse_email e_mail_adresse emailadresse endereco_de_email indirizzo_email indirizzo_e_mail
        posta_elettronica adres_e_mail adres_email nazwa_uzytkownika username_email e_mailadres
    """,
    "person.phone": """
        phone phone_number mobile mobile_phone mobile_number cell cell_phone telephone tel contact_phone
        contact_phone_number customer_phone telefon telefonnummer handy handynummer mobil telefono numero_de_telefono
        movil celular telefone telemovel portable numero_de_telephone cellulare numero_di_telefono komorka
        numer_telefonu telefoonnummer
    """,
    "person.first_name": """
        first_name firstname fname first given_name forename vorname nombre_de_pila prenom imie primeiro_nome voornaam
        recipientfirstname recipient_first_name
    """,
    "person.last_name": """
        last_name lastname lname last surname family_name nachname familienname apellido apellidos nom_de_famille
        cognome sobrenome apelido nazwisko achternaam recipientlastname recipient_last_name
    """,
    "person.name": """
        name full_name fullname customer_name customer client_name contact_name contact person_name respondent_name
        user_name reviewer reviewer_name author author_name your_name guest_name display_name nombre nombre_completo
        nombre_y_apellidos nom nom_complet nom_et_prenom nome nome_completo nome_e_cognome vollstandiger_name
        kundenname kunde imie_i_nazwisko naam volledige_naam
    """,
    "person.language": """
        language lang locale user_language userlanguage sprache idioma langue lingua jezyk taal
    """,
    "account": """
        company company_name organization organisation organization_name account account_name customer_company firma
        unternehmen firmenname empresa entreprise societe azienda bedrijf
    """,
    "account_id": "account_id accountid company_id organization_id organisation_id org_id",
    "language": """
        language lang locale user_language userlanguage review_language response_language startlanguage survey_language
        sprache idioma langue lingua jezyk taal
    """,
    "answered_at": """
        answered_at submitted_at completed_at responded_at response_date response_time submit_date submission_date
        submission_time end_date enddate recorded_date review_date survey_date feedback_date timestamp date_submitted
        created_at created creation_date date datetime date_time time zeitstempel abgabedatum antwortdatum datum
        marca_temporal fecha fecha_de_respuesta fecha_y_hora horodateur horodatage date_de_reponse date_d_envoi
        carimbo_de_data_hora data_da_resposta data informazioni_cronologiche data_della_risposta sygnatura_czasowa
        data_odpowiedzi tijdstempel
    """,
    "comment": """
        comment comments feedback review review_text review_content review_body text content message verbatim remark
        remarks opinion body complaint suggestion suggestions reason why tweet open_feedback answer_text kommentar
        kommentare anmerkung anmerkungen bemerkung bemerkungen ruckmeldung verbesserungsvorschlage warum grund
        comentario comentarios opiniones observaciones sugerencias por_que motivo commentaire commentaires avis
        remarque remarques suggestions pourquoi raison commento commenti recensione osservazioni suggerimenti perche
        observacoes sugestoes opiniao komentarz uwagi opinia sugestie dlaczego opmerking opmerkingen waarom
    """,
    "complete": """
        complete completed is_complete finished is_finished abgeschlossen completado termine completato zakonczono
    """,
    "campaign": """
        campaign campaign_name survey survey_name survey_title kampagne campana campagne campanha campagna
        kampania
    """,
    "title": """
        subject ticket_subject title ticket_title summary short_desc short_description betreff titel asunto titulo
        objet sujet oggetto titolo assunto temat onderwerp issue
    """,
    "description": """
        description ticket_description long_description details body message complaint beschreibung descripcion
        descricao descrizione opis omschrijving
    """,
    "status": """
        status ticket_status state bug_status case_status estado statut etat stato zustand
    """,
    "priority": """
        priority ticket_priority severity urgency prioritat prioridad prioridade priorite priorita priorytet
        prioriteit
    """,
    "topic": """
        topic category ticket_type ticket_category type issue_type issuetype thema kategorie categoria tema
        categorie kategoria
    """,
    "owner": """
        owner assignee assigned_to assigned_agent agent ticket_owner bearbeiter zugewiesen_an asignado_a responsable
        assigne_a responsavel assegnato_a przypisany_do behandelaar
    """,
    "team": """
        team group queue department abteilung gruppe equipo departamento equipe departement reparto zespol
        afdeling
    """,
    "resolution": """
        resolution close_reason closing_reason losung resolucion resolucao risoluzione rozwiazanie oplossing
    """,
    "tags": "tags labels tag label etiquetas etiquettes etichette etykiety schlagworte",
    "created_at": """
        created_at created creation_date date_created opened opened_at open_date created_date ticket_created reported_at
        erstellt erstellt_am angelegt fecha_de_creacion date_de_creation data_de_criacao data_di_creazione
        data_utworzenia
    """,
    "updated_at": """
        updated_at updated last_updated modified last_modified changed changeddate geandert_am actualizado
    """,
    "closed_at": """
        closed_at closed solved_at solved close_date closed_date resolved_at resolved date_closed resolution_date
        resolutiondate geschlossen_am
    """,
}  # fmt: skip
"""Whole headers, most telling first, by target; `ticket_id` is the `external_id` of a ticket, `contact_id` that of a
person in a contacts file.
"""

RANKED: dict[str, dict[str, int]] = {
    target: {key: rank for rank, key in enumerate(words.split())} for target, words in EXACT.items()
}

PARTS: dict[str, re.Pattern[str]] = {
    "person.email": re.compile(r"(?:^|_)(?:e_?mail|correo_electronico|courriel)(?:_|$)"),
    "person.first_name": re.compile(r"(?:^|_)(?:first_name|vorname|prenom|imie)(?:_|$)"),
    "person.phone": re.compile(r"(?:^|_)(?:phone_number|telefonnummer|numero_de_telefono|numero_de_telephone)(?:_|$)"),
    "comment": re.compile(
        r"""comment|feedback|kommentar|anmerkung|ruckmeldung|coment[aá]rio|sugerencia|suggestion|sugest|opinion
        |komentarz|uwagi|opmerking|osservazion|suggeriment|verbesser|(?:^|_)(?:why|warum|pourquoi|por_que|porque
        |perche|dlaczego|waarom)(?:_|$)|what_(?:should|could|can|would|went)|anything|to_add|explain|was_(?:konn|sollt)
        |que_pod|que_pouv|review_text|tell_us|in_your_own_words|main_reason|improve|mejorar|ameliorer
        |melhorar|migliorare|poprawi""",
        re.VERBOSE,
    ),
    "nps": re.compile(
        r"""(?:^|_)nps(?:_|$)|net_promoter|recommend(?!ed)|how_likely|empfehl|recomend|recommand|raccomand|consigl
        |pole[cć]|aanbevel""",
        re.VERBOSE,
    ),
    "csat": re.compile(r"(?:^|_)csat(?:_|$)|satisf|zufrieden|soddisf|zadowol|tevreden"),
    "ces": re.compile(
        r"(?:^|_)ces(?:_|$)|effort|easy_to|made_it_easy|easy_was_it|aufwand|esfuerzo|esforco|sforzo|wysil|moeite"
    ),
    "rating": re.compile(
        r"""(?:^|_)(?:rating|ratings|rate|rated|star|stars|score|grade|overall|note|nota|voto|quality|bewertung
        |sterne|gesamtnote|qualitat|puntuacion|calificacion|valoracion|evaluacion|calidad|estrellas|etoiles|qualite
        |evaluation|satisfactie|avaliacao|pontuacao|classificacao|estrelas|qualidade|valutazione|punteggio|stelle
        |qualita|ocena|gwiazdki|jakosc|beoordeling|cijfer|bewerten)(?:_|$)""",
        re.VERBOSE,
    ),
}
"""Parts of headers that are whole questions, by what they ask for."""

SURE_SCORES = {
    "nps": re.compile(r"(?:^|_)nps(?:_|$)|net_promoter|likely.*recommend|likelihood.*recommend|weiterempfehl"),
    "csat": re.compile(r"(?:^|_)csat(?:_|$)"),
    "ces": re.compile(r"(?:^|_)ces(?:_|$)"),
}
"""Names that leave little doubt, even when many of the cells are mistakes."""

NO_SCORE = re.compile(
    r"(?:^|_)(?:group|gruppe|category|segment|type|count|helpful|votes|recaptchascore|fraud|duplicate|id|topics|label)(?:_|$)"
)
"""Parts of headers that are no score although they hold numbers and a score's words."""

SCALE_SAID = re.compile(r"(?<!\d)([01])\s*(?:-|–|—|to|bis|a|à|al|até|do|tot|through)\s*(5|6|7|10|100)(?!\d)")
"""A scale named in a question: "on a scale of 0-10", "von 1 bis 5"."""

DATE_WORDS = re.compile(
    r"(?:^|_)(?:date|time|timestamp|when|datum|zeit|zeitpunkt|fecha|hora|heure|data|ora|czas|godzina|tijd)(?:_|$)"
)
OTHER_DATES = re.compile(
    r"birth|geburt|nacimiento|naissance|nascita|nascimento|urodzenia|geboorte|purchase|kauf|compra|achat|acquisto"
    r"|flown|travel|visit|order|bestell|last_|start|due|expir"
)
"""Dates in a response that are not the time of answering."""

TICKET_HEADERS = frozenset(
    key
    for target in ("title", "status", "priority", "owner", "resolution")
    for key in RANKED[target]
    if key not in ("summary", "titel", "titulo", "title", "message", "state")
) | frozenset(key for key in RANKED["ticket_id"] if key not in ("id", "key", "number"))


def is_known_header(header: str) -> bool:
    """True when a header is one of the names that exports use."""
    key = key_of(header)
    return any(key in ranks for ranks in RANKED.values())
