"""Stems that news of a language is full of, beyond its stop words: they tell what a text is about hardly at all.

Counted over news articles (each stands in more than one article of eighteen); names left out. Stems as
`briefing.language.words` cuts them.
"""

from __future__ import annotations

_STEMS = {
    "en": """year one tim person new lik take two make get last tell first go know see report accord think come call
        includ week work back day stat want many even life man way find sinc look part down show world right die thr
        still lead well country real fac long start another much month give leave help against hom around chang end
        thing need recent high dur plac unit both official old group feel mov begin mak car become believ put follow
        good plan do play president continu add lot forc com next turn former happen try bring run cas keep hold ask
        fami national away liv near issu statement set kill support point public member whether million littl post
        talk every team used later never contribut mean nam alway government hop claim stop far bas media head polic
        hous night fiv story city use win four second woman court great best hear few remain lose provid describ say
        write meet speak charg number someth open child authority servic caus break clear appear star ear stand seem
        law fight less announc question sign big hard releas expect hand though top campaign experienc international
        offer lat security john attack short sid ago problem past tuesday tak friend act creat across already
        challeng important send nation different least concern hour return community shar policy event lov term whit
        leader involv enough clos lin wednesday allow hit job interest strong build sunday full march fall among
        outsid general department social watch war current young kind shoot increas local other six sit rol action
        certain potential several area south decision someon university human each final better often effort today
        offic fan decad grow moment earlier video power join carry pay almost body small abl political spend deal
        money april read school third sur instead cours fact fir along america black step party train reason however
        have travel company serv friday monday record history decid result cut receiv larg suffer order insid word
        front season gam comment morn together let noth street health attempt push reach north behind arrest son
        opportunity consider business book using particular form tri choose walk wait director quick system chanc
        position seven suggest control crim requir special explain rul anyth figur mark major saturday chief fear
        military threaten boy minister arm actual protect organization middl fr rais ever idea despit himself father
        everyon launch player foreign similar half surpris remember bear forward level""",
    "fr": """avai person selo etai etat part deux presid expliq minist fair ans egalem cont decla jour preci indiq troi
        port plac pres gran premie pris plusie dit presen anne premi autr deja fois vendre notamm ajou cote mois
        mercre aura direct nation peut dernie droi debu heur annon poursu jusq peti moin nouvel rest doit commun
        derni republ soit euro quan certai pass rend homm cour politi etaie mair chef same poin inform autori pays
        cas fin non seul voir anci femm partic gouver mis soir quelqu caus soulig macr faut organi mars peu interv
        rais juin avaie socia mise face temp juill mard jeud appe deva securi donn ailleu mome questi dimanc lieu
        char mond esti respon toujou suis dire lanc nouve assu poli puis sera beauco mort sant mati publ coup semain
        fait candid nomb semai paro procha depart mett haut vill interr transp quat lund americ affir deman prend
        sero commen vie sort comp conse enfan jama forc rappor import fort jeun unis rien six agen nombre associ
        enque possib auto trava aupr commis proc parc millio contra trai septem attend sein refu savo envir cadr
        celu arriv pouvo contro eux histoi grav mere parm genera grou liber rassem mesur foncti gard ensemb sud
        quelq tete aout travai concer suit penda sais vont aujour octob perm situat provoq pourra tard actuel nord
        franco souhai operat resea janvi decemb aide outr effe vide rappel entrep tota chos main juge habita souti
        famil reali profes visi confir permet devra violen mainte financ metr mene post invest retrou admini respec
        interd lign pein faisa cinq europe agit loi arme desorm capita victim abor paren ecri fill elev age reve
        popula gener alle rencon contin manife prev mouvem novemb circul mobili affair relati ordr sour demand mont
        risq polici publi princi tant temoig utilis loca sign aler avri denon electi veut critiq racon evit socie
        obje suje econom journ acti tenu interi acte etrang accu repres nom aucu compre realis intern trou servic
        effect immedi mal form mai journa peuve ayan plut parl publiq deplac pens dix ensui souve malg medi meille
        lutt seulem nuit precis milita prom loin cent interp zone produi proteg sain tour risqu commer pandem choi
        decisi cree servi secou repon long proj ferm preced rentr consta gens somm instal recu reconn chai identi
        issu fevri dona plei touch dela depa activi jaun repond chaq instit""",
    "es": """pasa nuev anos lleg momen medi presen princi vez despu mism hace esta pode ahor caso comuni part ano nuest
        junt cuat pued much tres euro produc solo dias consid histor genera meno gran cont tien mejo form sigu hech
        millon fuer deci bien compar mayo sema mund plaz prop actual trabaj respon segun vida pais futu trat traba
        merca gent ver prime algun toda compan organi gobier especi zona juli encuen person negoci permi llega fren
        casa siet fond mes prim unid social realiz inclu aventu encont oportu servic activi acce nume cier van
        necesi sera constr cinc aqui cuen estam padr dia casi segu peque muje grand nosotr seri sali relaci repres
        vecin luga acuer ejemp conoci habr famil pare dice plan cualqu otra habitu empres desarr buen punt ulti
        profes dine siemp cuesti utiliz ultim entonc nacion funcio confir publi mayor call line adem conten puer
        distin hizo debe empre proxi equi famili econom conoc mese sala exit prepar cabe hoy manten deja ojos mujer
        cultu llev llam sufici import conver recibi apen visi graci llama objeti sabem apoy destac dirigi rest
        deport proyec hemo fuent expli real pati tene ciud asegu pone pase necesa hora ayunta llegar teng acab
        condic alto descon cual suel experi norm gust anunci alquil abier tradic vari vece ejecut tota establ presid
        recib toma acompa politi teni dio vera qued sino vuel permit sabe subi ambien colo jove otro titul public
        autori proce estad actu caus dar protag interp pelicu escena entra sant comenz embar detr intern juni soci
        entien ello suscri pequen paso partic increm fina larg dema diez practi alcanz tuvier somo compro entusi
        viaj sean creati financ educac miembr nino colabo recaud gene conseg nuestr sigl clav lejo compre agua idea
        rentab apor concen anad elabor propie edad explic festiv digo limit decisi munici mana quie admini transf
        cart adapta area cerr capit trav ahi regula turist gano lado camb cent estab habe band mode limi esos pasan""",
}
COMMONPLACE = {language: frozenset(stems.split()) for language, stems in _STEMS.items()}
