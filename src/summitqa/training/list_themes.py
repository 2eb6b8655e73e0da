"""Themes of made-up lists: who takes part, what to bring, steps, rules.

A theme is a block: ``=`` introductions (``|`` separates variants), ``*`` an item template whose tags name
its parts (``<p>Ada Lund</p>``), ``?`` a part and the questions it answers. An item with a ``<k>`` part is
repeated with other values; the others stand at most once in a list. Values are written as in
:mod:`summitqa.training.fillers`.
"""

LISTS = """
= The delegations are made up as follows: | Those taking part: | Who each side will send: | On the guest list are:
* <k>{country}</k>: <s>[Foreign minister/Trade envoy/Deputy premier/Energy secretary/Ambassador] <p>{person}</p>,
  [two/three/four/six] [advisers/lawyers/interpreters]</s>
? p | Who represents {k}? | Who is coming from {k}? | Who speaks for {k}? | Who leads the delegation of {k}?
? s | What will {k} send? | Who makes up {k}'s delegation? | Whom is {k} sending?
? k | Which country does {p} represent? | For which country will {p} be there? | Where does {p} come from?
* <k>{country}</k>: <p>{person}</p> (<r>[chief negotiator/central bank governor/head of protocol/special envoy/defence
  attaché]</r>)
? p | Who represents {k}? | Who comes for {k}? | Who will be there for {k}? | Who is {k}'s {r}?
? r | What is {p}'s position? | What is the role of {p}? | What does {p} do?
? k | Which country sends {p}? | On whose behalf does {p} attend?
* <k>{country}</k>: <v>[observers only/no confirmed names yet/a technical team without a minister/a written
  statement/two junior officials]</v>
? v | Who will attend for {k}? | What is {k} sending? | How will {k} take part? | Is anyone coming from {k}?

= The new board consists of: | Members of the committee: | The jury this year: | Elected at the meeting were:
* <p>{person}</p>, <r>[chair/treasurer/secretary/deputy chair/auditor/youth officer/archivist/press officer]</r>
? p | Who is the {r}? | Who was elected {r}? | Who serves as {r}? | Who will be {r}?
? r | What post does {p} hold? | What is {p}'s role? | What was {p} elected as?
* <r>[Chair/Treasurer/Secretary/Curator/Head cook/Caretaker/Captain/Referee]</r>: <p>{person}</p>
? p | Who is the {rl}? | Who's the new {rl}? | Who has been named {rl}?
* <p>{person}</p>, who <d>[looks after the boats/keeps the accounts/runs the youth team/edits the newsletter/organises
  the summer fair/checks the alarms]</d>
? d | What does {p} do? | What is {p} responsible for? | What's {p}'s task?
? p | Who {d}?

= Before you move in: | New tenants should note the following: | What tenants have to do: | Tenants' checklist:
* Bring <o>[a copy of your lease/two signed forms/proof of income/{thing}/{thing}/{thing} and {thing}]</o>
? o | What should tenants bring? | What do I have to bring? | What do I need to take along? | Which papers should I
  bring?
* Pay <o>{money:120:1900}</o> <w>[into the deposit account/by bank transfer/in cash at the desk]</w>
? o | How much do tenants pay? | How much do I have to pay? | What sum is due from new tenants?
? w | How should I pay? | How do tenants make the payment? | In what way is the money to be paid?
* Collect the keys from <p>{person}</p> <t>[between {clock:8:11} and {clock:13:18}/before {clock:12:19}/after
  {clock:9:16}]</t>
? p | Who has the keys? | Who gives out the keys? | From whom do I get the keys? | Who hands over the keys?
? t | When can I get the keys? | When are keys handed out? | At what time can tenants collect the keys?
* Report any damage within <t>[three days/one week/ten days/48 hours/two weeks]</t>
? t | How soon must damage be reported? | How long do I have to report damage? | By when should tenants report damage?
* Put the rubbish out on <t>{day} [evening/morning/night]</t>
? t | When is the rubbish put out? | When should I put the bins out? | On which day does the rubbish go out?
* Do not <o>[drill after eight/park in the yard/keep bicycles on the stairs/paint the doors/hang washing in the
  hall]</o>
? o | What is forbidden? | What must tenants not do? | What am I not allowed to do?

= What to pack: | Each walker should have: | Bring with you: | Equipment for the trip:
* <n>[Two/Three/Four] litres</n> of <o>[water/weak tea/diluted juice]</o> for each walker
? n | How much should each walker have to drink? | How many litres does each walker need?
? o | What should walkers drink? | What is there to drink for each walker?
* A <o>[wool/down/fleece/windproof] [jacket/sweater/hat]</o> for <w>[the summit/cold evenings/the boat/the descent]</w>
? w | What is the {o} for? | When will I need the {o}? | Why take a {o}?
? o | What should I wear for {w}? | What do I need for {w}? | What will keep me warm on {w}?
* <o>[A paper map/A whistle/A head torch/A first-aid kit]</o>, in case <w>[the phone battery runs out/the fog comes
  down/someone gets lost/you are back after dark]</w>
? o | What helps if {w}? | What do I need in case {w}?
? w | Why should I take {ol}? | What is {ol} for? | In what case would I need {ol}?
* At least <o>{money:10:90}</o> in cash for <w>[the hut/the ferry/the last bus/the campsite]</w>
? o | How much cash do I need? | How much money should I bring? | What will I need for {w}?
? w | What is the cash for? | What do I need cash for? | Why bring cash?
* No <o>[glass bottles/dogs/drones/open shoes/gas stoves]</o>
? o | What is not allowed? | What should be left at home? | What can't I bring?

= How to apply: | Steps: | The procedure is as follows: | To register, do this:
* Fill in form <o>{letter}{int:2:90}</o> and <a>[sign every page/attach a photo/leave box nine empty/make two
  copies]</a>
? o | Which form do I fill in? | What form is needed? | What form do I have to use?
? a | What do I do after filling in the form? | What do I have to do with the form? | What else must I do with the form?
* Send it to <o>[the district office/the registrar/the consulate/the admissions desk] in <l>{place}</l></o> <t>[by
  {date}/within {int:2:9} weeks/before the end of {month}]</t>
? o | Where do I send it? | To whom should I send it? | Which office does it go to?
? l | In which town is the office? | Where is the office that I send it to?
? t | When do I have to send it? | What's the deadline for sending it? | By when must it be sent?
* Pay the fee of <o>{money:8:160}</o> <w>[online/at the counter/by bank transfer/with a revenue stamp]</w>
? o | What is the fee? | How much does it cost to apply? | How much will I pay? | What do I pay for the application?
? w | How do I pay the fee? | Where can the fee be paid? | In what way is the fee paid?
* Wait for <o>[a letter/an email/a call/a text message] from <p>{person}</p></o>, which takes <t>[about two
  weeks/three to five days/up to a month/a working day]</t>
? t | How long do I wait? | How long does it take to hear back? | How long until I get an answer?
? p | Who will contact me? | Who gets in touch with me? | From whom will I hear?
? o | What do I wait for? | How will I be told?
* Come to <o>[room/counter/desk] {int:2:60}</o> for <w>[fingerprints/a short interview/an eye test/the oath/a language
  test]</w>
? o | Where do I go for {w}? | Which [counter/room/desk] is for {w}? | Where does {w} take place?
? w | What happens at {o}? | What do I come to {o} for? | Why do I have to go to {o}?

= What the two sides have agreed: | Main points of the accord: | The treaty provides for: | Key terms:
* <k>[Fishing/Grazing/Water/Rail/Patents/Timber/Air traffic/Student visas]</k>: <o>[shared/reduced/suspended/doubled]
  [quotas/fees/controls/routes] until <t>{year:2026:2049}</t></o>
? o | What was agreed on {kl}? | What does the deal say about {kl}? | What happens with {kl}?
? t | How long does the agreement on {kl} last? | Until when do the terms on {kl} apply? | When does the deal on {kl}
  end?
* <k>[Tunnels/Bridges/Archives/Harbours/Power lines/Cemeteries]</k>: <o>[joint/yearly/independent/monthly]
  [inspections/repairs/funding/surveys] led by <p>{country}</p></o>
? o | What was decided about {kl}? | What was agreed for {kl}? | How will {kl} be dealt with?
? p | Who is in charge of {kl}? | Which country takes the lead on {kl}? | Who looks after {kl}?
* <k>{country}</k> will <o>[reopen its consulate/return {int:12:400} paintings/withdraw its complaint/cut tariffs by
  {pct:5:60}/release {int:8:90} crew members/publish its maps]</o> <t>[by {date}/within {int:2:12} months/before the
  end of {month}]</t>
? o | What will {k} do? | What has {k} promised? | What did {k} agree to? | What does {k} have to do?
? t | When will {k} {o}? | By when must {k} {o}? | How long does {k} have to do so?
? k | Who will {o}? | Which country has promised to {o}?

= Speakers and subjects: | The evening's talks: | Programme: | Sessions of the afternoon:
* <t>{clock:9:21}</t> – <p>{person}</p>: <o>[Saving/Reading/Mapping/Repairing/Counting] [old
  clocks/birds/rivers/dialects/glaciers/field notes]</o>
? t | When does {p} speak? | What time is the talk by {p}? | At what time is {p} on?
? o | What does {p} talk about? | What's {p}'s subject? | What is the topic of {p}'s talk?
? p | Who speaks at {t}? | Who is on at {t}? | Who talks about {ol}?
* <p>{person}</p> (<k>{place}</k>): <o>[A short history of/New light on/What we know about/The trouble with] [salt
  roads/tidal mills/bee diseases/court music/peat fires]</o>
? o | What is the talk by {p} called? | What does {p} speak about? | What is {p}'s subject?
? k | Where is {p} from? | Which town does {p} come from?
? p | Who comes from {k}? | Who is the speaker from {k}?

= In brief: | The week's news: | Also decided: | Notices:
* <k>{place}</k>: <o>[the bridge/the pool/the library/the ice rink/the market hall] [is closed/stays shut] until
  <t>{date}</t></o>
? t | Until when is something shut in {k}? | When does it open again in {k}? | How long does the closure in {k} last?
? o | What's the news from {k}? | What is happening in {k}? | What was announced for {k}?
* <k>{place}</k>: <p>{person}</p> [has been/was] named <r>[head teacher/harbour master/fire chief/town clerk/museum
  director]</r>
? p | Who is the new {r} in {k}? | Who was named {r} of {k}? | Who was appointed in {k}?
? r | What was {p} named? | What is {p}'s new job? | What post did {p} get?
? k | Where was {p} appointed? | In which town is {p} {r}?
* <k>{place}</k>: <n>{money:2000:90000}</n> for <o>[a new roof/two buses/a playground/flood walls/street lamps/a choir
  festival]</o>
? n | How much does {k} get? | How much money goes to {k}? | What sum did {k} receive?
? o | What will {k} spend the money on? | What is the money for {k} meant for? | What does {k} get money for?
? k | Which town gets {n}? | Where will {o} be paid for?

= Ingredients: | You will need: | For the {int:4:12} portions you need: | Shopping list:
* <n>{int:50:900} g</n> of <k>[rye flour/red lentils/dried plums/soft cheese/brown sugar/minced lamb]</k>[/, sifted/,
  finely chopped]
? n | How much {kl} do I need? | How much {kl} goes in? | What amount of {kl} is used? | How much {kl} should I buy?
? k | Of what do I need {n}? | What do I need {n} of?
* <n>[Two/Three/Four/Five] [spoons/cups/handfuls]</n> of <k>[mustard/thyme/poppy seeds/vinegar/raisins/barley]</k>
? n | How much {kl} do I need? | How much {kl} goes in? | What amount of {kl} does it take?
* <k>[Eggs/Onions/Carrots/Lemons/Leeks]</k>: <n>[two/three/four/six/eight]</n>, <w>[at room temperature/well
  washed/cut in half/the smaller the better]</w>
? n | How many {kl} do I need? | How many {kl} go in? | How many {kl} does it take?
? w | What should be done about the {kl}? | What should the {kl} be like?

= On the day: | Volunteers will need: | House rules for helpers: | What helpers should know:
* Bring <o>{thing} and {thing}</o>
? o | What should helpers bring? | What do I have to bring? | What should I take along? | What am I asked to bring?
* Report to <p>{person}</p> at <t>{clock:6:11}</t>
? p | To whom do I report? | Who do helpers report to? | Whom should I look for when I come?
? t | When do I have to report? | At what time should helpers report? | When am I expected?
* Leave <o>{thing}</o> with <p>{person}</p> <w>[before lunch/at the gate/in the blue hut/when you go home]</w>
? o | What do I leave with {p}? | What does {p} get from me? | What should be left with {p}?
? p | Who gets {o}? | Who takes {o}? | To whom do I give {o}?
* Lunch is served <w>[behind the stage/in the barn/by the river/in tent {int:2:9}]</w> from <t>{clock:11:14}</t>
? w | Where is lunch? | Where do helpers eat? | Where can I get lunch?
? t | When is lunch? | From when can I eat? | What time is lunch served?
* Parking costs <o>{money:2:30}</o>; <w>[helpers park for free/bicycles are free/the meadow stays closed]</w>
? o | What does parking cost? | How much is parking? | How much do I pay to park?

= Gifts received: | Lent for the exhibition: | Lost property: | Equipment by room:
* <k>{place}</k>: <o>{thing} and {thing}</o>, [given/lent] by <p>{person}</p>
? o | What came from {k}? | What did {p} give? | What is there from {k}?
? p | Who gave {o}? | Whose gift came from {k}? | Who is the giver from {k}?
? k | Where does the gift of {p} come from? | Which town is {p} from?
* <k>Room {int:1:90}</k>: <o>{thing}, {thing} and {thing}</o>
? o | What is in {kl}? | What is there in {kl}? | What can be found in {kl}?
? k | Where is there {o}? | Where do I find {o}?
* <k>{person}</k>: <o>{thing}</o> (<w>found [on the stairs/in the yard/under a seat/by the lift]</w>)
? o | What belongs to {k}? | What did {k} lose? | What is kept for {k}?
? w | Where was {k}'s [property/belonging] found? | Where did {o} turn up?
? k | Who lost {o}? | To whom does {o} belong?

= Positions of the parties: | What each party wants: | Demands in short: | Where they stand:
* <k>{country}</k>: <o>[lower/higher/shared/binding/published] [fees/limits/targets/patrols/fines] [on/for]
  [coal/tourism/grain/data/ferries/forests]</o>
? o | What does {k} want? | What is {k} asking for? | What's {k}'s demand? | Where does {k} stand?
? k | Who wants {o}? | Which country asks for {o}? | Who is calling for {o}?
* <k>The [Farmers'/Pilots'/Teachers'/Miners'/Students'/Bakers'] [Union/League/Council] of {place}</k>: <o>{pct:2:15}
  more pay and <v>[two free days/shorter shifts/safer vehicles/a new canteen]</v></o>, says <p>{person}</p>
? o | What do they want in the case of {kl}? | What is demanded by {kl}? | What does {kl} ask for?
? p | Who speaks for {kl}? | Who represents {kl}? | Who is the voice of {kl}?
? k | For whom does {p} speak? | Whom does {p} represent?
* <k>{surname} [& Sons/Group/Holdings]</k>: <o>[no comment/ready to sell/in favour of a delay/against any new
  fee/undecided]</o>
? o | What is {k}'s position? | Where does {k} stand? | What does {k} say?
"""
