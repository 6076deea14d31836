"""The twelve regions of the United Kingdom with their places and postcode areas. Pure.

Written for this desk from common knowledge: names of regions, counties, cities and larger towns,
and the letters that postcodes of each begin with (a postcode area that lies in two regions stands
where more of its people live). A place with a question mark is a word or a name as well: it counts
only after a word such as “in” and with a capital.
"""

from typing import NamedTuple


class Region(NamedTuple):
    """An area of the map: its short name and tile (column, row), the letters of its postcodes, its
    places.
    """

    name: str
    short: str
    tile: tuple[int, int]
    postcodes: str
    places: str


REGIONS = (
    Region(
        "Scotland",
        "SCT",
        (1, 0),
        "AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE",
        "Aberdeen, Aberdeenshire, Angus, Arbroath, Argyll, Aviemore, ?Ayr, Ayrshire, Clydebank, "
        "Cumbernauld, Dumbarton, Dumfries, Dundee, Dunfermline, East Kilbride, Edinburgh, "
        "Elgin, Falkirk, Fife, Fort William, Galashiels, Galloway, Glasgow, Glenrothes, "
        "Greenock, Hawick, Hebrides, Highlands, Inverness, Irvine, Isle of Skye, Kilmarnock, "
        "Kirkcaldy, Lanarkshire, Livingston, Lothian, Midlothian, Moray, Motherwell, ?Oban, "
        "Orkney, Paisley, Perthshire, ?Perth, Peterhead, Scottish Borders, Shetland, St "
        "Andrews, ?Stirling, Stornoway, Stranraer, Thurso",
    ),
    Region(
        "Northern Ireland",
        "NIR",
        (0, 1),
        "BT",
        "?Antrim, Armagh, Ballymena, Ballymoney, ?Bangor, Belfast, Carrickfergus, Coleraine, "
        "Cookstown, County Antrim, County Armagh, County Down, County Tyrone, Craigavon, "
        "?Derry, Downpatrick, Dungannon, Enniskillen, Fermanagh, ?Larne, ?Limavady, ?Lisburn, "
        "Londonderry, Lurgan, Magherafelt, Newry, Newtownabbey, Newtownards, ?Omagh, Portadown, "
        "Portrush, Strabane, Ulster",
    ),
    Region(
        "North East",
        "NE",
        (2, 1),
        "DH DL NE SR TS",
        "Alnwick, Berwick, ?Blyth, ?Consett, County Durham, Cramlington, Darlington, ?Durham, "
        "Gateshead, Hartlepool, Hexham, Jarrow, Middlesbrough, ?Morpeth, Newcastle, Newcastle "
        "upon Tyne, North Shields, Northumberland, Peterlee, Redcar, South Shields, Stockton on "
        "Tees, Sunderland, Teesside, Tyne and Wear, Tyneside, Tynemouth, Wallsend, Washington "
        "Tyne and Wear, Whitley Bay",
    ),
    Region(
        "North West",
        "NW",
        (1, 2),
        "BB BL CA CH CW FY L LA M OL PR SK WA WN",
        "Accrington, Altrincham, ?Ashton, Barrow in Furness, Birkenhead, Blackburn, Blackpool, "
        "Bolton, Bootle, Burnley, ?Bury, Carlisle, Cheshire, ?Chester, Chorley, Congleton, "
        "?Crewe, Cumbria, Greater Manchester, ?Kendal, Kirkby, Knowsley, Lake District, "
        "Lancashire, Lancaster, ?Leigh, Leyland, Liverpool, Macclesfield, Manchester, "
        "Merseyside, Morecambe, ?Nelson, Northwich, Oldham, Ormskirk, Penrith, ?Preston, "
        "Rochdale, Runcorn, ?Sale, Salford, Sefton, Skelmersdale, Southport, St Helens, "
        "Stockport, Stretford, Tameside, Trafford, Wallasey, Warrington, Whitehaven, Widnes, "
        "Wigan, Wilmslow, Windermere, Wirral, Workington",
    ),
    Region(
        "Yorkshire and the Humber",
        "YH",
        (2, 2),
        "BD DN HD HG HU HX LS S WF YO",
        "Barnsley, Batley, Beverley, Bradford, Bridlington, Castleford, Cleethorpes, Dewsbury, "
        "Doncaster, East Riding, East Yorkshire, ?Goole, Grimsby, Halifax, Harrogate, "
        "Huddersfield, ?Hull, Humberside, Ilkley, Keighley, Kingston upon Hull, Leeds, North "
        "Yorkshire, Otley, Pontefract, Pudsey, Ripon, Rotherham, Scarborough, Scunthorpe, "
        "?Selby, Sheffield, ?Skipton, South Yorkshire, Todmorden, Wakefield, West Yorkshire, "
        "?Wetherby, Whitby, York, Yorks, Yorkshire, Yorkshire Dales",
    ),
    Region(
        "Wales",
        "WLS",
        (0, 3),
        "CF LD LL NP SA",
        "Aberdare, Abergavenny, Aberystwyth, Anglesey, ?Barry, Brecon, Bridgend, Caerphilly, "
        "Caernarfon, Cardiff, Cardigan, Carmarthen, Carmarthenshire, Ceredigion, Colwyn Bay, "
        "?Conwy, Cwmbran, Denbighshire, Ebbw Vale, Flintshire, Gwent, Gwynedd, Haverfordwest, "
        "Holyhead, Llandudno, Llanelli, Merthyr Tydfil, Milford Haven, Monmouth, Monmouthshire, "
        "?Neath, Newport, Newtown Powys, Pembroke, Pembrokeshire, Pontypridd, Port Talbot, "
        "Porthcawl, Powys, Rhondda, ?Rhyl, Snowdonia, Swansea, Tenby, Torfaen, Welshpool, "
        "Wrexham",
    ),
    Region(
        "West Midlands",
        "WM",
        (1, 3),
        "B CV DY HR ST SY TF WR WS WV",
        "Birmingham, Black Country, Brum, Burton on Trent, Cannock, Coventry, Dudley, "
        "Halesowen, ?Hereford, Herefordshire, Kidderminster, Leamington, Leamington Spa, "
        "Lichfield, Ludlow, Malvern, Newcastle under Lyme, Nuneaton, Oldbury, Oswestry, "
        "Redditch, ?Rugby, Sandwell, Shrewsbury, Shropshire, Smethwick, Solihull, ?Stafford, "
        "Staffordshire, Stoke on Trent, ?Stoke, Stourbridge, Stratford upon Avon, Sutton "
        "Coldfield, Tamworth, Telford, ?Walsall, ?Warwick, Warwickshire, West Bromwich, "
        "Wolverhampton, Worcester, Worcestershire",
    ),
    Region(
        "East Midlands",
        "EM",
        (2, 3),
        "DE LE LN NG NN",
        "?Boston, Buxton, Chesterfield, ?Corby, Daventry, ?Derby, Derbyshire, Glossop, "
        "Grantham, Hinckley, Ilkeston, Kettering, Leicester, Leicestershire, ?Lincoln, "
        "Lincolnshire, Loughborough, ?Mansfield, Matlock, Melton Mowbray, ?Newark, Northampton, "
        "Northamptonshire, Nottingham, Nottinghamshire, ?Oakham, Peak District, Rutland, "
        "Skegness, Sleaford, Spalding, Wellingborough, Worksop",
    ),
    Region(
        "East of England",
        "EE",
        (3, 3),
        "AL CB CM CO IP LU NR PE SG SS WD",
        "Basildon, ?Bedford, Bedfordshire, Braintree, Brentwood, Bury St Edmunds, Cambridge, "
        "Cambridgeshire, Chelmsford, Clacton, Colchester, ?Ely, Essex, Felixstowe, Great "
        "Yarmouth, ?Grays, ?Harlow, Harpenden, Harwich, Hatfield, Hemel Hempstead, ?Hertford, "
        "Hertfordshire, Herts, Huntingdon, Ipswich, Kings Lynn, King's Lynn, Letchworth, "
        "Lowestoft, Luton, Norfolk, Norwich, Peterborough, Saffron Walden, ?Sandy, Southend, "
        "Southend on Sea, St Albans, Stevenage, Suffolk, Thetford, Thurrock, Watford, Welwyn, "
        "Wisbech",
    ),
    Region(
        "South West",
        "SW",
        (1, 4),
        "BA BH BS DT EX GL PL SN SP TA TQ TR",
        "Barnstaple, ?Bath, Bideford, ?Bodmin, Bournemouth, Bridgwater, Bridport, Bristol, "
        "Bude, Cheltenham, Chippenham, Cirencester, Cornwall, Cotswolds, Devon, Devizes, "
        "Dorchester, Dorset, Exeter, Exmouth, Falmouth, ?Frome, Gloucester, Gloucestershire, "
        "Glastonbury, Isles of Scilly, Minehead, Newquay, Newton Abbot, Paignton, Penzance, "
        "Plymouth, ?Poole, ?Redruth, Salisbury, Somerset, St Austell, St Ives, ?Stroud, "
        "Swindon, Taunton, Tewkesbury, Tiverton, Torbay, Torquay, Trowbridge, Truro, ?Wells, "
        "Weston super Mare, Weymouth, Wiltshire, Yeovil",
    ),
    Region(
        "London",
        "LDN",
        (2, 4),
        "BR CR E EC EN HA IG KT N NW RM SE SM SW TW UB W WC",
        "?Acton, ?Balham, ?Barking, ?Barnet, Battersea, Bermondsey, Bethnal Green, Bexley, "
        "Bloomsbury, Brixton, Bromley, ?Camden, Camden Town, Canary Wharf, Canning Town, "
        "Catford, Chiswick, Clapham, Covent Garden, Croydon, Dagenham, Dulwich, Ealing, East "
        "Ham, Edgware, ?Enfield, Finchley, Fulham, Greater London, Greenwich, Hackney, "
        "Hammersmith, Hampstead, Haringey, ?Harrow, Hounslow, Ilford, Islington, Kensington, "
        "Kingston upon Thames, Lambeth, Lewisham, Leyton, London, Mayfair, Merton, ?Mile End, "
        "Muswell Hill, Newham, Notting Hill, Paddington, Peckham, Putney, Romford, Shepherds "
        "Bush, Shepherd's Bush, Shoreditch, Soho, Southwark, Stoke Newington, Stratford, "
        "Streatham, ?Sutton, Tooting, Tottenham, Tower Hamlets, Twickenham, Uxbridge, Vauxhall, "
        "Walthamstow, Wandsworth, Wembley, West Ham, Westminster, Wimbledon, Wood Green, "
        "Woolwich",
    ),
    Region(
        "South East",
        "SE",
        (3, 4),
        "BN CT DA GU HP ME MK OX PO RG RH SL SO TN",
        "Abingdon, Aldershot, Andover, ?Ashford, Aylesbury, Banbury, Basingstoke, ?Battle, "
        "Berkshire, Bexhill, Bicester, Bognor Regis, Bracknell, Brighton, Buckinghamshire, "
        "Bucks, Canterbury, Chatham, Chichester, Crawley, Dartford, ?Deal, ?Dover, East Sussex, "
        "Eastbourne, Eastleigh, ?Epsom, Fareham, Farnborough, Farnham, Folkestone, Gatwick, "
        "Gillingham, Gosport, Gravesend, Guildford, Hampshire, ?Hastings, Haywards Heath, "
        "Henley, High Wycombe, Horsham, Hove, Isle of Wight, Kent, ?Lewes, Maidenhead, "
        "Maidstone, ?Margate, Medway, Milton Keynes, Newbury, Newhaven, Oxford, Oxfordshire, "
        "Portsmouth, Ramsgate, ?Reading, Redhill, Reigate, Rochester Kent, Royal Tunbridge "
        "Wells, ?Rye, ?Sandwich, Sevenoaks, Sittingbourne, Slough, Southampton, Surrey, Sussex, "
        "Thanet, Tonbridge, Tunbridge Wells, West Sussex, Whitstable, Winchester, Windsor, "
        "?Witney, Woking, Wokingham, Worthing",
    ),
)
