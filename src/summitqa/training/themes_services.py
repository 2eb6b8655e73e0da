"""Themes of made-up tables, third part: work, research, health, transport and the home.

Written in the notation of :mod:`summitqa.training.themes`.
"""

SERVICES = """
= Reform ideas | Proposals compared | How the ideas were rated
@ Idea | Proposal | Reform : [Night/School/Toll/Rural/Harbour/Tourist] [buses/taxes/clinics/vouchers/roads/licences]
+ Feasibility | Can it be done : {levels:1}
? How feasible are {kl}? | How was the feasibility of {kl} rated? | What feasibility was given for {kl}?
< Which idea has {vl} feasibility? | Whose feasibility was put at {vl}?
+ Support | Public support : {levels:3}
? How much support do {kl} have? | How strong is support for {kl}? | How popular are {kl}?
< Which proposal has {vl} support?
+ Content | What it means : [Free/Shared/Paid/Longer] [service/permits/access/hours] [for pensioners/on weekdays/in
  border towns/paid by visitors/after a trial year]
? What do {kl} involve? | What is meant by {kl}? | What would {kl} bring? | What is the idea behind {kl}?
< Which idea means {vl}? | Which proposal would bring {vl}?
+ Comes from | Author : [Minister/Professor/Senator/Mayor] {surname}
? Who came up with {kl}? | Who proposed {kl}? | Whose idea are {kl}?
< What did {v} propose? | What is {v}'s idea?

= Inspection | Condition of the bridges | Survey of buildings
@ Structure | Object : {place} [bridge/weir/dam/lock/viaduct]
+ Condition | State : {levels:4}
? What condition is the {k} in? | What state is the {k} in? | How is the {k} holding up?
< Which structure is in {vl} condition?
+ Defect | Main fault : [cracked/loose/rusted/worn] [bearings/railings/joints/cables] [on the north side/above the
  water/near pier two]
? What is wrong with the {k}? | What fault was found on the {k}? | What did the inspectors find at the {k}?
< Where were {v} found? | Which structure has {v}?
+ Urgency : {levels:5}
? How urgent are repairs to the {k}? | What urgency was given to the {k}?
< For which structure is the urgency {vl}?
+ Inspected | Last inspection : {date}
? When was the {k} inspected? | When did someone last check the {k}?
< What was inspected on {v}?

= Rota | Shifts this week | Who is on duty
@ Shift | Duty : {day} [morning/afternoon/night]
+ Doctor | On duty | Nurse : {person}
? Who is on duty on {k}? | Who works on {k}? | Who has the {k} shift? | Who's in on {k}?
< When is {v} on duty? | When does {v} work? | Which shift does {v} have?
+ Ward | Station : Ward {int:1:30}
? Which ward is covered on {k}? | Where is duty on {k}?
< When is {v} covered? | Which shift is on {v}?
+ Stand-in | Replacement : {person}
? Who stands in on {k}? | Who is the replacement on {k}? | Who fills in on {k}?
< For which shift is {v} the replacement?
+ Ends | Until : {clock:9:22}
? When does the {k} shift end? | How late does the {k} shift go?
< Which shift ends at {v}?

= Flights | Arrivals today | Departures board
@ Flight | Flight no. : {letter}{letter} {int:100:999}
+ From | Coming from | Origin : {place}
? Where does {k} come from? | Where is flight {k} coming from? | What is the origin of {k}?
< Which flight comes from {v}? | What is the number of the flight from {v}?
+ Due | Scheduled : {clock}
? When is {k} due? | What time should {k} land? | When does flight {k} get in?
< Which flight is due at {v}? | What lands at {v}?
+ Remark | Status : [Delayed/Landed/Cancelled/On time/Diverted/Boarding]
? What is the status of {k}? | What happened to {k}? | How is flight {k} doing?
< Which flight is marked {vl}?
+ Belt | Baggage : Belt {int:1:14}
? Where do bags from {k} come out? | Which belt is {k} on? | Where do I pick up my luggage from {k}?
< Which flight's luggage is on {v}?

= Experiments | Measurements | Test series
@ Sample | Specimen : [Sample/Specimen/Batch] {letter}{int:1:80}
+ Temperature | Heated to : {int:20:900} °C
? How hot was {kl}? | To what temperature was {kl} heated? | At what temperature was {kl} tested?
< Which one was heated to {v}?
+ Strength | Breaking load : {dec:1:80} kN
? At what load did {kl} break? | How strong was {kl}? | What could {kl} bear?
< What broke at {v}?
+ Duration | Time : {minutes:5:300}
? How long did the test of {kl} take? | How long was {kl} tested?
< Which test took {v}?
+ Observation | Remarks : [fine/deep/slow/sudden] [cracks/melting/bending/smoke] [at the edge/near the weld/after
  cooling/on one side]
? What was seen with {kl}? | What was noticed about {kl}? | What was observed on {kl}?
< Which sample showed {vl}? | Where were there {vl}?

= Ships | Fleet list | Vessels in port
@ Ship | Vessel : MV {brand}
+ Flag | Registered in : {country}
? Under which flag does {k} sail? | Where is {k} registered? | What is the flag of {k}?
< Which ship is registered in {v}? | What sails under the flag of {v}?
+ Length : {int:28:390} m
? How long is {k}? | What's the length of {k}?
< Which vessel is {v} long?
+ Captain | Master : {person}
? Who commands {k}? | Who is the captain of {k}? | Who sails {k}?
< Which ship does {v} command? | What does {v} sail?
+ Berth | Quay : Quay {int:1:40}
? Where is {k} moored? | At which quay does {k} lie? | Where can I find {k}?
< What lies at {v}? | Which ship is at {v}?
+ Cargo | Load : {int:2:90},000 t of [grain/ore/cement/timber/salt/coal]
? What is {k} carrying? | What is {k} loaded with? | What's on board {k}?
< Which ship carries {v}?

= Museum | Objects on show | The collection
@ Object | Exhibit : [Silver/Bronze/Painted/Carved/Glass] [cup/mask/shield/altar/horse/comb] [of/from] {place}
+ Date | Made in : {year:900:1890}
? When was the {kl} made? | How old is the {kl}? | From what year is the {kl}?
< What was made in {v}? | Which exhibit dates from {v}?
+ Room | Gallery : Room {int:1:40}
? Where is the {kl}? | In which room can I see the {kl}? | Where do I find the {kl}?
< What is in {vl}? | Which object can be seen in {vl}?
+ Given by | Donor : {person}
? Who gave the {kl}? | Who donated the {kl}? | From whom does the {kl} come?
< What did {v} donate? | What did the museum get from {v}?
+ Value | Insured for : {money:2000:95000}
? How much is the {kl} worth? | For how much is the {kl} insured? | What is the value of the {kl}?
< What is insured for {v}? | Which object is worth {v}?

= Books | New books | Loans
@ Title | Book : The {brand}
+ Author | By : {person}
? Who wrote {k}? | Who is the author of {k}? | By whom is {k}?
< What did {v} write? | Which book is by {v}?
+ Pages : {int:90:980}
? How many pages does {k} have? | How long is {k}? | How thick is {k}?
< Which book has {v} pages?
+ Published | Year : {year:1930:2025}
? When was {k} published? | When did {k} come out? | What year is {k} from?
< What was published in {v}? | Which book came out in {v}?
+ Shelf | Where to find it : {letter} {int:1:90}
? Where do I find {k}? | On which shelf is {k}? | Where is {k} kept?
< What stands on shelf {v}?
+ Subject | Genre : [detective/historical/love/ghost/sea/war] [novel/story/poems]
? What kind of book is {k}? | What genre is {k}?
< Which book is listed as {v}?

= Repairs | Workshop orders | Jobs in hand
@ Customer | Order for : {person}
+ Device | Item : [cracked/old/noisy/broken] [bicycle/toaster/watch/violin/mixer/printer]
? What did {k} bring in? | What is being repaired for {k}? | What was handed in by {k}?
< Who brought in {a} {v}? | Whose is the {v}?
+ Ready | Pick-up : {date}
? When can {k} pick it up? | When will the repair be ready for {k}? | When should {k} come back?
< Whose order is ready on {v}?
+ Cost | Estimate : {money:8:190}
? How much will {k} pay? | What does the repair cost {k}? | What is the estimate for {k}?
< Who has to pay {v}? | For whom is the estimate {v}?
+ Technician | Done by : {first}
? Who is doing the repair for {k}? | Which technician works for {k}? | Who takes care of {k}'s order?
< Whose order is {v} doing?

= Energy | Power stations | Electricity from where
@ Plant | Station : {place} [wind farm/solar park/power station/hydro plant]
+ Output | Capacity : {int:3:980} MW
? How much power does the {k} produce? | What is the output of the {k}? | What's the capacity of the {k}?
< Which plant has an output of {v}? | What produces {v}?
+ Operator | Run by : {brand} [Power/Energy]
? Who runs the {k}? | Who operates the {k}? | Which company is behind the {k}?
< What does {v} run? | Which plant belongs to {v}?
+ On line since | Opened : {year:1955:2025}
? Since when has the {k} been running? | When did the {k} open? | When did the {k} go on line?
< What opened in {v}?
+ Households | Homes supplied : {int:2:480},000
? How many homes does the {k} supply? | How many households get power from the {k}?
< What supplies {v} homes?

= Animals | In the zoo | Our animals
@ Animal | Name : {first} the [bear/lynx/otter/camel/parrot/tapir/lemur]
+ Age : {int:2:48} years
? How old is {k}? | What is the age of {k}?
< Who is {v} old? | Which animal is {v} old?
+ Feeding | Fed at : {clock:8:18}
? When is {k} fed? | When does {k} eat? | What time is feeding for {k}?
< Who is fed at {v}? | Which animal eats at {v}?
+ Food | Eats : [fresh/frozen/chopped/dried] [fish/fruit/leaves/carrots/meat] and [nuts/seeds/eggs/bread/oats]
? What does {k} eat? | What is {k} given to eat? | What do they feed {k}?
< Which animal eats {v}? | Who gets {v}?
+ Keeper | Looked after by : {person}
? Who looks after {k}? | Who takes care of {k}? | Who is {k}'s keeper?
< Which animal does {v} look after?
+ Enclosure | House : {brand} [House/Island/Hall]
? Where does {k} live? | Where can I see {k}? | In which enclosure is {k}?
< Who lives in the {v}?

= Planets and moons | Objects observed | Star list
@ Object | Body : {word}[is/os/a/on] [/{int:2:9}/{letter}]
+ Diameter : {int:120:98000} km
? How big is {k}? | What's the diameter of {k}? | How wide is {k}?
< What has a diameter of {v}?
+ Orbit | Period : {int:2:900} days
? How long does {k} take to go round? | What is the orbit time of {k}?
< Which body has an orbit of {v}?
+ Discovered by | Discoverer : {person}
? Who discovered {k}? | Who found {k}? | By whom was {k} first seen?
< What did {v} discover? | Which object was found by {v}?
+ Surface | Made of : [blue/grey/dusty/cracked] [ice/rock/gas/lava] [with deep craters/under thin clouds/and frozen
  salt]
? What is the surface of {k} like? | What is {k} made of? | What does {k} consist of?
< What consists of {vl}? | Which object has a surface of {vl}?

= Grants | Scholarships | Funding awarded
@ Recipient | Winner : {person}
+ Amount | Sum : {money:800:60000}
? How much did {k} get? | How much money went to {k}? | What sum was {k} awarded? | How large is {k}'s grant?
< Who got {v}? | Who was awarded {v}?
+ Purpose | For : [a film/a study/a book/a map/an exhibition] [about/on] [floods/dialects/ants/lighthouses/street
  food/old roads]
? What is {k}'s grant for? | What did {k} get money for? | What will {k} do with the grant?
< Who got a grant for {v}? | Who is working on {v}?
+ University | Based at : University of {place}
? Where is {k} based? | At which university is {k}? | Where does {k} do research?
< Who is at the {v}? | Which winner comes from the {v}?
+ Runs until | Ends : {month} {year:2024:2036}
? Until when does {k}'s grant run? | When does the funding of {k} end? | How long is {k} funded?
< Whose grant ends in {v}?

= Films | At the cinema | This week's films
@ Film | Title : [Beyond/Under/After/Before] the {brand}
+ Director | Directed by : {person}
? Who directed {k}? | Who made {k}? | Whose film is {k}?
< Which film is by {v}? | What did {v} direct?
+ Length | Running time : {minutes:72:205}
? How long is {k}? | How long does {k} last? | What is the running time of {k}?
< Which film lasts {v}?
+ Show | Starts at : {clock:14:22}
? When is {k} on? | What time does {k} start? | When can I see {k}?
< What's on at {v}? | Which film starts at {v}?
+ Age limit | From age : {int:6:18}
? How old do you have to be for {k}? | What's the age limit for {k}? | From what age is {k}?
< Which film may you see from age {v}?
+ Screen | Hall : Screen {int:1:12}
? Where is {k} shown? | Which screen is {k} on?
< What is shown on {vl}?

= Water quality | Bathing places | Lakes tested
@ Lake | Beach : [Lake {word}/{place} beach/{brand} Bay]
+ Quality | Result : {levels:4}
? How clean is {k}? | How good is the water at {k}? | What was the result for {k}?
< Where is the water {vl}? | Where was the quality {vl}?
+ Temperature | Water : {dec:9:27} °C
? How warm is the water at {k}? | What temperature is the water at {k}?
< Where is the water {v}?
+ Visibility | Clear to : {dec:0.3:9} m
? How far can you see at {k}? | What's the visibility at {k}?
< Where is the visibility {v}?
+ Advice | Note : [No swimming/Children only near the shore/Beware of algae/Showers closed/Dogs welcome/Jellyfish
  seen] [/until {date}]
? What advice is given for {k}? | What should I know about {k}? | What do they say about {k}?
< For which place does it say "{v}"?

= Steps and dates | Timeline | Milestones
@ Stage | Milestone : [First/Second/Final/Internal/Public] [draft/hearing/review/vote/audit/signing]
+ Date | When : {date}
? When is the {kl}? | When does the {kl} take place? | On which date is the {kl}? | What's the date of the {kl}?
< What happens on {v}? | What takes place on {v}? | Which stage is on {v}?
+ Where | Place : {place}
? Where is the {kl} held? | In which town is the {kl}? | Where does the {kl} take place?
< What takes place in {v}? | Which stage is in {v}?
+ Host | Chaired by : {person}
? Who hosts the {kl}? | Who chairs the {kl}? | Who is in charge of the {kl}?
< What does {v} chair? | Which stage is hosted by {v}?
+ Outcome | Expected result : [signed/joint/short/revised] [statement/timetable/list of names/map/report] [/on
  costs/for ministers/for the press]
? What should come out of the {kl}? | What is expected from the {kl}? | What will the {kl} lead to?
< Which stage should end with {a} {v}?

= Languages | Dialects of the region | Speakers
@ Language | Dialect : {word}[ish/ese/ic/ari]
+ Speakers : {int:400:980000}
? How many people speak {k}? | How many speakers does {k} have? | How widely is {k} spoken?
< Which language has {v} speakers? | What is spoken by {v} people?
+ Spoken in | Region : {place}
? Where is {k} spoken? | In which region do people speak {k}?
< What do people speak in {v}? | Which language is spoken in {v}?
+ Status | Outlook : [Endangered/Growing/Stable/Nearly extinct/Taught in schools/Official]
? What is the status of {k}? | How is {k} doing? | What is the outlook for {k}?
< Which language is {vl}?
+ Script | Written in : [Latin/Arabic/Greek/its own/Cyrillic] [letters/script]
? How is {k} written? | What script does {k} use? | In what is {k} written?
< Which language is written in {v}?

= Jobs | Vacancies | Open positions
@ Position | Job : [Junior/Senior/Part-time/Night] [baker/welder/nurse/clerk/driver/gardener/translator]
+ Salary | Pay : {money:1400:9000} a month
? What does the {kl} earn? | How much does the {kl} job pay? | What's the salary of the {kl}?
< Which job pays {v}? | Who earns {v}?
+ Hours | Weekly hours : {int:12:44}
? How many hours does the {kl} work? | How many hours a week is the {kl} job?
< Which job is {v} hours a week?
+ Apply by | Closing date : {date}
? By when do I have to apply as {kl}? | What is the deadline for the {kl} job? | Until when can one apply as {kl}?
< Which job closes on {v}?
+ Requires | You need : [a driving licence/a clean record/two references/good English/a trade diploma/own tools]
? What do I need to be a {kl}? | What is required of the {kl}? | What must the {kl} have?
< Which job requires {v}? | For what job do I need {v}?
+ Place | Workplace : {place}
? Where does the {kl} work? | Where is the {kl} job?
< Which job is in {v}?
"""
