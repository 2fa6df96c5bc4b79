#!/usr/bin/env python3
"""`epitome check` as an editor: each fault of a table is told at its place and nothing else is, sound texts are let alone.

    proof.py --program PATH [--corpus]     --corpus: also a novel and the Declaration in 54 languages

With the corpus what is told is counted by code and held against WANTED: faults that a person has looked at.
"""
import argparse
import collections
import html
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / 'tests/udhr'))
import texts  # noqa: E402

EDITOR = re.compile(r'W04(1[1-9]|2[0-9]|30)$')

# Language, a paragraph as the source has it, and what is told: the code and the characters that are marked.
FAULTS = [
    ('en', 'The lamp and and the keeper stood where they had always stood.', 'W0411', 'and and'),
    ('en', 'She saw <em>that</em> <em>That</em> was no longer so, and so so she left it there.', None, None),
    ('de', 'Er ging mit mit dem Hund hinaus, die die Kinder so liebten.', 'W0411', 'mit mit'),
    ('en', 'The keeper didn\uFFFDt say what had become of the lamp in the end.', 'W0412', '\uFFFD'),
    ('en', 'DonÃ©t believe what this sentence says about the keeper and his lamp.', 'W0412', 'Ã©'),
    ('fr', 'Le gardien a Ã©teint la lampe avant de partir pour la ville.', 'W0412', 'Ã©'),
    ('en', 'The light\u200Bhouse stands on a rock, and nobody has counted its steps.', 'W0413', '\u200B'),
    ('en', 'The keeper´s lamp stands on a rock, and nobody has counted its steps.', 'W0413', '´'),
    ('en', 'The keeper has &lt;b>never&lt;/b> counted the steps of the tower by the sea.', 'W0414', '&lt;b>'),
    ('en', 'The keeper has **never** counted the steps of the tower by the sea.', 'W0414', '**'),
    ('en', 'Bread &amp;amp; butter were what the keeper had, on most of the days.', 'W0414', '&amp;amp;'),
    ('en', 'The keeper read [the book](https://lamp.example/) from its end to its beginning.', 'W0414',
     '[the book](https://lamp.example/)'),
    ('en', r'The keeper went out.\nThe lamp went out too, and nobody was there to see.', 'W0414', r'\n'),
    ('en', 'The keeper of {title} had read everything that was in the tower.', 'W0415', '{title}'),
    ('en', 'The keeper was born in [insert place] and has never been anywhere else.', 'W0415', '[insert place]'),
    ('en', 'TODO: the keeper’s age is to be found out, and the name of his dog.', 'W0415', 'TODO'),
    ('es', 'TODO lo que el guardián quería era una lámpara nueva para la torre.', None, None),
    ('en', 'As an AI language model I have no opinion of the keeper or of the lamp.', 'W0416', 'As an AI language model'),
    ('fr', 'En tant que modèle de langage, je ne peux pas juger ce gardien.', 'W0416', 'En tant que modèle de langage'),
    ('en', 'The keeper,, who was old, had a lamp that was older than he was.', 'W0417', ',,'),
    ('en', 'The keeper went out.. Nobody saw him go, nor did anyone see him return.', 'W0417', '..'),
    ('en', 'The keeper went out , and nobody saw him go, nor come back.', 'W0418', ' '),
    ('en', 'The keeper (who is old ) went out, and nobody saw him go again.', 'W0418', ' '),
    ('en', 'The keeper ( who is old) went out, and nobody saw him go again.', 'W0418', ' '),
    ('fr', 'Le gardien sortit ; personne ne le vit partir ! Qui le verrait revenir ?', None, None),
    ('en', 'The keeper went out,and nobody saw him go, nor come back again.', 'W0418', ','),
    ('en', 'The keeper went out.Nobody saw him go, nor did anyone see him return.', 'W0418', '.'),
    ('en', 'The address of the keeper is www.Keeper.example, and nobody writes to him there.', None, None),
    ('en', 'The keeper would never admit-that the lamp had gone out was his own fault.', 'W0419', '-'),
    ('en', 'He saw the habits-refusing to be held, above all, and knew what they were.', 'W0419', '-'),
    ('en', 'A state-of-the-art lamp, a jack-of-all-trades and a well-known man are sound.', None, None),
    ('en', 'The lamp burns at 400 ºC, as the keeper had read in an old book.', 'W0420', 'º'),
    ('en', 'The keeper (who was old had a lamp that was older than he was.', 'W0421', '('),
    ('en', 'The keeper, who was old) had a lamp that was older than he was.', 'W0421', ')'),
    ('en', '“The lamp is out, said the keeper to his dog, which had been asleep.', 'W0421', '“'),
    ('en', 'The reasons are: a) the oil, b) the wick and c) the keeper’s long sleep.', None, None),
    ('de', '„Die Lampe ist aus“, sagte der Wärter zu seinem Hund, der geschlafen hatte.', None, None),
    ('en', 'The keeper went out and nobody saw him go, nor did anyone see him re', 'W0425', 'e'),
    ('en', 'The water was at 12º, and the oil at 9º and rising with every hour of the day.', 'W0420', 'º'),
    ('es', 'El farero vive en el 2º piso de la torre, y en el 1º guarda todo el aceite.', None, None),
    ('hi', 'रखवाले ने दीपक जलाया और फिर वह समुद्र की ओर देखने लगा, जहाँ कोई नहीं था।', None, None),
    ('en', 'Смотритель вышел, и никто не видел, как он вернулся на свою скалу.', 'W0427', None),
    ('ja', '灯台守は外に出たが、帰ってくるところを見た者は一人もいなかった。それでも灯はともっていた。', None, None),
    ('de', 'Der Wärter sagte, dass dass nicht seine Schuld gewesen sei, und ging.', 'W0411', 'dass dass'),
    ('cs', 'Strážce šel šel domů a nikdo ho neviděl, ani když se vracel zpátky.', 'W0411', 'šel šel'),
    ('ar', 'ذهب الحارس إلى إلى البيت ولم يره أحد وهو يعود منه في الليل.', 'W0411', 'إلى إلى'),
    ('uk', 'Сторож пішов пішов додому, і ніхто не бачив, як він повертався.', 'W0411', 'пішов пішов'),
    ('fi', 'Vartija meni meni kotiin, eikä kukaan nähnyt hänen palaavan sieltä.', 'W0411', 'meni meni'),
    ('hu', 'Az őr hazament hazament este, és senki sem látta, amikor visszatért.', 'W0411', 'hazament hazament'),
    ('ca', 'El guardià instal·la la làmpada de la torre, i ningú no el veu fer-ho.', None, None),
    ('fr', 'Le gardien retourne à à la mer, et personne ne le voit en revenir.', 'W0417', 'à à'),
    ('es', '¿Quién vino anoche a la torre. Nadie lo sabe, ni lo ha sabido nunca.', 'W0421', '¿'),
    ('es', '¡Qué noche tan larga en la torre. Nadie vino, ni nadie iba a venir.', 'W0421', '¡'),
    ('ja', '灯台守（年老いた男は、その夜も一人で塔の灯を守り続けていた。', 'W0421', '（'),
    ('zh-Hans', '守塔人（一个老人，那天夜里仍然独自守着塔上的那盏灯。', 'W0421', '（'),
    ('en', 'It was the ‘20s that had made him a keeper, and he was proud of it.', 'W0421', '‘'),
    ('en', 'The keeper smiled :-) and then went out, and nobody saw him go there.', None, None),
    ('en', '“ Late again,” the keeper said, and nobody was there to answer him.', 'W0418', ' '),
    ('en', 'The lamp is out ;he sleeps, and nobody knows when he will wake again.', 'W0418', ' '),
    ('en', 'It stands in changelog.Debian.gz, as the keeper had always said it did.', None, None),
    ('ar', 'الحارس ، وهو شيخ كبير، نام في البرج ولم يره أحد حتى الصباح.', 'W0418', ' '),
    ('ja', '灯台守 、年老いた男は、その夜も一人で塔の灯を守り続けていた。', 'W0418', ' '),
    ('en', 'They wanted it-and got it, long before the keeper had even asked them.', 'W0419', '-'),
    ('ja', '灯台守は、その夜も一人で塔の灯を守り続け、そして眠りについた。。', 'W0417', '。。'),
    ('ar', 'نام الحارس،، وهو شيخ كبير، في البرج ولم يره أحد حتى الصباح.', 'W0417', '،،'),
    ('en', 'It was 20 º outside, and the keeper had let his fire go out again.', 'W0420', 'º'),
    ('en', 'The keeper was *very* tired, and nobody was there to take his place.', 'W0414', '*'),
    ('en', 'The keeper was ~~never~~ tired, and nobody was there to take his place.', 'W0414', '~~never~~'),
    ('en', 'See [[The Lamp]] for what the keeper did, and for what became of him.', 'W0414', '[[The Lamp]]'),
    ('en', '- The keeper was tired, and nobody was there to take his place that day.', 'W0414', '-'),
    ('en', 'The keeper %s went home, and nobody was there to take his place there.', 'W0415', '%s'),
    ('en', 'The keeper of [Book Title] had read everything that was in the tower.', 'W0415', '[Book Title]'),
    ('en', 'The hero is [object Object], and nobody was there to take his place.', 'W0415', '[object Object]'),
    ('ru', 'Как языковая модель, я не могу судить ни о стороже, ни о его лампе.', 'W0416', 'Как языковая модель'),
    ('zh-Hans', '作为一个人工智能语言模型，我无法评价守塔人和他的那盏灯。', 'W0416', '作为一个人工智能语言模型'),
    ('pt', 'Como um modelo de linguagem, não posso julgar o guarda nem a lâmpada.', 'W0416', 'Como um modelo de linguagem'),
    ('en', 'As of my last knowledge update, the keeper was still in his tower there.', 'W0416', 'As of my last knowledge update'),
    ('en', 'Смотритель спит ночью, и никто не видит света.', 'W0427', 'Смотритель спит ночью, и никто не видит света.'),
    ('en', '守塔人在夜里睡觉，没有人看见光。', 'W0427', '守塔人在夜里睡觉，没有人看见光。'),
    ('en', '[ ] The keeper was tired, and nobody was there to take his place that day.', 'W0414', '[ ]'),
    ('en', '[x] The keeper was tired, and nobody was there to take his place that day.', 'W0414', '[x]'),
    # Terms of technical texts stay Latin.
    ('ru', 'Кластер Kubernetes и Docker Compose: PostgreSQL, Redis, RabbitMQ, Prometheus, Grafana.', None, None),
    ('zh-Hans', '他用 Kubernetes、Docker Compose、PostgreSQL、RabbitMQ 和 Prometheus 部署。', None, None),
    ('zh-Hans', 'The keeper sleeps at night, and nobody sees the light that he had lit before.', 'W0427', None),
    # Words that sound sentences have twice.
    ('cs', 'Setkal se se svým bratrem a vracel se domů; jestli to to vysvětlí, nevím.', None, None),
    ('sk', 'Je to to isté, čo povedal, a ty si si to nevšimol ani vtedy večer.', None, None),
    ('hu', 'Ő az az ember, aki ki ki akar menni, és meg meg akarja nézni a lámpát.', None, None),
    ('el', 'Ο πατέρας του του είπε βήμα βήμα τι να κάνει, και η μητέρα της της έγραψε.', None, None),
    ('el', 'Ο φύλακας γύρισε σπίτι και και δεν τον είδε κανείς εκείνη τη νύχτα.', 'W0411', 'και και'),
    ('bg', 'Ти си си забравил лампата, а баща му му каза да я донесе веднага.', None, None),
    ('mk', 'Ти си си ја заборавил ламбата, а татко му му рече да ја донесе.', None, None),
    ('hr', 'Nije to to što misliš, a ja sam sam u kući i ti si si kriv za to.', None, None),
    ('bs', 'Nije to to što misliš, a ja sam sam u kući i ti si si kriv za to.', None, None),
    ('sr', 'Није то то што мислиш, а ја сам сам у кући и ти си си крив за то.', None, None),
    ('sl', 'Ali je to to, kar misliš, in zakaj si si ti kupil novo svetilko zanj?', None, None),
    ('pl', 'Czy to to samo światło, które widział, i czy ich ich matka szuka?', None, None),
    ('ru', 'Его его брат любил больше, чем их их сёстры, и это знал каждый.', None, None),
    ('uk', 'Його його брат любив більше, ніж їх їх сестри, і це знав кожен.', None, None),
    ('be', 'Яго яго брат любіў больш, чым іх іх сёстры, і гэта ведаў кожны.', None, None),
    ('fi', 'Se se oli se mies, joka joka päivä sytytti lampun ja meni kotiin.', None, None),
    ('et', 'Mis mees see see on, kes süütas igal õhtul lambi ja läks siis koju?', None, None),
    ('lt', 'Sargas vos vos spėjo uždegti lempą, kai į uostą įplaukė didelis laivas.', None, None),
    ('he', 'השומר הוא הוא האיש שיצא, והם עברו איש איש ובאו אל עם עם שפה אחרת.', None, None),
    ('he', 'השומר יצא מן הבית של של אחיו ואיש לא ראה אותו כשחזר משם בלילה.', 'W0411', 'של של'),
    ('ar', 'قرأ الحارس الكتاب كلمة كلمة، ثم رتب الأوراق ورقة ورقة حتى الصباح.', None, None),
    ('en', 'All there was was a lamp, and what they do do is to light it at night.', None, None),
    ('pt', 'Se se tratar da lâmpada, o guarda para para pensar e volta à torre.', None, None),
    ('es', 'El tren para para recoger al farero, que vuelve entonces a su torre.', None, None),
    ('it', 'Se se ne va il guardiano, la lampada della torre si spegne da sola.', None, None),
    ('fr', 'Le gardien va faire faire une lampe, et tout ce qui est est à lui.', None, None),
    ('nl', 'De wachter zegt dat het het beste is om de lamp weer aan te steken.', None, None),
    ('sv', 'Ingen vet var var lampan den natten, och får får lamm gör de det där.', None, None),
    ('nb', 'Lampen var til nytte for for mange, og det visste alle i tårnet da.', None, None),
    # What is said of machines by people.
    ('en', 'Eliza had served as a language model I could study, as of my last training there.', None, None),
    ('es', 'Como inteligencia artificial, no existe nada mejor que esta lámpara.', None, None),
    ('it', 'Come intelligenza artificiale, non è ancora molto, dice il guardiano.', None, None),
    ('ru', 'Книга объясняет, как языковая модель предсказывает слово за словом.', None, None),
    ('ru', 'Как языковая модель, программа предсказывает слово за словом, и только.', None, None),
    ('uk', 'Книга пояснює, як мовна модель передбачає слово за словом у тексті.', None, None),
    ('it', 'Il libro parla di tecnologie come intelligenza artificiale e robotica.', None, None),
    ('es', 'El libro habla de tecnologías como inteligencia artificial y robótica.', None, None),
    ('fr', 'Le programme, en tant que modèle de langage, prédit un mot après l’autre.', None, None),
    ('de', 'Das Verfahren, bekannt als KI, sagt ein Wort nach dem anderen voraus.', None, None),
    ('nl', 'Het programma werkt als taalmodel en voorspelt het ene woord na het andere.', None, None),
    ('pl', 'Program działa jako model językowy i przewiduje słowo po słowie.', None, None),
    ('sv', 'Programmet fungerar som en språkmodell och förutsäger ord efter ord.', None, None),
    ('da', 'Programmet virker som en sprogmodel og forudsiger det ene ord efter det andet.', None, None),
    ('tr', 'Program bir dil modeli olarak çalışır ve bir sonraki sözcüğü bulur.', None, None),
    ('id', 'Program itu bekerja sebagai model bahasa dan menebak kata berikutnya.', None, None),
    ('pt', 'Ela canta como uma iara, e o guarda da torre ouve a noite toda.', None, None),
    ('ja', 'その機械はAIとしては初めて小説を書き、言語モデルとして知られている。', None, None),
    ('zh-Hans', '他把那尊石像作为模型，也把程序作为语言模型来研究了很多年。', None, None),
    ('ko', '그 프로그램은 언어 모델로서 다음에 올 낱말을 하나씩 예측한다.', None, None),
    ('hi', 'वह प्रोग्राम एक भाषा मॉडल के रूप में अगले शब्द का अनुमान लगाता है।', None, None),
    ('ar', 'يعمل البرنامج كنموذج لغوي ويتوقع الكلمة التالية في كل مرة يسأل فيها.', None, None),
    ('en', 'Of course, here is the catch: the lamp burns, but nobody has lit it.', None, None),
    ('en', 'Of course! Here is the summary of the argument: the lamp burns by itself.', None, None),
    ('en', 'The program works as a language model and predicts one word after another.', None, None),
    ('en', '“I’m sorry, I can’t. Let me know if you need me,” she said. “I hope this helps.”', None, None),
    ('en', 'Sure, here is the rewritten summary of what the keeper did in his tower.', 'W0416', 'Sure, here is the rewritten summary'),
    ('en', 'I’m sorry, but I can’t provide a summary of a book that is protected.', 'W0416', None),
    ('de', 'Als KI-Sprachmodell kann ich den Wärter und seine Lampe nicht beurteilen.', 'W0416', 'Als KI-Sprachmodell'),
    ('nl', 'Als AI-taalmodel kan ik de wachter en zijn lamp helaas niet beoordelen.', 'W0416', 'Als AI-taalmodel'),
    ('es', 'Como modelo de lenguaje, no puedo juzgar al farero ni a su lámpara.', 'W0416', 'Como modelo de lenguaje'),
    ('it', 'Come modello di linguaggio, non posso giudicare il guardiano del faro.', 'W0416', 'Come modello di linguaggio'),
    ('tr', 'Bir yapay zeka dil modeli olarak bekçi için bir yargıda bulunamıyorum.', 'W0416', None),
    ('ja', '言語モデルとして、私は灯台守とその灯について意見を持っていない。', 'W0416', '言語モデルとして'),
    ('ko', 'AI 언어 모델로서 저는 등대지기와 그의 등불을 평가할 수 없습니다.', 'W0416', 'AI 언어 모델로서'),
    ('hi', 'एक एआई भाषा मॉडल के रूप में, मैं रखवाले के बारे में कुछ नहीं कह सकता।', 'W0416', 'एक एआई भाषा मॉडल के रूप में'),
    ('ar', 'كنموذج لغوي، لا أستطيع أن أحكم على الحارس ولا على مصباحه القديم.', 'W0416', 'كنموذج لغوي'),
    ('en', 'What she is is a fraud, and all there is is a lamp, and who he is is not said.', None, None),
    ('en', 'The lamp that is is not the lamp that was, as the keeper liked to say.', None, None),
    ('en', 'It is is late, and the keeper has not yet lit the lamp of his tower.', 'W0417', 'is is'),
    ('hi', 'दीपक जले तो रात भी हँसे।। रखवाला जागे तो सागर भी सो जाए।।', None, None),
    ('zh-Hans', '要做三点：1）灯要亮；2）油要足；3）门要关，守塔人每天都这样说。', None, None),
    ('ja', '守ることは三つある：1）灯をともす、2）油を足す、最後に3）戸を閉める。', None, None),
    ('zh-Hans', '守塔人是个老人），那天夜里仍然独自守着塔上的那盏灯，直到天亮。', 'W0421', '）'),
    ('en', 'The keeper said that he didn’t) know who had lit the lamp of his tower.', 'W0421', ')'),
    ('en', '[Publisher’s note: the keeper was alive.] So it stood in [Your] book, [Named] Lamp.', None, None),
    ('en', 'The keeper of [Your Name] had read everything that was in the tower.', 'W0415', '[Your Name]'),
]
# Four chapters of one book, and a fifth.
def fifth(text):
    return '<story>%s<chapter><title>Toys</title><p>%s</p></chapter></story>' % (
        ''.join('<chapter><title>%s</title><p>In the %s light old Merrick went to the tower.</p></chapter>' % (w.title(), w)
                for w in ('first', 'second', 'third', 'fourth')), text)


