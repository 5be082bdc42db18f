"""Words of names and places in the languages of Vietnam's peoples that Vietnamese spelling does not explain.

Clans, given names and prefixes as identity papers write them, in small letters; words of the Central Highlands, the
Trường Sơn, the north-west and the Mekong delta. A word that is missing here is asked about, nothing more.
"""

from __future__ import annotations

_HIGHLANDS = (
    "niê êban êbăn ênuôl eñuôl êñuôl ayun ayŭn ayă byă mlô hđơk hđơt hmok hmŏk hwing hwĭng kbuôr kđoh kđăm kriêng"
    " ktla ktul kbrông bkrông krông knul mdrang mjâo mơ bdap bđap adrơng ađrơng arul ajun aliô buôn yă kpă kpa"
    " ksor ktar siu nay rmah rcom rcăm rchăm rchâm rahlan ralan rơlan rơchâm rơmah rơcom rơ châm mah lan alê oi"
    " hrú kra jăn jrang liêng cil cill hot touneh touprong tou prong neh nahria bnahria ya ma drong ndu ntơr mbon"
    " srõn phi dagout lơ mu múp sơ kết klong kơ să ka krajan krajăn kră păng ting bon niêng yô yông đa cát gur"
    " đơng đưng gul kon rơông ông broh bdơng blơng bhăm blin"
)
_TRUONG_SON = (
    "alăng arất arâl aviết abing ating atùng axan bríu briu bh'riu bling bhling bhnướch bhnước clâu cơlâu coor"
    " hôih hôi hiên pơloong ploong zơrâm zrâm zơ râm ríah riáh tơngôl tơ ngôl blúp zhríu jơrâm bnướch nướch bhướp"
    " alấng ra pát pling kôn kiêu viên xêr hồ pả piu kray krai kăn ku vỗ ăm"
)
_COAST_AND_DELTA = (
    "pinăng pilnăng pupur chamaléa chamaleá chamalé katơr kator cadá ka dá tro taing mang catâm mấu bo cao neáng"
    " néang neang chau sóc sok srey sarây soryphay rot phăn men kheng khênh chrừng chênh pich phal phol rath samon"
    " sovan"
)
_PLACES = (
    "ea yang ning yeng ley ring êê dêê lêê pơơ rooi êbur elang avương đakrông đamb pleiku kontum sơmei miầu huoai"
    " hiao hine biang kuăng yiêng kuin dơng quyn ake axan atiêng avao atúc adơi arooih boy nguơn axốc tơ tung púch"
    " ana bă pơnan"
)
_NORTH = "moong kmun mông hmông hnhi chang páo seo séo dìn sìn khiên cổng pịt xeo ốc lừ lỳ pờ khoàng vừ xồng gì"

_ALL = (_HIGHLANDS, _TRUONG_SON, _COAST_AND_DELTA, _PLACES, _NORTH)

WORDS = frozenset(word for words in _ALL for word in words.split())
