"""The closed vocabularies that the grammar of titles, names and references is written in.

These are words of English, not facts about the world: which noun heads a title ("minister"), which words stand
before it ("deputy", "foreign"), which particles belong to a surname ("von der"). Facts (who, which state, which
office exists) come from :mod:`diptych.knowledge`.
"""

from __future__ import annotations

from typing import Final


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of ``text``, separated by spaces, as a set."""
    return frozenset(text.split())


#: Nouns that head a title of office.
TITLE_HEADS: Final = vocabulary(
    "minister ministers secretary secretaries president presidents premier chancellor ambassador ambassadors "
    "envoy envoys representative representatives adviser advisor advisers advisors commissioner speaker king "
    "queen prince princess sultan emir amir chairman chairperson chairwoman chair chairs director "
    "director-general secretary-general spokesperson spokesman spokeswoman governor mayor senator senators "
    "general admiral colonel marshal commander councillor councilor counsellor counselor taoiseach tánaiste "
    "leader leaders aide pope patriarch administrator negotiator mediator coordinator head heads chief "
    "diplomat diplomats commandant deputy congressman congresswoman mp attorney undersecretary "
    "under-secretary subsecretary lieutenant plenipotentiary co-chair vice-chair sheikh sheikha ayatollah "
    "monarch emperor judge justice commissar counterpart counterparts assistant executive sen. rep. gov. gen. "
    "adm. col. sec. amb. pres. lt. maj. min. pm fm dpm eam"
)

#: Heads that are a style as much as an office: they count only with more words or before a name.
WEAK_HEADS: Final = vocabulary(
    "general deputy head heads chief leader leaders aide chair chairs diplomat diplomats sheikh sheikha "
    "attorney justice judge marshal commander colonel admiral representative representatives director "
    "lieutenant coordinator administrator counterpart counterparts assistant executive"
)

#: Ranks and qualifiers that stand before the head of a title.
TITLE_RANKS: Final = vocabulary(
    "deputy vice first second third acting interim caretaker former ex incoming outgoing senior prime crown "
    "principal permanent under assistant special chief executive federal state national general presidential "
    "high top honorary parliamentary grand supreme joint minister secretary president adviser advisor "
    "director main lead attorney opposition executive lieutenant major brigadier personal associate "
    "additional designate then transitional coordinating domestic managing"
)

#: Words of portfolios and institutions in titles.
PORTFOLIO: Final = vocabulary(
    "foreign external affairs defense defence security interior internal home finance financial treasury "
    "trade commerce commercial economy economic economics industry energy justice health education "
    "agriculture food labor labour transport transportation environment environmental climate change press "
    "intelligence police nuclear cabinet council party house senate commission development cooperation "
    "co-operation international relations commonwealth water irrigation digital technology technologies "
    "science culture cultural tourism information communications planning investment investments budget "
    "homeland veterans war peace unification reunification diplomacy policy strategy strategic communication "
    "office staff government assembly parliament congress workers communist central committee bureau "
    "commonwealth court religious human rights democracy law rule export border migration immigration "
    "refugees humanitarian aid disaster sanctions counterterrorism terrorism arms control disarmament "
    "non-proliferation nonproliferation cyber cyberspace space maritime ocean oceans fisheries forestry "
    "natural resources mines mining oil petroleum infrastructure housing urban regional rural social welfare "
    "women youth sports children family gender equality integration reforms reconstruction restoration public "
    "administration service services civil emergency emergencies situations european europe africa asia "
    "pacific indo-pacific eurasia middle east eastern western near south central north southern latin america "
    "americas hemisphere sea political management neighbourhood neighborhood enlargement partnership "
    "partnerships global growth innovation competition research employment competitiveness antitrust values "
    "transparency crisis operations medical bank reserve revenue taxation customs statistics regions "
    "communities local territories trade-and-industry state states union worship expatriates emigrants "
    "nationals abroad community integration monarchy religion endowments islamic military forces army navy "
    "air force armed chiefs combined joint command general secretariat presidency administration executive "
    "department ministry agency delegation mission negotiations hostage hostages korea korean peninsula syria "
    "yemen ukraine iran horn sahel libya venezuela hiv aids pandemic covid wto un opposition "
    "political-military national transition retreat presidential leadership civil organization organisation "
    "oecd mfa dfat mfat nsc liberal conservative democratic republican bureau medical infrastructure gender "
    "verification compliance civilian democracy policies"
)

#: Forms of address before a name.
HONORIFICS: Final = vocabulary(
    "mr mr. mrs mrs. ms ms. miss dr dr. h.e h.e. he hrh h.r.h. h.h. prof prof. professor sir dame lord lady "
    "madam madame excellency highness majesty honourable honorable hon hon. right rt rev rev. sheikh sheikha shaikh "
    "smt smt. shri dato dato’ dato' datuk tan seri sri tun gen gen. general lt lt. maj maj. col col. adm adm. "
    "colonel admiral marshal brigadier captain capt capt. lieutenant major vice-admiral ret u daw his her "
    "royal serene holiness eminence prince princess engineer eng eng. bin ambassador senator sen sen. rep "
    "rep. congressman congresswoman haji hajj pehin khun tengku"
)

#: Which sex a form of address tells of.
FEMALE_WORDS: Final = vocabulary(
    "mrs mrs. ms ms. miss dame lady madam madame her queen princess sheikha smt smt. daw chairwoman "
    "spokeswoman congresswoman"
)
MALE_WORDS: Final = vocabulary("mr mr. sir lord his king prince sheikh shri chairman spokesman congressman emir sultan")

#: Lower-case parts of a surname.
PARTICLES: Final = vocabulary(
    "oglu ogly oghlu qizi kizi "
    "de da do dos das del della dell di du des la le el al van von der den ten ter zu zur af av bin binti "
    "bint ibn ben ould wuld y e ag und het st. abu abd ul ud dell’ d’ te 't san"
)

#: Words with a capital that never belong to a name.
NOT_NAME: Final = vocabulary(
    "the a an this that these those he she they it we i you his her their its our my your in on at by for "
    "from to with of and or but as if when while after before during since until under over between among "
    "against about both all each some many most also however meanwhile additionally earlier later today "
    "yesterday tomorrow now then there here what which who whom whose where why how no not yes monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december mon tue tues wed thu thurs fri sat sun jan feb mar apr jun jul aug sep sept "
    "oct nov dec following regarding concerning noting speaking asked according attending welcoming referring "
    "given separately finally further furthermore moreover likewise similarly thus therefore ministers "
    "secretary minister president ministry department government embassy state states white house office "
    "council agreement treaty summit forum conference meeting talks union nations assembly commission "
    "committee party parliament congress senate army navy forces bank university institute foundation company "
    "international national republic kingdom federation emirate sultanate north south east west northern "
    "southern eastern western central new old good morning afternoon evening night dear thank thanks "
    "congratulations readout statement remarks briefing press release fact sheet joint question answer mm q "
    "ed time day week month year airport peninsula sea ocean strait river island islands city port war peace "
    "security security defense defence foreign affairs trade energy program programme initiative process plan "
    "project act law constitution charter declaration communique communiqué memorandum convention protocol "
    "accord pact strategy policy partnership alliance dialogue framework cooperation development group team "
    "task working level high special ministerial delegation mission administration palace hall centre center "
    "street security-council democrat republican incumbent visiting newly longtime ousted late fellow jailed "
    "exiled am pm p.m. a.m. gmt utc est edt first second third russian-language"
)

#: Words that may name a state's form before "of".
FORMAL_STATE: Final = vocabulary(
    "republic kingdom federal federative democratic people’s people's peoples socialist islamic united state "
    "states commonwealth principality grand duchy union federation confederation sultanate emirate emirates "
    "arab bolivarian plurinational co-operative cooperative hashemite independent oriental eastern swiss lao "
    "people popular sovereign federated"
)

#: Words that a state's name may begin with.
DIRECTIONS: Final = vocabulary("north south east west northern southern eastern western central new upper lower")

#: Names of unions of states end in these.
BLOC_HEADS: Final = vocabulary(
    "union alliance association community commission council commonwealth league organization organisation "
    "federation confederation bloc forum"
)

#: Plural nouns that stand for the people of a contact together.
GROUP_PEOPLE: Final = vocabulary(
    "leaders ministers secretaries presidents officials diplomats counterparts premiers advisers advisors "
    "interlocutors envoys chancellors heads principals men women pair duo representatives negotiators "
    "directors commissioners chiefs delegations"
)
GROUP_SIDES: Final = vocabulary(
    "sides parties countries nations governments allies states partners neighbours neighbors delegations capitals"
)

#: Plural nouns for people whom a text does not name.
UNNAMED: Final = vocabulary(
    "officials official sources source aides aide diplomats diplomat experts expert analysts analyst "
    "observers observer critics reports spokesperson spokesman spokeswoman lawmakers representatives "
    "correspondents"
)

#: Kinds of publications that speak.
DOCUMENTS: Final = vocabulary("release readout statement communique communiqué sheet transcript report declaration")