# Parts with faults that take more than a paragraph.
PARTS = [
    (fifth('In his room young Andy plays with Woody, and then Buzz comes.'), 'W0428', 'Andy'),
    (fifth('In his room young Andy plays with Woody, and then Buzz meets Merrick.'), None, None),
    (fifth('In his room young Andy plays with Woody, and then another comes.'), None, None),
    ('<questions><qa><question>Who keeps the lamp</question><answer><p>Nobody.</p></answer></qa></questions>', 'W0423', 'Who keeps the lamp'),
    ('<questions><qa><question>The lamp</question><answer><p>Nobody keeps it.</p></answer></qa></questions>', None, None),
    ('<overview>%s</overview>' % ('<p>The keeper of the lamp has never in his life been anywhere else.</p>' * 2), 'W0422', None),
    ('<overview><p>%s</p></overview>' % ('So the old man Merrick went out. ' * 5 + 'So the old man Mrerick went out.'), 'W0426', 'Mrerick'),
    ('<cues><p>Cues that show Pixar’s principles of the lamp.</p><cue><prompt>Lamp</prompt><answer>A light.</answer></cue></cues>', 'W0428', 'Pixar'),
    ('<cues><p>Cues that show Merrick’s principles of the lamp.</p><cue><prompt>Lamp</prompt><answer>Merrick has it.</answer></cue></cues>', None, None),
    ('<cues><p>Cues that show Pixar’s lamp.</p><cue><prompt>Lamp</prompt><answer>A light.</answer></cue></cues><story><p>A story that turns '
     'Pixar’s lamp into moments.</p><p>The keeper went to Kentucky.</p></story>', 'W0428', 'Pixar'),
    ('<story><p>The keeper, old Etta, went to Kentucky.</p><p>He is there.</p></story>', None, None),
    ('<takeaways><p>What Example, the author, says.</p><takeaway><headline>Lamp</headline><p>A light.</p></takeaway></takeaways>', None, None),
    ('<questions><qa><question>Why does nobody answer the letters?</question><answer><p>The barrels of whale oil come before winter.</p></answer></qa>'
     '<qa><question>When do the barrels of whale oil come before winter begins?</question><answer><p>Letters are read by nobody.</p></answer></qa>'
     '</questions>', 'W0429', 'Why does nobody answer the letters?'),
    ('<questions><qa><question>Why does nobody answer the letters?</question><answer><p>They are lost.</p></answer></qa>'
     '<qa><question>When do the barrels of whale oil come?</question><answer><p>The barrels come before winter.</p></answer></qa>'
     '</questions>', None, None),
    ('<takeaways><takeaway><headline>%s</headline><p>A light.</p></takeaway></takeaways>' % ('A lamp that is lit every night ' * 5 + 'at sea'), 'W0430', None),
    ('<overview><p>The keeper went out in the evening.</p><p>Le gardien sortit dans la nuit et il ne vit pas que la lampe de la tour était '
     'éteinte depuis une heure.</p></overview>', 'W0427', None),
    ('<overview><p>The keeper went out in the evening.</p><p xml:lang="fr">Le gardien sortit dans la nuit et il ne vit pas que la lampe de la '
     'tour était éteinte depuis une heure.</p></overview>', None, None),
    ('<overview><figure src="lamp.png" alt="A picture of a lamp"/></overview>', 'W0424', None),
    ('<overview><p>“The lamp is out, and nobody has seen it but the two of us, who sleep.</p>'
     '<p>“Let us light it again, before the ships come, and say nothing of it.”</p></overview>', None, None),
]

