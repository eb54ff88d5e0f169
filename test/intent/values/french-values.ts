/** What people say in French, Belgium and Switzerland included, and what it stands for. */
export const FRENCH_VALUES = {
  number: `
zéro = 0; un = 1; une = 1; deux = 2; trois = 3; quatre = 4; cinq = 5; six = 6; sept = 7; huit = 8; neuf = 9
dix = 10; onze = 11; douze = 12; treize = 13; quatorze = 14; quinze = 15; seize = 16; dix-sept = 17; dix huit = 18
dix-neuf = 19; vingt = 20; vingt et un = 21; vingt-et-une = 21; vingt-deux = 22; trente = 30; trente et un = 31
trente-neuf = 39; quarante = 40; quarante-deux = 42; cinquante = 50; cinquante et un = 51; soixante = 60
soixante et un = 61; soixante-neuf = 69; soixante-dix = 70; soixante et onze = 71; soixante-douze = 72
soixante-dix-neuf = 79; quatre-vingts = 80; quatre-vingt = 80; quatre-vingt-un = 81; quatre-vingt-cinq = 85
quatre-vingt-dix = 90; quatre-vingt-onze = 91; quatre-vingt-dix-neuf = 99; cent = 100; cent un = 101
septante = 70; septante et un = 71; septante-cinq = 75; huitante = 80; huitante-trois = 83; octante = 80
octante-deux = 82; nonante = 90; nonante et un = 91; nonante-neuf = 99; cent nonante = 190; deux cent septante-cinq = 275
cent vingt = 120; deux cents = 200; deux cent = 200; deux cent cinquante = 250; trois cent trente-trois = 333
cinq cents = 500; neuf cent quatre-vingt-dix-neuf = 999; mille = 1000; mille un = 1001; mille deux cents = 1200
douze cents = 1200; quinze cents = 1500; mille neuf cent quatre-vingt-quatre = 1984; dix-neuf cent = 1900
deux mille = 2000; deux mille vingt-cinq = 2025; trois mille cinq cents = 3500; neuf mille neuf cent nonante-neuf = 9999
moins un = -1; moins cinq = -5; moins vingt = -20; moins deux virgule cinq = -2.5; moins douze et demi = -12.5
zéro virgule cinq = 0.5; un virgule cinq = 1.5; deux virgule cinq = 2.5; vingt et un virgule trois = 21.3
trois virgule quatorze = 3.14; trois virgule zéro cinq = 3.05; dix-neuf virgule cinq = 19.5; deux point cinq = 2.5
trois virgule cent quarante et un = 3.141; deux virgule deux cent cinquante = 2.25; cinq virgule zéro zéro un = 5.001
deux et demi = 2.5; deux et demie = 2.5; trois et quart = 3.25; trois et un quart = 3.25; quatre trois quarts = 4.75
quatre et trois quarts = 4.75; un demi = 0.5; une demie = 0.5; demi = 0.5; un quart = 0.25; trois quarts = 0.75
21 = 21; 7 = 7; 2,5 = 2.5; 2.5 = 2.5; -3 = -3; 1984 = 1984; 0,75 = 0.75; -1,5 = -1.5; 100 = 100; 71 = 71
9 999 = 9999; 1 500 = 1500; 3,14 = 3.14; 20,05 = 20.05`,
  ordinal: `
premier = 1; première = 1; deuxième = 2; second = 2; seconde = 2; troisième = 3; quatrième = 4; cinquième = 5
sixième = 6; septième = 7; huitième = 8; neuvième = 9; dixième = 10; onzième = 11; douzième = 12; seizième = 16
dix-septième = 17; vingtième = 20; vingt et unième = 21; vingt-deuxième = 22; trentième = 30; quarantième = 40
cinquantième = 50; soixantième = 60; soixante-dixième = 70; soixante et onzième = 71; septantième = 70
quatre-vingtième = 80; quatre-vingt-unième = 81; huitantième = 80; quatre-vingt-dixième = 90; nonantième = 90
nonante-cinquième = 95; centième = 100; 1er = 1; 1re = 1; 1ère = 1; 2e = 2; 2ème = 2; 3e = 3; 21e = 21; 2nd = 2; 2nde = 2`,
  percent: `
zéro pour cent = 0; dix pour cent = 10; vingt et un pour cent = 21; cinquante pour cent = 50; cent pour cent = 100
cinquante = 50; 50 % = 50; 75% = 75; 12,5 % = 12.5; douze virgule cinq pour cent = 12.5; septante pour cent = 70
la moitié = 50; moitié = 50; un quart = 25; le quart = 25; trois quarts = 75; les trois quarts = 75
quatre-vingt-dix pour cent = 90; trente-trois pourcent = 33; 100 pour cent = 100; deux et demi pour cent = 2.5; nonante-neuf pour cent = 99`,
  duration: `
une seconde = 1; dix secondes = 10; trente secondes = 30; 45 secondes = 45; quatre-vingt-dix secondes = 90; 90 sec = 90
une demi-seconde = 0.5; une seconde et demie = 1.5; deux secondes et demie = 2.5; une minute = 60; deux minutes = 120
cinq minutes = 300; vingt-cinq minutes = 1500; quarante-cinq minutes = 2700; nonante minutes = 5400; 10 min = 600; 10min = 600; 5 mn = 300
une minute et demie = 90; deux minutes et demie = 150; une demi-minute = 30; demi-minute = 30; un quart de minute = 15
deux minutes trente = 150; deux minutes trente secondes = 150; deux minutes et trente secondes = 150; une minute dix = 70
3 minutes 20 = 200; une heure = 3600; 1 heure = 3600; deux heures = 7200; vingt-quatre heures = 86400; 2 h = 7200; 2h = 7200
une heure et demie = 5400; une heure et demi = 5400; deux heures et demie = 9000; une demi-heure = 1800; demi-heure = 1800
une demie heure = 1800; un quart d'heure = 900; quart d'heure = 900; trois quarts d'heure = 2700; les trois quarts d'heure = 2700
une heure et quart = 4500; une heure et un quart = 4500; une heure trois quarts = 6300; une heure et trois quarts = 6300
une heure trente = 5400; une heure vingt = 4800; une heure vingt minutes = 4800; une heure et vingt minutes = 4800; 1h30 = 5400
1 h 30 = 5400; 2h15 = 8100; trois heures dix minutes = 11400; une heure cinq minutes dix secondes = 3910; deux heures zéro = x
une heure dix minutes et vingt secondes = 4220; 1,5 heure = 5400; une virgule cinq heure = 5400; 2,5 heures = 9000; deux virgule cinq minutes = 150
une dizaine de minutes = 600; une dizaine de secondes = 10; une quinzaine de minutes = 900; une vingtaine de minutes = 1200
une trentaine de secondes = 30; une quarantaine de minutes = 2400; une cinquantaine de secondes = 50; une soixantaine de secondes = 60
une douzaine d'heures = 43200; une centaine de secondes = 100; un jour = 86400; deux jours = 172800; une journée = 86400; trois journées = 259200
une demi-journée = 43200; un jour et demi = 129600; deux jours et demi = 216000; un jour et trois heures = 97200; deux jours douze heures = 216000
huit jours = 691200; quinze jours = 1296000; une quinzaine de jours = 1296000; une semaine = 604800; deux semaines = 1209600
une semaine et demie = 907200; une semaine et deux jours = 777600; septante-deux heures = 259200; nonante secondes = 90; zéro minute = 0`,
  time: `
sept heures = 07:00; huit heures = 08:00; une heure = 01:00; zéro heure = 00:00; treize heures = 13:00; dix-neuf heures = 19:00
vingt et une heures = 21:00; vingt-trois heures = 23:00; sept heures dix = 07:10; sept heures cinq = 07:05; sept heures zéro cinq = 07:05
sept heures et quart = 07:15; sept heures et un quart = 07:15; sept heures quinze = 07:15; sept heures et demie = 07:30; huit heures et demi = 08:30
sept heures trente = 07:30; sept heures trente-cinq = 07:35; sept heures moins le quart = 06:45; sept heures moins un quart = 06:45; huit heures moins quart = 07:45
sept heures moins dix = 06:50; une heure moins cinq = 00:55; sept heures moins vingt = 06:40; huit heures moins vingt-cinq = 07:35; sept heures trois quarts = 07:45
sept heures du matin = 07:00; sept heures du soir = 19:00; trois heures de l'après-midi = 15:00; deux heures du matin = 02:00
sept heures et demie du soir = 19:30; huit heures et quart du matin = 08:15; onze heures du soir = 23:00; quatre heures moins le quart de l'après-midi = 15:45
neuf heures vingt du soir = 21:20; vingt heures du soir = 20:00; douze heures = 12:00; douze heures trente = 12:30; douze heures quinze = 12:15
quinze heures quarante-cinq = 15:45; dix-huit heures trente = 18:30; vingt heures quinze = 20:15; vingt-deux heures cinquante-neuf = 22:59
midi = 12:00; minuit = 00:00; midi et demi = 12:30; midi et demie = 12:30; midi et quart = 12:15; midi dix = 12:10; midi moins le quart = 11:45
minuit et demi = 00:30; minuit moins dix = 23:50; minuit moins le quart = 23:45; minuit vingt = 00:20; midi pile = 12:00; sept heures pile = 07:00
huit heures précises = 08:00; 7h = 07:00; 7 h = 07:00; 7h30 = 07:30; 7 h 30 = 07:30; 19h = 19:00; 19h05 = 19:05; 07:15 = 07:15; 18:30 = 18:30
0h30 = 00:30; 00:05 = 00:05; 23:59 = 23:59; 7 heures = 07:00; 20 heures 15 = 20:15; 6 heures et demie = 06:30; 1h = 01:00
huit heures quarante minutes = 08:40; cinq heures cinquante-cinq = 05:55; seize heures seize = 16:16; dix heures et dix minutes = 10:10; septante = x`,
  color: `
rouge = red; rouges = red; vert = green; verte = green; vertes = green; bleu = blue; bleue = blue; jaune = yellow; orange = orange
violet = purple; violette = purple; mauve = purple; rose = pink; blanc = white; blanche = white; blanches = white; blanc chaud = oldlace
blanc froid = azure; noir = black; noire = black; gris = gray; grise = gray; marron = brown; brun = brown; beige = beige; turquoise = turquoise
cyan = cyan; magenta = magenta; fuchsia = fuchsia; or = gold; doré = gold; dorée = gold; argenté = silver; indigo = indigo; lavande = lavender
bleu ciel = skyblue; bleu marine = navy; bleu roi = royalblue; bleu clair = lightblue; bleu foncé = darkblue; vert clair = lightgreen
vert foncé = darkgreen; vert pâle = lightgreen; vert d'eau = mintcream; rose pâle = lightpink; rouge foncé = darkred; gris clair = lightgray; gris foncé = darkgray
bordeaux = maroon; corail = coral; saumon = salmon; kaki = olive; citron vert = lime; ivoire = ivory; vert bouteille = x`,
};
