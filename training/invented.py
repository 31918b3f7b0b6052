"""Invented names, places, outlets and topics, and what stands below bylines and in captions.

{a|b} is one of; the slots in capitals are those of `furniture.txt`.
"""

from __future__ import annotations

import re

FIRST = (
    "Ann Tom Ilse Bo Maria Priya Kwame Noor Liam Aoife Sven Lucía Dmitri Wei Fatima Grace Omar Ngozi Hana Jack Ruth Pierre Ingrid Chidi"
    " Rosa Arjun Yuki Elena Sam Dottie Owen Farah Gus Mei Tariq Joan Kofi Petra Raj Zeynep"
).split()
LAST = (
    "Lee Brandt Okafor Vale Hart Nair Mensah O’Brien Lindqvist García Petrov Chen Haddad Holm Achebe Suzuki Doyle Moreau Berg Nwosu Silva"
    " Mehta Tanaka Popescu Cardwell Whitewater Khan-Ellis McKay Al-Masri Adeyemi Fontaine Rossi Kowalski Singh Walsh Rahman Ortiz Bell Greene"
).split()
PLACES = (
    "Elm|Port Elsing|Harlan Fork|Northmoor|Kessock Falls|Larrabee|Brookfield|Ridgeway|Santa Oria|Dunmore|Kilcarrick|Wagga Creek|Mapleton"
    "|New Harbor|Castleford|Lagos|Nairobi|Delhi|London|Washington|Glasgow|Toronto|Sydney|Leeds|Chicago"
).split("|")
OUTLETS = (
    "Elm Gazette|The Harbour Post|Northmoor Echo|Daily Meridian|The Ledger|KLHM|Channel 5 News|The Comet|Radio Elm|Ridgeway Times"
    "|The Sounding|Morning Star-Herald|News24seven|The Weekly Dispatch|Elm Live|Business Brief|The Daily Crier|WXRB"
).split("|")
TOPICS = (
    "Water|Housing|Rivers|Schools|Police|Elections|Transport|Health|Fisheries|Budget|Courts|Climate|Roads|Farming|Trade|Energy|Immigration"
    "|Tax|Football|Crime|Mining|Hospitals|Ferries|Libraries"
).split("|")
MONTHS = "January February March April May June July August September October November December".split()
NUMBERS = (1, 2, 3, 4, 5, 6, 8, 12, 14, 20, 31, 45, 90, 141, 318, 1200, 2019)
BELOW_BYLINE = (
    "{Staff Writer|STAFF WRITER|Staff Reporter|Political editor|Health Reporter|Reporter|Correspondent|Senior Correspondent|Editor|Contributor}",
    "{O Staff|AFP|Reuters|Associated Press|The Associated Press|News Desk|Agency Staff|PTI|ANI|AAP|O Reporter|Staff and agencies|The Canadian Press}",
    "{name@site.example|@handle}",
    "N",
    "N D",
    "O",
)
BELOW_PICTURE = (
    "{N/O|N/AP|N / AFP|N/Reuters|Getty Images|AP Photo/N|Supplied|SUPPLIED|Supplied photo|Contributed|Reuters|AFP/Getty|N for O|(N/O)|[N/AP]|NN/O"
    "|Handout|Courtesy N|EPA-EFE|File|FILE|File photo|REUTERS/N|N • O|© N/AFP|© Reuters|AFP|Getty|PA Media|O file photo|N/Contributed|O/N|RSS|N}",
    "{Photo|PHOTO|Image|Picture|Photograph|Credit|Photo by|Photo credit|Image credit|Illustration|Graphic|File photo|Image source}{:|} "
    "{N|N/O|Reuters|Getty Images|AFP|Supplied|AP|N / AP|P Council|O archive|N via AP|Contributed|P Police}",
)
PICTURED = (
    "{N|N and N|Residents|Workers|Police officers|Protesters|The scene|A closed shop|The site} {outside|at|near|in front of|in}"
    " {P|the P town hall|the court in P|the site} {on Monday|on Friday|last week|in 2019|in March|}{.|}",
    "N, {left|right|centre}, with N {in P|}{.|}",
    "{N has denied the charges|N says the plan was never put to him|The building has stood empty since 2011|N was first elected in 2010"
    "|The school will close next summer|The site where the new plant will be built|The bridge was opened in 1932}{.|}",
    "{N|N and N}",
    "The W {committee|office|centre} in P",
    "{Council leader|Mayor|Prime Minister|Minister|Chief executive|Farmer|Resident|Dr|Sen.|Gov.} N{.|}",
    "{Inside|Outside|Part of|Damage at|A view of|A sign at|A map of|An artist's impression of} {the P plant|the P bridge|a shop in P|the new school}{.|}",
    "{LEFT|RIGHT|READY|WAITING|BUSY|FLOODED|GONE} {N|Residents|The market} {sits|waits|stands|is seen} {in P on Monday|near the river|at home}{.|}",
    "This {image|photo|picture|video frame} {from|taken by|provided by} {P Police|N|a weather camera} shows {debris|the bridge|N|the scene} {in P|on Sunday}{.|}",
    "{N|The mill|The ferry|The school|The family} {has|had} {K rooms|worked here for K years|been closed since 2019|K passengers on board}{.|}",
)
WHO = (
    "N|N and N|Mayor N|A man|A woman|People|Children|Volunteers|A worker|Firefighters|Farmers|Students|Police officers|Protesters|Residents"
    "|Supporters|A ferry|A train|The {harbour|bridge|church|school|mill|town hall} at P|A sign|Fans of P United|{Nurse|Teacher|Farmer|Driver"
    "|Fisherman|Captain|Minister|President|Senator|Owner} N|Members of the P council|Cattle|Tents|Cars|Boats|A house|Workers|An officer"
)
WHO = re.split(r"\|(?![^{]*\})", WHO)
DOES = (
    "walks past|stands at|stand outside|looks at|look on at|is pictured at|are seen near|is seen in|shows|shows off|speaks at|speaks to reporters at"
    "|sits in|holds|arrives at|leaves|waits for|wait outside|poses at|gather at|works in|lies near|attends|carries|carry|plays with|watches|watch"
    "|explains|inspects|hangs in|passes|addresses|celebrates|makes|takes part in|rides through|runs past|drives through|reads at|checks|meets"
    "|greets|listens to|burns near|line up at|queue outside|protest outside|clear|search|pull a hose along|spend the night in|put out"
).split("|")
WHAT = (
    "a closed shop|the harbour|a polling station|the river|the school gate|a meeting of the council|his workshop|her kitchen|the town hall|the crowd"
    "|a field|the courthouse|a rally|the damaged bridge|a portrait of N|the new plant|the hospital|a photograph of her son|the market|the old mine"
    "|a news conference|the finish line|a street"
).split("|")
WHEN = (
    "in P|in P on Monday|on Friday, D|near P on Tuesday|in P, on D|last year|during the flood in 2012|in this file photo|in P in March|on Wednesday"
    "|before the vote|after the verdict|ahead of the match"
).split("|")
MORE = (
    "",
    "",
    "",
    "",
    " The {law|road|school|bridge|plant} will {open|close|change} next year.",
    " N {has lived there since 1987|was not hurt|won the vote in P}.",
    " It has been empty since 2011.",
    " “QUOTE” he said.",
)
