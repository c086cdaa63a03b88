"""The phrases of small talk in both languages, as patterns over folded words parted by single spaces.

The words in them are also what slips are mended to, so the patterns hold letters and alternatives only.
"""

from collections.abc import Mapping

from assistant.types import Language

_MACHINE_FR = (
    "robot|ia|humain|humaine|machine|bot|chatbot|personne|intelligence artificielle|chatgpt|gpt|logiciel|programme|"
    "ordinateur|etre humain|quelqu un"
)
_MACHINE_EN = "robot|bot|ai|human|human being|person|machine|chatbot|computer|real|chatgpt|gpt|llm|program"

SMALL_TALK: Mapping[Language, Mapping[str, str]] = {
    Language.FRENCH: {
        "greeting": "(?:re )?bonjour|rebonjour|bonsoir|salut|salutations|slt|coucou|cc|bjr|bjour|bsr|kikou|enchantee?",
        "mood": "(?:comment )?(?:ca|sa) va(?: bien)?|comment (?:vas tu|allez vous|tu vas|vous allez)|tu vas bien|"
        "vous allez bien|quoi de neuf|cv",
        "thanks": "(?:un )?(?:grand |tres grand )?mercis?|mille mercis|mrc|je (?:te|vous) remercie",
        "acknowledgement": "ok|okay|oki|d accord|dac|tres bien|super|parfait|genial|excellent|top|cool|bravo|nickel|"
        "compris|bien compris|je vois|c est (?:bon|parfait|super|note|clair|gentil|genial|cool|tout)|oui|non|ouais|"
        "entendu|bien recu|c est note|mdr|bien joue",
        "goodbye": "au revoir|aurevoir|bonne (?:journee|soiree|nuit|continuation|fin de journee|apres midi)|"
        "a (?:bientot|plus|plus tard|demain|la prochaine|tout a l heure)|ciao|tchao|adieu|bye",
        "identity": "(?:t es|tu es|tes|vous etes) (?:qui|quoi)(?: exactement| au juste)?|c est qui (?:toi|vous)|"
        "qui (?:es tu|est tu|etes vous|t es|tu es|vous etes|est ce que (?:tu es|vous etes))(?: exactement| au juste)?|"
        "qu (?:es tu|etes vous)|"
        "(?:est ce que )?(?:es tu|t es|tu es|tes|etes vous|vous etes|je parle|parle je|on parle|suis je en train de "
        f"parler) (?:bien |vraiment |a |avec |juste )*(?:un |une |l |de l )?(?:vrai |vraie )?(?:{_MACHINE_FR})"
        f"(?: ou (?:a |avec )?(?:un |une )?(?:{_MACHINE_FR}))?|"
        "(?:quel est |c est quoi )?(?:ton|votre) (?:nom|prenom)|"
        "comment (?:tu t appelles|t appelles tu|vous appelez vous|vous vous appelez)|"
        "qui (?:t a|vous a) (?:cree|creee|fait|faite|concu|concue|programme|developpe|construit|invente)|"
        "(?:parle|parlez) moi de (?:toi|vous)|presente toi|presentez vous",
        "capability": "a l aide|aide|aide moi|aidez moi|besoin d aide|j ai besoin d aide|"
        "(?:peux tu|pouvez vous|tu peux|vous pouvez) m aider|"
        "(?:en quoi|comment) (?:peux tu|pouvez vous|tu peux|vous pouvez) m aider|"
        "(?:que|quoi) (?:sais|peux|connais) tu(?: faire| repondre| me dire| dire)?|"
        "(?:que|quoi) (?:savez|pouvez|connaissez) vous(?: faire| repondre| me dire| dire)?|"
        "qu est ce que (?:tu (?:sais|peux|connais)|vous (?:savez|pouvez|connaissez))"
        "(?: faire| repondre| me dire| dire)?|"
        "(?:tu|vous) (?:sais|peux|connais|savez|pouvez|connaissez)(?: faire| repondre| me dire)? quoi|"
        "(?:tu sers|vous servez) a quoi|a quoi (?:tu sers|sers tu|servez vous|vous servez)|"
        "de quoi (?:peux tu|pouvez vous|tu peux|vous pouvez) (?:me )?parler|"
        "(?:a )?(?:quelles?|quel type de|quel genre de|quels types de) questions? "
        "(?:puis je|peut on|je peux|on peut|dois je|peux tu|pouvez vous|tu peux|vous pouvez|sais tu|savez vous)"
        "(?: te| vous)? (?:poser|demander|repondre)|"
        "(?:que|quoi) (?:puis je|peut on|dois je)?(?: te| vous)? ?demander|"
        "qu est ce (?:que je peux|qu on peut)(?: te| vous)? demander|"
        "(?:je peux|on peut)(?: te| vous)? (?:demander|poser) (?:quoi|quelles questions)|"
        "comment (?:tu (?:fonctionnes|marches)|vous fonctionnez|fonctionnes tu|fonctionnez vous)|"
        "(?:quelles sont|c est quoi) (?:tes|vos) (?:sources|capacites|limites)|quels sont (?:tes|vos) documents|"
        "quels (?:documents|sujets|themes) (?:as tu|avez vous|connais tu|connaissez vous|utilises tu|utilisez vous)|"
        "d ou (?:viennent|proviennent) (?:tes|vos) (?:reponses|informations|infos|sources|donnees)|"
        "(?:donne|donnez)(?: moi)? (?:un exemple|des exemples)(?: de questions?)?|(?:un|des) exemples? de questions?",
        "languages": "(?:quelles?|combien de) langues? (?:parles tu|parlez vous|tu parles|vous parlez)",
    },
    Language.ENGLISH: {
        "greeting": "hi|hello|hullo|hey|hiya|howdy|greetings|yo|good (?:morning|afternoon|evening|day)|"
        "nice to meet you",
        "mood": "how are (?:you|u)(?: doing)?|how r (?:you|u)|how (?:is it|s it|are things) going|hows it going|"
        "how do you do|what s up|whats up|wassup|sup",
        "thanks": "thanks|thank (?:you|u)|thankyou|thx|thnx|tnx|tks|ty|thanx|cheers|much appreciated|many thanks|"
        "i appreciate it",
        "acknowledgement": "ok|okay|great|perfect|nice|awesome|cool|got it|i see|understood|alright|all right|yes|no|"
        "yep|yeah|nope|very good|good|excellent|wonderful|amazing|brilliant|well done|good job|lol|"
        "that s (?:great|perfect|all|it|good|nice|helpful|fine)|fair enough|makes sense",
        "goodbye": "(?:good )?bye(?: bye)?|goodbye|see (?:you|ya|u)(?: later| soon| tomorrow)?|cya|"
        "have a (?:nice|good|great|lovely) (?:day|one|evening|weekend)|good night|take care|farewell",
        "identity": "who (?:are|r) (?:you|u)(?: exactly)?|what (?:are|r) (?:you|u)(?: exactly)?|"
        f"(?:are|r) (?:you|u) (?:really |actually |just |even )?(?:an? )?(?:real )?(?:{_MACHINE_EN})"
        f"(?: or (?:an? )?(?:real )?(?:{_MACHINE_EN}))?|"
        f"am i (?:talking|speaking|chatting) (?:to|with) (?:an? )?(?:real )?(?:{_MACHINE_EN})"
        f"(?: or (?:an? )?(?:{_MACHINE_EN}))?|"
        "is this (?:an? )?(?:robot|bot|ai|human|real person|chatbot)|"
        "(?:what s|what is|whats) (?:your|ur) name|your name|"
        "who (?:made|created|built|developed|programmed|designed) (?:you|u)|introduce yourself|"
        "tell me about yourself",
        "capability": "help|help me|i need (?:some )?help|can (?:you|u) help(?: me)?|how can (?:you|u) help(?: me)?|"
        "what (?:can|do|could) (?:you|u) (?:do|answer|know|tell me|help(?: me)? with|talk about|offer)(?: for me)?|"
        "what (?:can|could|should|may|do) i ask(?: you| u)?(?: about)?|"
        "(?:what|which)(?: kinds? of| sorts? of| types? of)? questions (?:can|could|may|should) (?:i|you) "
        "(?:ask|answer)(?: you)?|(?:what|which) topics (?:can|do) you (?:cover|know|answer|talk about)|"
        "how do (?:you|u) work|how (?:can|do|should) i use (?:you|this)|what are you for|what are your sources|"
        "(?:what|which) (?:documents|sources) (?:do you have|have you got|do you use|do you know)|"
        "where do your (?:answers|informations?|data|sources) come from|where does your information come from|"
        "give me (?:an example|examples|some examples)|example questions",
        "languages": "(?:what|which|how many) languages? (?:do|can) you (?:speak|answer in|know|understand)",
    },
}
# Before any question has been asked, these are about the assistant.
OPENING = (
    "comment (?:ca|cela) (?:marche|fonctionne)|how does (?:it|this) work|c est quoi(?: ca| ici)?|what is this|"
    "what s this|qu est ce que c est|exemples?|examples?"
)
# Around small talk, and nothing by themselves.
FILLERS = (
    "a tous(?: et a toutes)?|a toutes|tout le monde|monsieur|madame|mesdames|messieurs|toi|vous|et|and|beaucoup|bcp|"
    "infiniment|mille fois|d avance|a (?:toi|vous)|pour (?:tout|(?:ton|votre|l) aide|(?:ta|votre|la|cette) reponse|"
    "(?:tes|vos|les|ces) (?:reponses|infos|informations|renseignements)|l info|l information)|cher assistant|"
    "l assistant|assistant|chatbot|bot|robot|there|all|everyone|everybody|guys|team|so much|very much|a lot|"
    "in advance|for (?:everything|(?:your|the|this) (?:help|answer|answers|information|info|reply)|this|that)|again|"
    "encore|alors|donc|bien|svp|stp|s il (?:te|vous) plait|please|pls|plz|mate|my friend|mon ami|sir|madam|today|"
    "aujourd hui|then|well|so|hein|dis|to you|to all|c est (?:tres )?gentil|is that all"
)
AFTER_GREETING = (
    "a tous(?: et a toutes)?|a toutes|tout le monde|monsieur|madame|beaucoup|bcp|bien|infiniment|there|all|everyone|"
    "everybody|so much|very much|a lot|pour (?:(?:ton|votre|l) aide|(?:ta|votre|la|cette) reponse)|"
    "for (?:your|the) (?:help|answer|reply)"
)
QUESTION_WORDS = (
    "qui|que|qu|quoi|quand|ou|combien|quel|quelle|quels|quelles|comment|pourquoi|si|ce que|ce qu|a quelle?|en quelle?|"
    "who|whom|whose|what|when|where|why|how|which|if|whether"
)
OPENERS = (
    "(?:pouvez vous|peux tu|pourriez vous|pourrais tu|tu peux|vous pouvez|tu pourrais|vous pourriez|merci de|"
    "est ce que (?:tu peux|vous pouvez))(?: me| nous)? (?:dire|indiquer|preciser|rappeler|donner)|"
    "(?:je |j )(?:voudrais|aimerais|souhaite|souhaiterais|veux)(?: bien)? savoir|(?:sais tu|savez vous|tu sais|"
    "vous savez)|(?:dis|dites)(?: moi| nous)|(?:can|could|would) (?:you|u)(?: please)? tell (?:me|us)|"
    "(?:do|would) (?:you|u)(?: happen to)? know|i (?:d|would) (?:like|love) to know|i want to know|i wonder|"
    "tell (?:me|us)|excuse me|excusez moi|pardon|sorry|desole"
)
PLEASE = "svp|stp|s il (?:te|vous) plait|please|pls|plz"
CLOSINGS = (
    f"{PLEASE}|merci(?: beaucoup| bcp| bien| d avance| par avance)?|thanks(?: a lot| so much| in advance| again)?|"
    "thank you(?: very much| so much| in advance)?|thx|bonne journee|cordialement"
)
EMOJI = {
    "greeting": ("👋", "🖐", "✋"),
    "thanks": ("🙏", "❤", "💚", "😘", "🤗", "💐"),
    "acknowledgement": ("👍", "👌", "👏", "🙂", "😊", "😀", "😄", "😁", "🎉", "💪", "✅"),
}