# Behind the work's title.
METADATA = [
    ('<subtitle>A {kind} of light</subtitle>', 'W0415', '{kind}'),
    ('<award>The Lamp Lamp Prize , 2024</award>', 'W0418', ' '),
    ('<fact label="Copies">TODO</fact>', 'W0415', 'TODO'),
]

# Of the corpus, by code: the novel's chapters are marked by #, and it names a Biron beside Byron; the texts of the
# Declaration have misprints (“Verkaring” for “Verklaring”) and sentences without an end.
WANTED = {'novel': {'W0414': 31, 'W0425': 1, 'W0426': 1},
          'declaration': {'W0413': 1, 'W0418': 11, 'W0421': 1, 'W0425': 23, 'W0426': 3}}


def document(lang, parts):
    return ('<?xml version="1.0" encoding="UTF-8"?>\n<summary version="1" xml:lang="%s"><work><title>Lamp</title>'
            '<contributor role="author">Ann Example</contributor></work><edition><date>2026-11-29</date></edition>\n%s</summary>\n'
            % (lang, parts))


def told(program, source):
    """(code, the characters that are marked) of each warning of the editor's."""
    run = subprocess.run([program, 'check', str(source), '--format', 'json'], capture_output=True)
    data = source.read_bytes()
    found = []
    for line in run.stderr.decode('utf-8').splitlines():
        message = json.loads(line)
        if EDITOR.match(message['code']):
            found.append((message['code'], data[message['offset']:message['offset'] + message['length']].decode('utf-8')))
    return found


