"""Themes of made-up tables, second part: public life, science, business and institutions.

Written in the notation of :mod:`summitqa.training.themes`.
"""

PUBLIC = """
= Outlook | Where the talks stand | Points under negotiation | Chances at a glance
@ Topic | Subject | File : [Fishing/Grazing/Water/Mining/Transit/Landing/Parking/Patent]
  [quotas/rights/fees/permits/limits/rules]
+ Odds | Prospects | Chance of a deal : {levels:3}
? How likely is agreement on {kl}? | What are the chances for {kl}? | What's the chance of a deal on {kl}?
? How good are the prospects for {kl}?
< Which topic has {vl} prospects? | On what are the chances {vl}? | What has a {vl} chance of a deal?
+ Proposal | On offer | Under discussion : [Gradual/Joint/Yearly/Limited/Temporary] [review/freeze/sharing/reduction]
  [by both sides/of existing claims/in border districts/linked to inspections/under a neutral chair]
? What is being proposed on {kl}? | What's on offer for {kl}? | What might be agreed on {kl}? | what could come out on
  {kl}?
< On which topic is there talk of a {vl}? | What would be settled by a {vl}?
+ Lead | Chief negotiator : {person}
? Who leads the talks on {kl}? | Who negotiates about {kl}? | Who is in charge of {kl}?
< What does {v} negotiate? | Which file is {v}'s?
+ Deadline | Next round : {date}
? When is the next round on {kl}? | By when should {kl} be settled? | What date has been set for {kl}?
< What is due on {v}? | Which topic comes up on {v}?

= Risk register | Risks | What could go wrong
@ Risk | Event : [Supplier/Server/Power/Pump/Budget/Staff/Ice/Crane] [failure/shortage/delay/breakdown/dispute]
+ Probability | Likelihood : {levels:2}
? How probable is {a} {kl}? | What's the likelihood of {a} {kl}? | How likely is {a} {kl}?
< Which risk is {vl}? | What is seen as {vl}?
+ Impact | Effect : {levels:5}
? How bad would {a} {kl} be? | What would be the impact of {a} {kl}? | How serious is {a} {kl}?
< Which risk would have {vl} effects?
+ Owner | Responsible : {person}
? Who is responsible for {kl}? | Who takes care of {a} {kl}? | Who owns the {kl} risk?
< Which risk is {v} responsible for? | What does {v} look after?
+ Answer | Measure : [Second/Spare/Local/Outside] [generator/contract/team/store] [kept ready/hired in advance/tested
  every month/paid from reserves]
? What is done about {kl}? | What measure is planned against {kl}? | How would we deal with {a} {kl}?
< Against which risk is there a {vl}?

= Budget | Spending plan | Council budget {year:2010:2030}
@ Department | Item | Service : [Road/School/Park/Fire/Library/Bridge/Youth/Sports]
  [repairs/service/upkeep/programme/extension] [/in {place}]
+ Amount | Planned | Budget : {money:20000:990000}
? How much is set aside for {kl}? | What is the budget for {kl}? | How much will be spent on {kl}? | What does {kl} get?
< What gets {v}? | Which item was given {v}?
+ Change | Against last year : [+/-]{pct:1:40}
? By how much did {kl} change? | How does {kl} compare with last year? | What's the change for {kl}?
< Which department's budget changed by {v}? | What changed by {v}?
+ Approved | Vote : {date}
? When was {kl} approved? | When did the council vote on {kl}?
< What was approved on {v}? | Which item was voted on on {v}?
+ Funding | Paid by : [State grant/Local taxes/Lottery money/Bank loan/Private donors][/ and reserves/ over five years]
? Who pays for {kl}? | How is {kl} funded? | Where does the money for {kl} come from?
< What is paid for by {vl}?

= Population | Towns of the district | Census {year:1990:2025}
@ Town | Municipality : {place}
+ Inhabitants | Population : {int:900:240000}
? How many people live in {k}? | What's the population of {k}? | How many inhabitants does {k} have?
< Which town has {v} inhabitants? | Where do {v} people live?
+ Area : {int:8:420} km²
? What is the area of {k}? | How much land does {k} cover?
< What covers {v}? | Which municipality has an area of {v}?
+ Founded : {year:1050:1890}
? When was {k} founded? | How old is {k}? | In what year was {k} founded?
< Which town was founded in {v}? | What dates from {v}?
+ Mayor : {person}
? Who is mayor of {k}? | Who runs {k}? | Who governs {k}? | What's the name of the mayor of {k}?
< Where is {v} mayor? | Which town does {v} run?
+ Elevation | Height : {int:5:1900} m
? How high is {k}? | At what height does {k} lie?
< Which town lies at {v}?

= Election results | Vote by party | Result of the {month} election
@ Party | List : [{word}ian/Free/Green/New/United/Rural] [Alliance/Party/League/Union/Front/Movement]
+ Share | Votes | Per cent : {pct:2:44}
? What share did the {k} get? | How much of the vote did the {k} win? | What percentage went to
  the {k}?
< Who got {v}? | Which party won {v} of the vote?
+ Seats : {int:1:140}
? How many seats did the {k} win? | How many seats does the {k} have? | How many members will the {k} send?
< Which party has {v} seats? | Who won {v} seats?
+ Leader : {person}
? Who leads the {k}? | Who is the leader of the {k}? | Who heads the {k}?
< Which party does {v} lead? | What is {v}'s party?
+ Last time | Previous : {pct:1:45}
? What did the {k} get last time? | How strong was the {k} before? | What was the {k}'s previous result?
< Who had {v} last time?

= School results | Exam results | Grades
@ Pupil | Student : {person}
+ Maths | Mathematics : {int:31:100}
? What did {k} get in maths? | How did {k} do in mathematics? | What's {k}'s maths mark?
< Who got {v} in maths?
+ History : {int:31:100}
? What did {k} get in history? | How did {k} do in history? | What's {k}'s mark in history?
< Who got {v} in history? | Whose history mark is {v}?
+ Absences | Days missed : {int:0:24}
? How many days did {k} miss? | How often was {k} absent?
< Who missed {v} days?
+ Tutor | Class teacher : {surname}
? Who is {k}'s tutor? | Who teaches {k}'s class?
< Whose tutor is {v}?
+ Project | Essay : The [history/sound/price/secret] of [salt/bridges/bees/clocks/glass/maps/wool]
? What is {k}'s project? | What did {k} write about? | What is the title of {k}'s essay?
< Who wrote about {vl}? | Whose project is {vl}?

= Trial results | Study arms | Outcomes after {int:4:52} weeks
@ Treatment | Drug | Arm : {word}[mab/zol/pine/stat/vir/tide]
+ Dose : {int:5:900} mg [daily/twice a day/a week]
? How much {k} was given? | What dose of {k} did patients take? | What was the dose of {k}?
< Which drug was given at {v}? | What was taken at {v}?
+ Patients | n : {int:18:960}
? How many patients received {k}? | How many people were given {k}? | How many took {k}?
< Which treatment did {v} patients get?
+ Response | Improved : {pct:8:90}
? How many improved on {k}? | What was the response rate with {k}? | How well did {k} work?
< Which treatment had a response of {v}? | With what did {v} improve?
+ Side effect | Main side effect : [mild/dull/brief/severe] [nausea/headache/rash/dizziness/fatigue/cough]
? What side effect did {k} have? | What did {k} cause? | What did patients on {k} suffer from?
< Which drug caused {v}? | What led to {v}?
+ Stopped early | Withdrew : {int:1:40}
? How many people stopped taking {k}? | How many dropped out on {k}?
< In which arm did {v} withdraw?

= Substances | Properties | Compounds tested
@ Compound | Substance : {word}[ine/ol/ium oxide/yl acetate/ic acid]
+ Melting point : {int:12:980} °C
? At what temperature does {kl} melt? | What is the melting point of {kl}? | When does {kl} melt?
< What melts at {v}? | Which substance has a melting point of {v}?
+ Density : {dec:0.6:9:2} g/cm³
? How dense is {kl}? | What's the density of {kl}?
< Which compound has a density of {v}?
+ Colour | Appearance : [pale/deep/bright/dull] [yellow/blue/white/green] [powder/crystals/liquid]
? What does {kl} look like? | What colour is {kl}? | What is the appearance of {kl}?
< Which substance is a {v}? | What looks like {v}?
+ Hazard : [Irritates the eyes/Burns easily/Harmful if inhaled/Corrodes steel/None known/Toxic to fish]
? Why is {kl} dangerous? | What hazard does {kl} pose? | What should I watch out for with {kl}?
< For which substance is the hazard given as {vl}?

= Court cases | Hearings | Cases before the court
@ Case | Matter : {surname} v {surname}
+ Judge : {person}
? Who hears {k}? | Who is the judge in {k}? | Who presides over {k}?
< Which case does {v} hear? | What is before {v}?
+ Hearing | Date : {date}
? When is {k} heard? | When's the hearing in {k}? | On what day does {k} come to court?
< Which case is heard on {v}? | What comes up on {v}?
+ Charge | Claim | Subject : [unpaid/disputed/broken/forged] [rent/wages/contract/invoice/will/boundary]
? What is {k} about? | What is claimed in {k}? | What's the subject of {k}?
< Which case is about {v}? | What case concerns {v}?
+ Outcome | Ruling : [Dismissed/Settled/Adjourned/Claim upheld/Sent back] [/with costs/on appeal/after two days]
? How did {k} end? | What was the ruling in {k}? | What happened in {k}? | What was decided in {k}?
< Which case was {vl}?
+ Courtroom | Room : {int:1:30}
? Where is {k} heard? | Which courtroom is {k} in?
< What is heard in room {v}?

= Farms | Harvest by farm | Growers
@ Farm | Grower : {surname} [Farm/Orchard/Estate/Brothers]
+ Harvest | Crop in tonnes : {int:20:980} t
? How much did {k} harvest? | How big was the harvest at {k}? | What did {k} bring in?
< Which farm harvested {v}? | Who brought in {v}?
+ Main crop | Grows : [winter/early/red/sweet] [wheat/apples/onions/maize/cherries/potatoes]
? What does {k} grow? | What's the main crop at {k}? | What is grown at {k}?
< Who grows {v}? | Where are {v} grown?
+ Land | Hectares : {int:6:900} ha
? How much land does {k} have? | How large is {k}?
< Which farm has {v}? | Who farms {v}?
+ Workers : {int:2:90}
? How many workers does {k} employ? | How many people work at {k}?
< Who employs {v} workers? | Which farm has {v} workers?

= Projects | Building sites | Works in progress
@ Project | Site : {place} [bridge/tunnel/clinic/school/reservoir/depot]
+ Contractor | Built by : {surname} [& Sons/Construction/Group]
? Who is building the {k}? | Which firm builds the {k}? | Who got the contract for the {k}?
< What is {v} building? | Which project went to {v}?
+ Completion | Ready by : {month} {year:2024:2035}
? When will the {k} be finished? | When is the {k} due? | By when should the {k} be ready?
< What will be ready by {v}? | Which project is due in {v}?
+ Cost | Cost in millions : {dec:1:95} million
? What will the {k} cost? | How much is the {k}? | How expensive is the {k}?
< Which project costs {v}? | What costs {v}?
+ Status : [Delayed by/Waiting for/Halted over] [permits/frost/funding/a lawsuit/steel deliveries]
? How far along is the {k}? | What is the status of the {k}? | What's holding up the {k}? | Why isn't the {k} done?
< Which project is {vl}? | What is {vl}?

= Companies | Quarterly figures | Listed firms
@ Company | Firm : {brand} [Holdings/Group/Foods/Energy/Logistics]
+ Revenue | Sales : {money:12:900} million
? What was {k}'s revenue? | How much did {k} sell? | How much did {k} turn over? | What were sales at {k}?
< Which company had revenue of {v}? | Who sold {v}?
+ Profit | Net profit : {money:1:90} million
? How much profit did {k} make? | What did {k} earn? | What was left for {k}?
< Who made a profit of {v}? | Which firm earned {v}?
+ Employees | Staff : {int:140:48000}
? How many people work for {k}? | How many employees does {k} have? | How large is {k}'s workforce?
< Which company has {v} employees? | Who employs {v} people?
+ Head office | Based in : {place}
? Where is {k} based? | In which town is {k}'s head office? | Where does {k} have its headquarters?
< Which firm is based in {v}? | What company comes from {v}?
+ Chief executive | CEO : {person}
? Who runs {k}? | Who is the boss of {k}? | Who heads {k}? | Who is chief executive of {k}?
< What company does {v} run? | Which firm is headed by {v}?

= Conference | Programme of the day | Sessions
@ Session | Talk : [Reading/Saving/Measuring/Mapping/Teaching] [rivers/markets/archives/coasts/machines/villages]
+ Speaker : {person}
? Who speaks about {kl}? | Who gives the talk on {kl}? | Who will present {kl}?
< What does {v} talk about? | What is {v}'s talk called?
+ Time | Starts : {clock:8:18}
? When does {kl} start? | What time is {kl}? | When should I be there for {kl}?
< What starts at {v}? | Which talk is at {v}?
+ Room | Hall : [Hall/Room/Auditorium] {letter}
? Where is {kl}? | In which room is {kl} held? | Where do I go for {kl}?
< What is on in {v}? | Which session is in {v}?
+ Language | Held in : [English/French/Arabic/Spanish/Chinese][/ with interpreters/ with subtitles]
? In what language is {kl}? | What language will {kl} be in?
< Which talk is in {v}?

= Bills | Votes in parliament | Laws before the assembly
@ Bill | Law : [Clean/Fair/Open/Safe] [Rent/Water/Data/Harbour/Food/Energy] [Act/Bill]
+ In favour | Yes : {int:40:320}
? How many voted for the {k}? | How many were in favour of the {k}? | How many supported the {k}?
< Which bill got {v} votes in favour? | What did {v} members support?
+ Against | No : {int:10:240}
? How many voted against the {k}? | How many opposed the {k}? | How many said no to the {k}?
< Which bill did {v} members oppose?
+ Status | Stage : [Passed/Rejected/In committee/Vetoed/Second reading/Withdrawn]
? What happened to the {k}? | Where does the {k} stand? | What stage has the {k} reached?
< For which bill is the status "{vl}"?
+ Sponsor | Tabled by : {person}
? Who proposed the {k}? | Who is behind the {k}? | Who tabled the {k}?
< What did {v} propose? | Which bill is {v}'s?
+ In force | Takes effect : {date}
? When does the {k} take effect? | From when does the {k} apply? | When will the {k} come into force?
< Which law comes into force on {v}?

= Relief deliveries | Aid shipments | Convoys
@ Convoy | Shipment : Convoy {letter}{int:10:99}
+ Goods | Cargo : [tents/blankets/flour/water filters/medicines/seed] and [stoves/soap/rice/generators/bandages]
? What is {k} carrying? | What does {k} bring? | What's on board {k}? | What goods come with {k}?
< Which convoy carries {v}? | What brings {v}?
+ Destination | Bound for : {place}
? Where is {k} going? | Which town is {k} bound for? | Where will {k} unload?
< What is going to {v}? | Which convoy is bound for {v}?
+ Expected | Arrival : {date}
? When does {k} arrive? | When is {k} expected? | On what day will {k} get there?
< Which convoy is expected on {v}?
+ Trucks | Vehicles : {int:4:80}
? How many trucks are in {k}? | How many vehicles does {k} have?
< Which convoy has {v} trucks?
+ Sent by | Donor : {country}
? Who sent {k}? | Which country is behind {k}? | Who paid for {k}?
< What did {v} send? | Which convoy comes from {v}?

= Delegations | Who is coming | Countries taking part
@ Country | Delegation : {country}
+ Head | Led by : {person}
? Who leads the delegation of {k}? | Who represents {k}? | Who is coming for {k}? | Who speaks for {k}?
< Which country does {v} represent? | Where is {v} from? | For whom does {v} speak?
+ Size | Members : {int:2:48}
? How many people is {k} sending? | How large is {k}'s delegation? | How many come from {k}?
< Which country sends {v} people?
+ Arrives | Arrival : {day} [morning/afternoon/evening/night]
? When does {k} arrive? | When will the team from {k} be there? | When does {k}'s delegation land?
< Who arrives on {v}? | Which delegation comes on {v}?
+ Wants | Main demand | Aim : [Lower/Binding/Shared/Stricter/Longer] [tariffs/targets/costs/controls/deadlines] [for
  ports/on exports/by {year:2026:2045}/in all districts]
? What does {k} want? | What is {k} asking for? | What's {k}'s main demand? | What is {k} after?
< Who wants {vl}? | Which country asks for {vl}?
+ Stays at | Hotel : {brand} Hotel
? Where is {k} staying? | In which hotel is the delegation from {k}?
< Who is staying at the {v}?
"""
