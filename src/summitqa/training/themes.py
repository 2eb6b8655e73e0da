"""Themes of made-up tables, first part: trade, travel, leisure and daily life.

A theme is a block of lines: ``=`` headings, ``@`` key header and key template, ``+`` a column's headers and
value template, ``?`` questions from key to value, ``<`` questions from value to key. ``|`` separates
variants, ``{k}`` and ``{v}`` stand for the key and the value, ``{kl}`` and ``{vl}`` for the same with a
small first letter. Values are written as in :mod:`summitqa.training.fillers`.
"""

DAILY = """
= Ticket prices | Fares | What a journey costs
@ Zone | Area | Fare zone : {place}
+ Day ticket | One-day pass : {money:3:14:2}
? How much is a day ticket for {k}? | What do I pay for a day [ticket/pass] in {k}? | day ticket {k} price?
? What does a one-day pass cost in {k}? | How expensive is a day ticket in {k}?
< Which [zone/area] has a day ticket for {v}? | Where does a day ticket cost {v}?
+ Monthly pass | Month ticket : {money:40:160}
? How much is [a/the] monthly pass in {k}? | What's the price of a month ticket for {k}? | What will I pay per month
  in {k}?
? How much do I pay for a monthly ticket to {k}?
< Where is the monthly pass {v}? | Which [zone/area] costs {v} a month?
+ Child fare | Children : {money:1:5:2}
? How much do children pay in {k}? | What's the child fare for {k}? | What does it cost to bring a child to {k}?
< In which [zone/area] do children pay {v}? | Where is the child fare {v}?
+ Bicycle | Bike supplement : {money:1:6:2}
? What does it cost to take a bike to {k}? | What is the bicycle supplement in {k}? | How much for a bike in {k}?
< Where does taking a bike cost {v}?

= Departures | Bus timetable | Trains from the main station | Ferry times
@ Destination | To : {place}
+ Departure | Leaves | Departs : {clock}
? When does the [bus/train/ferry] to {k} leave? | What time is the departure for {k}? | At what time does the {k}
  service go?
? When do I have to be there for {k}? | when does {k} leave?
< What leaves at {v}? | Which destination has a departure at {v}? | Where does the {v} departure go?
+ Arrival | Arrives : {clock}
? When do we [arrive/get] in {k}? | What time is arrival in {k}? | When does the service to {k} arrive?
< Which [service/destination] arrives at {v}?
+ Platform | Bay | Gate : [/{letter}]{int:1:24}
? Which [platform/bay] does the service to {k} leave from? | Where do I board for {k}? | From which platform do I
  leave for {k}?
< What leaves from [platform/bay] {v}?
+ Journey time | Duration : {minutes:12:240}
? How long does it take to get to {k}? | How long is the trip to {k}? | What's the journey time to {k}?
< Which trip takes {v}? | Where can I get to in {v}?

= Results | Race results | Final results of the ten-kilometre run
@ Runner | Athlete | Name : {person}
+ Time | Finishing time : {int:31:58}:{int:10:59}
? What was {k}'s time? | How fast was {k}? | How quickly did {k} finish? | In what time did {k} run the race?
< Who finished in {v}? | Who ran {v}?
+ Club | Team : {place} [Harriers/Runners/AC/Athletics]
? Which club does {k} run for? | What is {k}'s club? | Who does {k} run for? | What team is {k} in?
< Who runs for {v}? | Which runner belongs to {v}?
+ Place | Position : {int:1:90}
? Where did {k} finish? | What place did {k} come in? | What position did {k} end up in?
< Who came in at number {v}? | Which athlete finished in position {v}?
+ Bib | Start number : {int:100:999}
? What was {k}'s start number? | Which number did {k} wear? | What bib did {k} have?
< Who wore number {v}? | Whose bib was {v}?

= League table | Standings after round {int:5:30} | Standings
@ Team | Club : {place} [United/Rovers/Town/City/Athletic]
+ Points | Pts : {int:4:88}
? How many points [do/have] {k} [have/got]? | What is {k}'s points total? | How many points are {k} on?
< Which team has {v} points? | Who is on {v} points?
+ Wins | Won : {int:0:26}
? How many games have {k} won? | How often did {k} win? | How many wins do {k} have?
< Who won {v} games? | Which club has {v} wins?
+ Goal difference | Goals +/- : [+/-]{int:1:50}
? What is the goal difference of {k}? | What's {k}'s goal difference?
< Which side has a goal difference of {v}?
+ Coach | Manager : {person}
? Who coaches {k}? | Who is in charge of {k}? | Who is the manager of {k}? | What's the name of {k}'s coach?
< Which team does {v} coach? | Who is managed by {v}? | Which club is {v} in charge of?
+ Stadium | Home ground : {brand} [Park/Arena/Road]
? Where do {k} play? | What is {k}'s home ground? | What stadium is home to {k}?
< Who plays at {v}? | Which club is at home at {v}?

= Top scorers | Player statistics
@ Player | Name : {person}
+ Goals | Points scored : {int:2:41}
? How many did {k} score? | How many goals has {k} got? | What is {k}'s scoring total?
< Who scored {v}? | Which player has {v} goals? | Who got {v} goals?
+ Matches | Games played : {int:6:60}
? How many matches did {k} play? | In how many games did {k} appear? | How often did {k} play?
< Who played {v} matches? | Who appeared in {v} games?
+ Shirt | No. | Number : {int:2:34}
? What number does {k} wear? | What's {k}'s shirt number?
< Who wears number {v}? | Whose shirt has the number {v}?
+ Contract until | Signed until : {month} {year:2025:2033}
? How long is {k} under contract? | Until when is {k} signed? | When does {k}'s contract end?
< Whose contract runs until {v}?

= Opening hours | When we are open
@ Branch | Library | Office : {place} [branch/library/office/desk]
+ Opens | Opening time | From : {clock:7:11}
? When does the {k} open? | What time can I go to the {k} in the morning? | From what time is the {k} open?
< Which [branch/place] opens at {v}? | Where can I get in at {v}?
+ Closes | Closing time | Until : {clock:14:22}
? When does the {k} close? | How late is the {k} open? | Until when can I visit the {k}?
< Which [one/branch/place] closes at {v}? | What stays open until {v}?
+ Closed on | Day off : {day}
? On what day is the {k} closed? | Which day does the {k} not open? | When can't I go to the {k}?
< What is closed on {v}? | Which branch does not open on {v}?
+ Telephone | Phone : 0{int:11:99} {int:1000:9999}
? What number do I call for the {k}? | What is the phone number of the {k}? | How can I ring the {k}?
< Whose phone number is {v}?

= Staff | Who does what | Contacts | Our team
@ Name | Employee : {person}
+ Role | Job | Position : [Head of/Deputy head of/Assistant in]
  [sales/training/research/transport/finance/planning/press/IT]
? What does {k} do? | What's {k}'s job? | What is the role of {k}? | What position does {k} hold?
< Who is {vl}? | Who works as {vl}? | Which person is the {vl}?
+ Office | Room : [/{letter}]{int:100:520}
? Where is {k}'s office? | In which room can I find {k}? | Where does {k} sit? | What room is {k} in?
< Who is in room {v}? | Who sits in {v}? | Whose office is {v}?
+ Extension | Ext. : {int:200:999}
? What is {k}'s extension? | How do I reach {k} by phone? | What number should I dial for {k}?
< Who has extension {v}? | Whose extension is {v}?
+ Since | Joined : {year:1995:2025}
? Since when has {k} worked here? | When did {k} join? | In what year did {k} start?
< Who joined in {v}? | Who has been here since {v}?
+ Languages | Speaks : [Spanish/Arabic/Turkish/Hindi/French/Polish] and [English/German/Dutch/Swedish]
? What languages does {k} speak? | Which languages can I use with {k}?
< Who speaks {v}?

= Weather | Forecast for {day} | Tomorrow's weather
@ City | Town | Station : {place}
+ High | Maximum : {int:9:39} °C
? How warm will it get in {k}? | What's the high in {k}? | What is the maximum temperature for {k}?
< Where will it reach {v}? | Which city has a high of {v}?
+ Low | Minimum : -{int:1:9} °C
? How cold will it get in {k}? | What's the low in {k}? | What is the minimum temperature in {k}?
< Where will it drop to {v}? | Which town has a low of {v}?
+ Rain | Chance of rain : {pct}
? What's the chance of rain in {k}? | How likely is rain in {k}? | Will it rain in {k}?
< Where is the chance of rain {v}?
+ Wind : {int:4:70} km/h
? How windy will it be in {k}? | How strong is the wind in {k}? | What wind can {k} expect?
< Where will the wind reach {v}?

= Products | Price list | Catalogue
@ Article | Product | Model : {brand} [lamp/kettle/chair/tent/backpack/radio/drill/heater]
+ Price : {money:12:180:2}
? How much is the {k}? | What does the {k} cost? | How much do I pay for the {k}? | What's the price of the {k}?
< What [can I get/is there] for {v}? | Which product costs {v}? | What is sold for {v}?
+ Weight : {dec:0.4:9} kg
? How heavy is the {k}? | What does the {k} weigh? | What is the weight of the {k}?
< Which [product/article] weighs {v}? | What has a weight of {v}?
+ Warranty | Guarantee : {int:2:10} years
? How long is the warranty on the {k}? | What guarantee comes with the {k}? | How many years is the {k} guaranteed?
< Which product has a guarantee of {v}?
+ Colour | Finish : [matt/light/dark/pale] [grey/green/blue/red/yellow/brown]
? What colour is the {k}? | What finish does the {k} come in? | In which colour is the {k} sold?
< What comes in {v}? | Which article is {v}?
+ Stock | In stock : {int:3:400}
? How many of the {k} are left? | How many {k}s are in stock?
< Of which article are {v} left?

= Our menu | Today's dishes | Lunch menu
@ Dish | Meal : [Roast/Grilled/Baked/Fried/Braised] [carp/pumpkin/lentils/aubergine/lamb/cod/tofu/chicken] with
  [rice/dill/lemon/almonds/beans/plums]
+ Price : {money:7:31:2}
? What does the {kl} cost? | How much is the {kl}? | How much would I pay for {kl}?
< Which dish is {v}? | What can I eat for {v}?
+ Calories | Energy : {int:240:980} kcal
? How many calories does the {kl} have? | How much energy is in the {kl}?
< Which dish has {v}?
+ Allergens | Contains : [nuts/gluten/milk/fish/celery/mustard] and [eggs/soya/sesame/lupin]
? What allergens are in the {kl}? | What does the {kl} contain that I might be allergic to?
< Which dish contains {v}?
+ Served with | Drink : [house/sweet/dry/chilled] [cider/white wine/lemonade/iced tea/beer]
? What drink comes with the {kl}? | What is the {kl} served with?
< What is served with {vl}? | Which meal comes with {vl}?

= Courses | Evening classes | Course programme
@ Course | Class : [Beginners'/Advanced/Weekend/Intensive]
  [pottery/Spanish/photography/welding/yoga/bookkeeping/sewing/Italian]
+ Teacher | Led by | Instructor : {person}
? Who teaches {kl}? | Who leads the {kl} course? | Who is the instructor for {kl}?
< What does {v} teach? | Which course is led by {v}?
+ Fee | Price : {money:40:360}
? What is the fee for {kl}? | How much is the {kl} course? | What would I pay for {kl}?
< Which course costs {v}? | What has a fee of {v}?
+ Starts | First evening : {date}
? When does {kl} start? | What's the first date of {kl}? | When do I have to turn up for {kl}?
< Which course starts on {v}? | What begins on {v}?
+ Room : [/Hall /Studio ]{int:1:40}{letter}
? Where is the {kl} class held? | Which room is {kl} in? | Where do I go for {kl}?
< What is held in {v}? | Which class is in {v}?
+ Places | Places left : {int:1:25}
? How many places are left in {kl}? | How many people can still join {kl}?
< Which course has {v} places left?

= Cars | Models compared | New models
@ Model | Car : {word}[o/a/ix/us] [{int:2:90}/GT/S/Estate/Sport]
+ Range : {int:190:720} km
? How far does the {k} go? | What is the range of the {k}? | How far can you drive in the {k}?
< Which [car/model] has a range of {v}? | What can drive {v}?
+ Top speed : {int:130:260} km/h
? How fast is the {k}? | What's the top speed of the {k}?
< Which car reaches {v}? | What has a top speed of {v}?
+ List price | From : {money:14000:78000}
? What does the {k} cost? | How much is the {k}? | What do you pay for a {k}?
< Which model starts at {v}? | Which car costs {v}?
+ Boot | Luggage space : {int:210:690} litres
? How big is the boot of the {k}? | How much luggage fits in the {k}? | How roomy is the {k}'s boot?
< Which car takes {v} of luggage?
+ Safety | Safety rating : {levels:4}
? How safe is the {k}? | What safety rating did the {k} get?
< Which model's safety was rated {vl}?

= Plans | Software plans | Pricing | Subscriptions
@ Plan | Tier : {brand}
+ Per month | Monthly price : {money:4:90}
? What does the {k} plan cost a month? | How much is {k}? | How much would I pay monthly for {k}?
< Which plan is {v} a month? | Which tier costs {v}?
+ Storage : {int:5:900} GB
? How much storage comes with {k}? | How much can I store on {k}?
< Which plan includes {v}? | Which tier gives me {v} of storage?
+ Users | Seats : {int:1:200}
? How many users does {k} allow? | How many people can use {k}? | How many seats are in the {k} plan?
< Which plan allows {v} users? | Which plan is for {v} people?
+ Support : [Email/Phone/Chat] within {int:2:48} hours
? What support do you get with {k}? | What kind of help comes with {k}?
< Which plan has support by {vl}?
+ Trial | Free trial : {int:7:60} days
? How long can I try {k} for free? | How long is {k}'s trial?
< Which plan can be tried for {v}?

= Hotels | Where to stay | Accommodation
@ Hotel | House : {brand} [Hotel/Inn/Lodge/Hostel/Guest House]
+ Per night | Double room : {money:45:390}
? How much is a night at the {k}? | What does a room cost at the {k}? | What do I pay at the {k}?
< Which hotel charges {v}? | Where can I sleep for {v}?
+ Rooms : {int:6:240}
? How many rooms does the {k} have? | How large is the {k}?
< Which [hotel/house] has {v} rooms?
+ Distance | From the station : {dec:0.2:9} km
? How far is the {k} from the station? | How far do I have to walk to the {k}?
< Which hotel is {v} away?
+ Check-in | Check-in from : {clock:12:18}
? When can I check in at the {k}? | From what time are rooms ready at the {k}?
< Where does check-in start at {v}?
+ Breakfast : [Cold/Hot/Vegetarian/Continental] buffet[/ until noon/ from six]
? What's for breakfast at the {k}? | What kind of breakfast does the {k} offer?
< Which hotel offers a {vl}?

= Walks | Trails | Hiking routes
@ Route | Trail : {brand} [Trail/Path/Loop/Way]
+ Length : {dec:2:41} km
? How long is the {k}? | What distance is the {k}? | How far would I walk on the {k}?
< Which route is {v} long? | What is {v} long?
+ Difficulty | Grade : [Easy/Moderate/Demanding/Expert only]
? How hard is the {k}? | How difficult is the {k}? | What grade is the {k}?
< Which trail is [rated/graded] {vl}?
+ Climb | Ascent : {int:40:1900} m
? How much do you climb on the {k}? | How steep is the {k}? | What's the ascent of the {k}?
< Which route climbs {v}?
+ Starts at | Starting point : {place} [church/station/car park/bridge]
? Where does the {k} start? | From where do you set off on the {k}? | What is the starting point of the {k}?
< Which trail starts at {v}?
+ Best time | Season : [April to June/May to October/All year/September only/Late spring/Early autumn]
? When should I walk the {k}? | What's the best time for the {k}?
< Which route is best walked {vl}?

= Concerts | Programme | What's on
@ Act | Artist | Band : [The /]{brand}[ Singers/ Quartet/ Trio/ Orchestra]
+ Date | When : {date}
? When do {k} play? | On what date can I see {k}? | When are {k} on?
< Who plays on {v}? | Who is on stage on {v}?
+ Venue | Where : {place} [Hall/Theatre/Arena/Church]
? Where do {k} play? | At which venue can I hear {k}? | Where do I go to hear {k}?
< Who plays at {v}? | Which act is at {v}?
+ Tickets | Admission : {money:8:95}
? How much are tickets for {k}? | What does it cost to see {k}? | How much do I have to pay for {k}?
< Which concert costs {v}? | Who can I see for {v}?
+ Doors | Doors open : {clock:17:21}
? When do the doors open for {k}? | What time should I be there for {k}?
< For which concert do doors open at {v}?

= Plants | Sowing calendar | Vegetables
@ Crop | Plant | Variety : {brand} [tomato/bean/carrot/barley/squash/cabbage/pea]
+ Sow | Sowing : [early /mid-/late ]{month}
? When should I sow the {k}? | When do I plant {k}? | What's the sowing time for {k}?
< What is sown in {v}? | Which crop do I sow in {v}?
+ Harvest : [early /mid-/late ]{month}
? When is {k} harvested? | When can I pick the {k}? | When is the {k} ripe?
< What can be harvested in {v}? | Which crop is ready in {v}?
+ Spacing : {int:5:90} cm
? How far apart should {k} plants be? | How much space does the {k} need?
< What needs {v} between plants?
+ Yield : {dec:0.8:9.5} [kg/t per hectare]
? What is the yield of {k}? | How much does the {k} produce? | How much {k} can I expect?
< Which variety yields {v}?
+ Soil : [sandy/heavy/chalky/loamy] and [moist/dry/well drained]
? What soil does the {k} like? | Where does the {k} grow best?
< What grows in soil that is {v}?
"""