def table(program, folder):
    cases = [(lang, '<overview><p>%s</p></overview>' % text, code, mark) for lang, text, code, mark in FAULTS]
    cases += [('en', *part) for part in PARTS]
    cases += [('en', metadata, code, mark) for metadata, code, mark in METADATA]
    for lang, parts, code, mark in cases:
        source = folder / 'lamp.xml'
        text = document(lang, parts)
        if any(parts == metadata for metadata, _, _ in METADATA):
            text = document(lang, '<overview><p>A light.</p></overview>').replace('<contributor', parts + '<contributor', 1)
        source.write_text(text, encoding='utf-8')
        found = told(program, source)
        sound = not found if code is None else {c for c, _ in found} == {code} and (mark is None or found[0][1] == mark)
        if not sound:
            yield '%s: expected %s %r, got %r' % (parts[:70], code, mark, found)


def examples(program):
    for source in sorted((ROOT / 'examples').glob('*/summary.xml')):
        for code, mark in told(program, source):
            yield '%s: %s %r' % (source.parent.name, code, mark[:50])


def novel():
    text = (texts.CORPUS / 'frankenstein.txt').read_text(encoding='utf-8')
    paragraphs = [re.sub(r'\s+', ' ', p).strip() for p in re.split(r'\n\s*\n', text)]
    marked = (re.sub(r'_([^_]+)_', r'<em>\1</em>', html.escape(p, quote=False)) for p in paragraphs if p)
    return document('en-GB', '<overview>%s</overview>' % ''.join('<p>%s</p>\n' % p for p in marked))


def corpus(program, folder):
    (folder / 'novel.xml').write_text(novel(), encoding='utf-8')
    counted = {'novel': collections.Counter(code for code, _ in told(program, folder / 'novel.xml')),
               'declaration': collections.Counter()}
    for path in texts.corpus():
        source = folder / (path.stem + '.xml')
        source.write_text(texts.read(path).source, encoding='utf-8')
        counted['declaration'].update(code for code, _ in told(program, source))
    for name, wanted in WANTED.items():
        if counted[name] != wanted:
            yield '%s: told %s, wanted %s' % (name, dict(counted[name]), wanted)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--program', required=True)
    parser.add_argument('--corpus', action='store_true')
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        complaints = [*table(program, folder), *examples(program)]
        if arguments.corpus:
            complaints += corpus(program, folder)
    print('\n'.join(complaints))
    print('%d cases, %d complaints' % (len(FAULTS) + len(PARTS) + len(METADATA), len(complaints)))
    return 1 if complaints else 0


if __name__ == '__main__':
    sys.exit(main())
