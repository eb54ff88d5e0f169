/** What people say in English, and what it stands for. */
export const ENGLISH_VALUES = {
  number: `
zero = 0; one = 1; two = 2; three = 3; four = 4; five = 5; six = 6; seven = 7; eight = 8; nine = 9; ten = 10; eleven = 11
twelve = 12; thirteen = 13; fourteen = 14; fifteen = 15; sixteen = 16; seventeen = 17; eighteen = 18; nineteen = 19
twenty = 20; twenty-one = 21; twenty two = 22; twenty-nine = 29; thirty = 30; thirty-three = 33; forty = 40; forty-two = 42
fifty = 50; fifty five = 55; sixty = 60; sixty-one = 61; seventy = 70; seventy-seven = 77; eighty = 80; eighty-eight = 88
ninety = 90; ninety-nine = 99; one hundred = 100; a hundred = 100; one hundred and one = 101; a hundred and five = 105
one hundred twenty = 120; two hundred = 200; two hundred and fifty = 250; three hundred thirty-three = 333; five hundred = 500
nine hundred ninety-nine = 999; one thousand = 1000; a thousand = 1000; a thousand and one = 1001; one thousand five = 1005
twelve hundred = 1200; fifteen hundred = 1500; nineteen hundred = 1900; one thousand nine hundred eighty-four = 1984
two thousand = 2000; two thousand and twenty-five = 2025; two thousand twenty five = 2025; three thousand five hundred = 3500
twenty-seven hundred = 2700; nine thousand nine hundred and ninety-nine = 9999; a thousand two hundred = 1200
minus one = -1; minus five = -5; negative ten = -10; minus two point five = -2.5; minus twelve and a half = -12.5; minus a half = -0.5
zero point five = 0.5; point five = 0.5; one point five = 1.5; two point five = 2.5; twenty-one point three = 21.3
three point one four = 3.14; three point fourteen = 3.14; three point zero five = 3.05; three point one four one = 3.141; nineteen point five = 19.5
two and a half = 2.5; two and one half = 2.5; three and a quarter = 3.25; four and three quarters = 4.75; one half = 0.5
a half = 0.5; half = 0.5; a quarter = 0.25; one quarter = 0.25; three quarters = 0.75; three-quarters = 0.75
21 = 21; 7 = 7; 2.5 = 2.5; -3 = -3; 1984 = 1984; 0.75 = 0.75; -1.5 = -1.5; 100 = 100; 9,999 = 9999; 1,500 = 1500; 3.14 = 3.14; 20.05 = 20.05`,
  ordinal: `
first = 1; second = 2; third = 3; fourth = 4; fifth = 5; sixth = 6; seventh = 7; eighth = 8; ninth = 9; tenth = 10; eleventh = 11
twelfth = 12; thirteenth = 13; fifteenth = 15; nineteenth = 19; twentieth = 20; twenty-first = 21; twenty second = 22; twenty-third = 23
thirtieth = 30; thirty-first = 31; fortieth = 40; fiftieth = 50; sixtieth = 60; seventy-fifth = 75; eightieth = 80; ninetieth = 90
ninety-ninth = 99; one hundredth = 100; 1st = 1; 2nd = 2; 3rd = 3; 4th = 4; 11th = 11; 21st = 21; 22nd = 22; 33rd = 33; 100th = 100`,
  percent: `
zero percent = 0; ten percent = 10; twenty-one percent = 21; fifty percent = 50; one hundred percent = 100; a hundred percent = 100
fifty = 50; 50 % = 50; 75% = 75; 12.5 % = 12.5; twelve point five percent = 12.5; half = 50; a half = 50; one half = 50
a quarter = 25; quarter = 25; three quarters = 75; ninety per cent = 90; thirty-three percent = 33; 100 percent = 100; two and a half percent = 2.5`,
  duration: `
one second = 1; a second = 1; ten seconds = 10; thirty seconds = 30; 45 seconds = 45; ninety seconds = 90; 90 sec = 90; 30 secs = 30
half a second = 0.5; a second and a half = 1.5; two and a half seconds = 2.5; one minute = 60; a minute = 60; two minutes = 120
five minutes = 300; twenty five minutes = 1500; twenty-five minutes = 1500; forty-five minutes = 2700; ninety minutes = 5400; 10 min = 600; 10min = 600; 5 mins = 300
a minute and a half = 90; one and a half minutes = 90; two and a half minutes = 150; half a minute = 30; half minute = 30; one minute and thirty seconds = 90
two minutes thirty seconds = 150; two minutes and thirty seconds = 150; 3 minutes 20 seconds = 200; a couple of minutes = 120; couple of minutes = 120
a couple minutes = 120; a dozen minutes = 720; a couple of hours = 7200; an hour = 3600; one hour = 3600; 1 hour = 3600; two hours = 7200; 2 h = 7200; 2h = 7200; 3 hrs = 10800
twenty-four hours = 86400; an hour and a half = 5400; one hour and a half = 5400; one and a half hours = 5400; two and a half hours = 9000; two hours and a half = 9000
half an hour = 1800; half hour = 1800; a half hour = 1800; a half an hour = 1800; half of an hour = 1800; a quarter of an hour = 900; quarter of an hour = 900
a quarter hour = 900; quarter hour = 900; three quarters of an hour = 2700; three-quarters of an hour = 2700; an hour and a quarter = 4500; one and a quarter hours = 4500
an hour and three quarters = 6300; two and three quarter hours = x; one hour thirty = 5400; an hour twenty = 4800; one hour twenty minutes = 4800; an hour and twenty minutes = 4800
one hour and twenty minutes = 4800; 1 hour 30 minutes = 5400; 1 hour 30 min = 5400; two hours ten minutes five seconds = 7805; one hour five minutes and ten seconds = 3910
two hours, thirty minutes and ten seconds = 9010; 1.5 hours = 5400; one point five hours = 5400; 2.5 minutes = 150; 0.5 hours = 1800; zero minutes = 0
a day = 86400; one day = 86400; two days = 172800; half a day = 43200; a day and a half = 129600; one and a half days = 129600; two and a half days = 216000
one day and three hours = 97200; two days twelve hours = 216000; three days = 259200; a week = 604800; two weeks = 1209600; a week and a half = 907200
one and a half weeks = 907200; one week and two days = 777600; a fortnight = 1209600; seventy-two hours = 259200; one hundred seconds = 100; a hundred and twenty seconds = 120; half a week = 302400`,
  time: `
seven = 07:00; seven o'clock = 07:00; one o'clock = 01:00; twelve o'clock = 12:00; twelve = 12:00; seven ten = 07:10; seven oh five = 07:05
seven fifteen = 07:15; seven thirty = 07:30; seven thirty-five = 07:35; seven forty five = 07:45; eleven fifty-nine = 11:59; twelve thirty = 12:30; twelve oh one = 12:01
half past six = 06:30; half six = 06:30; half past twelve = 12:30; quarter past seven = 07:15; a quarter past seven = 07:15; quarter after seven = 07:15
quarter to seven = 06:45; a quarter to seven = 06:45; quarter of seven = 06:45; quarter till seven = 06:45; quarter before eight = 07:45; ten past seven = 07:10
ten to seven = 06:50; five to one = 00:55; twenty past eight = 08:20; twenty-five past eight = 08:25; twenty five to eight = 07:35; five minutes past nine = 09:05
ten minutes to nine = 08:50; twenty after three = 03:20; seven am = 07:00; seven a.m. = 07:00; seven pm = 19:00; seven p.m. = 19:00; 7 am = 07:00; 7pm = 19:00; 7 p.m. = 19:00
twelve am = 00:00; twelve pm = 12:00; twelve thirty am = 00:30; twelve thirty pm = 12:30; 12 am = 00:00; 12:15 pm = 12:15; one am = 01:00; eleven pm = 23:00
seven o'clock in the morning = 07:00; seven o'clock in the evening = 19:00; three in the afternoon = 15:00; two in the morning = 02:00; ten at night = 22:00
eleven thirty at night = 23:30; two at night = 02:00; half past seven in the evening = 19:30; quarter past eight in the morning = 08:15; quarter to four in the afternoon = 15:45
half past six pm = 18:30; twenty past nine in the evening = 21:20; seven thirty am = 07:30; seven thirty pm = 19:30; noon = 12:00; midday = 12:00; midnight = 00:00; twelve noon = 12:00; twelve midnight = 00:00
quarter past noon = 12:15; half past midnight = 00:30; ten to midnight = 23:50; quarter to noon = 11:45; quarter to midnight = 23:45; five past twelve = 12:05
eighteen thirty = 18:30; nineteen hundred = 19:00; nineteen hundred hours = 19:00; twenty fifteen = 20:15; twenty-two fifty-nine = 22:59; thirteen oh five = 13:05; zero thirty = 00:30
7:30 = 07:30; 7:00 = 07:00; 7:05 = 07:05; 18:05 = 18:05; 18:30 = 18:30; 00:05 = 00:05; 23:59 = 23:59; 12:00 = 12:00; 19:00 = 19:00; 7:30 am = 07:30; 7:30pm = 19:30; 6:45 p.m. = 18:45; 10 o'clock = 10:00; twenty five = x`,
  color: `
red = red; green = green; blue = blue; yellow = yellow; orange = orange; purple = purple; violet = purple; pink = pink; hot pink = hotpink; white = white
warm white = oldlace; cool white = azure; cold white = azure; black = black; gray = gray; grey = gray; brown = brown; beige = beige; turquoise = turquoise; cyan = cyan
teal = teal; magenta = magenta; fuchsia = fuchsia; gold = gold; golden = gold; silver = silver; indigo = indigo; lavender = lavender; lime = lime; lime green = lime; olive = olive
navy = navy; navy blue = navy; sky blue = skyblue; royal blue = royalblue; light blue = lightblue; dark blue = darkblue; light green = lightgreen; pale green = lightgreen
dark green = darkgreen; dark red = darkred; light grey = lightgray; dark gray = darkgray; dark purple = darkviolet; maroon = maroon; burgundy = maroon; coral = coral; salmon = salmon; mint green = mintcream; bottle green = x`,
};
