# Siblings of the files that went wrong once: each kind in other words, other delimiters, nestings and encodings. What is right is written beside
# each, by hand; all files are read by one run of inspect and one of segment for each set of flags.   kinds.py STANCE
import base64, collections, gzip, io, json as J, os, re, subprocess, sys, tempfile, zipfile

STANCE, FOLDER = sys.argv[1], tempfile.mkdtemp(dir=".")
CASES = []


def case(name, data, *articles, refuse=None, flags=(), note=None):
    """articles: what is expected, in order: id, title, date (a prefix), outlet, lang, url, s: the sentences; refuse, note: patterns of stderr"""
    path = os.path.join(FOLDER, f"{len(CASES):03}-{name}")
    with open(path, "wb") as file:
        file.write(data.encode() if isinstance(data, str) else data)
    CASES.append((name, path, articles, refuse, tuple(flags), note))


def run(*arguments):
    done = subprocess.run([STANCE, *arguments], capture_output=True, stdin=subprocess.DEVNULL)
    return done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def check():
    wrong, by_flags = 0, collections.defaultdict(list)
    for each in CASES:
        by_flags[each[4]].append(each)
    for flags, cases in by_flags.items():
        paths = [each[1] for each in cases]
        output, said = run("inspect", "--format", "jsonl", *flags, *paths)
        blocks = iter(run("segment", *flags, *paths)[0].rstrip("\n").split("\n\n"))
        found = collections.defaultdict(list)
        for line in output.splitlines():
            article = J.loads(line)
            repeated = any("given again" in doubt for doubt in article["doubts"])
            article["s"] = None if article.get("left_out") else next(blocks, "").split("\n")
            if not article.get("left_out") or repeated:
                found[article["file"]].append(article)
        for name, path, articles, refuse, _, note in cases:
            faults = []
            about = "\n".join(line for line in said.splitlines() if path in line)
            if refuse is not None and (found[path] or not re.search(refuse, about)):
                faults.append(f"expected a refusal: {refuse}")
            if refuse is None and len(articles) != len(found[path]):
                faults.append(f"{len(found[path])} articles; expected {len(articles)}")
            if note and not any(re.search(note, doubt) for got in found[path] for doubt in got["doubts"]):
                faults.append(f"no doubt like {note}")
            for wanted, got in zip(articles, found[path]):
                for key, value in wanted.items():
                    has = got[key]
                    if key == "id" and has:
                        has = re.sub(r"~\d+$", "", has)
                    if key == "date" and has and value:
                        has = has[: len(value)]
                    if has != value and not (key == "s" and has is None):
                        faults.append(f"{key} is {has!r}; expected {value!r}")
            wrong += bool(faults)
            for fault in faults:
                print(f"{name}: {fault}\n    {about[:400]}")
    print(f"{len(CASES)} files, {wrong} wrong")


A = "Kenya on Friday recalled its envoy from Sudan after a week of disputes."
B = "Sudan rejected the step and warned Kenya of serious consequences."
C = "Chad thanked Togo for its help in the talks."
H = "Kenya recalls envoy"
s3 = [H, A, B]
P = lambda *lines: "".join(f"<p>{line}</p>" for line in lines)


def page(body, head="", title=H):
    return f'<!DOCTYPE html><html lang="en"><head><title>{title}</title>{head}</head><body>{body}</body></html>'


# ---- Agencies, feeds, crawls, services -------------------------------------------------------------------
# NewsML-G2 siblings: newsMessage, prefix, nitf inside, inlineData, CDATA, utf16, latin1, several contentMeta headlines
def item(guid,ver,body,status='usable',h=H,lang='en',pre='',extra=''):
    p=pre
    return f'''<{p}newsItem guid="{guid}" version="{ver}" standard="NewsML-G2" standardversion="2.30" xml:lang="{lang}"><{p}itemMeta><{p}itemClass qcode="ninat:text"/><{p}provider literal="Savanna Press"/><{p}versionCreated>2023-11-10T08:30:00+03:00</{p}versionCreated><{p}pubStatus qcode="stat:{status}"/>{extra}</{p}itemMeta><{p}contentMeta><{p}headline>{h}</{p}headline></{p}contentMeta><{p}contentSet>{body}</{p}contentSet></{p}newsItem>'''
NS='xmlns="http://iptc.org/std/nar/2006-10-01/"'
x=f'<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>{H}</hl1></hedline><byline>By J. Reporter</byline><dateline><location>Nairobi</location></dateline></body.head><body.content><p>{A}</p><p>{B}</p></body.content><body.end><tagline>Edited by X</tagline></body.end></body></nitf></inlineXML>'
case('g2-nitf.xml',f'<?xml version="1.0"?>\n<newsMessage {NS}><header><sent>2023-11-10T09:00:00Z</sent></header><itemSet>'+item('urn:nitf:1','1',x)+item('urn:nitf:2','3','<inlineData contenttype="text/plain">'+A+'\n\n'+B+'</inlineData>')+'</itemSet></newsMessage>',
  dict(id='urn:nitf:1',title=H,date='2023-11-10',outlet='Savanna Press',lang='en',s=[H,A,B]),dict(id='urn:nitf:2',title=H,s=[H,A,B]))
case('g2-prefix.xml',f'<?xml version="1.0"?>\n<n:newsMessage xmlns:n="http://iptc.org/std/nar/2006-10-01/"><n:itemSet>'+item('urn:prefix:1','1',f'<n:inlineXML><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>{H}</h:title></h:head><h:body><h:p>{A}</h:p><h:p>{B}</h:p></h:body></h:html></n:inlineXML>',pre='n:')+'</n:itemSet></n:newsMessage>',
  dict(id='urn:prefix:1',title=H,s=[H,A,B]))
case('g2-prefix-root.xml',f'<?xml version="1.0"?>\n'+item('urn:prefix-root:9','1',f'<n:inlineXML><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:body><h:p>{A}</h:p><h:p>{B}</h:p></h:body></h:html></n:inlineXML>',pre='n:').replace('<n:newsItem','<n:newsItem xmlns:n="http://iptc.org/std/nar/2006-10-01/"',1),
  dict(id='urn:prefix-root:9',title=H,s=[H,A,B]))
case('g2-latin.xml',('<?xml version="1.0" encoding="ISO-8859-1"?>\n'+item('urn:latin:1','1',f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Côte d’Ivoire thanked Togo.</p></body></html></inlineXML>').replace('<newsItem','<newsItem '+NS,1)).encode('cp1252'),dict(s=[H,'Côte d’Ivoire thanked Togo.']))
case('g2-utf16.xml',('<?xml version="1.0" encoding="UTF-16"?>\n'+item('urn:utf16:1','1',f'<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Côte d’Ivoire thanked Togo.</p></body></html></inlineXML>').replace('<newsItem','<newsItem '+NS,1)).encode('utf-16'),dict(s=[H,'Côte d’Ivoire thanked Togo.']))
case('g2-kill.xml',f'<newsMessage {NS}><itemSet>'+item('urn:kill:1','1',f'<inlineData>{A}</inlineData>')+item('urn:kill:1','2',f'<inlineData>{B}</inlineData>')+item('urn:kill:2','1',f'<inlineData>{A}</inlineData>')+item('urn:kill:2','2','',status='canceled')+'</itemSet></newsMessage>',dict(id='urn:kill:1',s=[H,B]))
# NITF siblings
nitf=lambda i,dt,name,body,extra='':f'<nitf><head><title>{H}</title><docdata {extra}><doc-id id-string="{i}"/><date.issue norm="{dt}"/></docdata><pubdata name="{name}"/></head><body><body.head><hedline><hl1>{H}</hl1><hl2>Tension grows</hl2></hedline><byline><person>Jo Doe</person></byline><dateline><location>Nairobi</location></dateline></body.head><body.content>{body}</body.content><body.end><tagline>x</tagline></body.end></body></nitf>'
case('nitf-1.xml','<?xml version="1.0"?>'+nitf('abc-1','20231110T083000Z','Rift Daily',f'<p>{A}</p><media media-type="image"><media-caption>Ghana at sea.</media-caption></media><p>{B}</p>'),dict(id='abc-1',date='2023-11-10',outlet='Rift Daily',s=[H,A,B]))
case('nitf-block.xml','<?xml version="1.0"?>'+nitf('abc-block','20231110','Rift Daily',f'<block><p>{A}</p></block><block><p>{B}</p><ul><li>Chad thanked Togo.</li></ul></block>'),dict(id='abc-block',date='2023-11-10',s=[H,A,B,'Chad thanked Togo.']))
case('nitf-kill.xml','<?xml version="1.0"?>'+nitf('abc-kill','20231110','Rift Daily',f'<p>{A}</p>','management-status="canceled"'))
case('nitf-kill2.xml','<set>'+nitf('abc-kill2','20231110','Rift Daily',f'<p>{A}</p>')+nitf('abc-kill2','20231111','Rift Daily',f'<p>{B}</p>')+'</set>')
# RSS
case('rss-mix.xml',f'''<?xml version='1.0' encoding='utf-8' standalone='yes'?>
<!-- made -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Lake News</title><language>en-gb</language><image><title>logo</title></image>
<item><title><![CDATA[{H} &amp; more]]></title><link>https://example.org/1</link><guid isPermaLink="false">tag:1</guid><dc:date>2023-11-10T08:00:00Z</dc:date><description><![CDATA[<p>{A}</p><p>{B}</p><img src="x">]]></description></item>
<item><title>{H}</title><link>https://example.org/2</link><pubDate>Fri, 10 Nov 23 08:00 +0300</pubDate><description>{A}</description></item>
</channel></rss>''',dict(id='tag:1',title=H+' & more',date='2023-11-10',outlet='Lake News',lang='en-gb',s=[H+' & more',A,B]),dict(id='https://example.org/2',date='2023-11-10',lang='en-gb',s=[H,A]))
case('rdf.xml',f'''<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Lake News</title><description>About Spain.</description></channel><item rdf:about="https://example.org/1"><title>{H}</title><link>https://example.org/1</link><description>{A}</description><dc:date>2023-11-10</dc:date></item></rdf:RDF>''',dict(id='https://example.org/1',date='2023-11-10',outlet='Lake News',s=[H,A]))
case('atom2.xml',f'''<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="html">Lake &amp;amp; River</title><entry><id>t:1</id><title type="html">Kenya &lt;b&gt;recalls&lt;/b&gt; envoy</title><published>2023-11-10T08:00:00Z</published><updated>2023-11-12T08:00:00Z</updated><summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{A}</p><ul><li>{B}</li></ul></div></content><link rel="alternate" href="https://example.org/1"/></entry><entry><id>t:2</id><title>{H}</title><updated>2023-11-12T08:00:00Z</updated><summary type="html">&lt;p&gt;{A}&lt;/p&gt;</summary></entry></feed>''',
 dict(id='t:1',title=H,date='2023-11-10',lang='en',url='https://example.org/1',s=[H,A,B]),dict(id='t:2',date='2023-11-12',s=[H,A]))
case('atom-prefix.xml',f'''<?xml version="1.0"?><a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>Lake</a:title><a:entry><a:id>t:1</a:id><a:title>{H}</a:title><a:updated>2023-11-10T08:00:00Z</a:updated><a:content type="html">&lt;p&gt;{A}&lt;/p&gt;</a:content></a:entry></a:feed>''',dict(id='t:1',title=H,outlet='Lake',s=[H,A]))
# RCV1 in a set, Reuters latin1
case('rcv.xml',f'<?xml version="1.0" encoding="iso-8859-1"?>\n<newsitem itemid="2286" id="root" date="1997-01-02" xml:lang="en">\n<title>KENYA: {H}.</title>\n<headline>{H}.</headline>\n<dateline>NAIROBI 1997-01-02</dateline>\n<text>\n<p>{A}</p>\n<p>{B}</p>\n</text>\n<copyright>(c) Reuters Limited 1997</copyright>\n<metadata></metadata></newsitem>',dict(id='2286',date='1997-01-02',outlet='Reuters',s=[H+'.',A,B]))
case('reuters.sgm','<!DOCTYPE lewis SYSTEM "lewis.dtd">\n<REUTERS TOPICS="YES" LEWISSPLIT="TRAIN" CGISPLIT="TRAINING-SET" OLDID="5544" NEWID="17">\n<DATE> 2-MAR-1987 09:01:01.79</DATE>\n<TOPICS><D>grain</D></TOPICS><UNKNOWN>&#5;&#5;&#5;C T</UNKNOWN>\n<TEXT TYPE="BRIEF">&#2;\n******<TITLE>KENYA RECALLS ENVOY</TITLE>Blah blah.\n&#3;</TEXT>\n</REUTERS>\n<REUTERS NEWID="18"><DATE>19-OCT-1987 09:01:01.79</DATE><TEXT>&#2;\n<TITLE>KENYA &lt;KEN> RECALLS ENVOY</TITLE><AUTHOR>    By J. Doe</AUTHOR><DATELINE>    NAIROBI, Oct 19 - </DATELINE><BODY>Kenya on Friday recalled\nits envoy from Sudan after a week of disputes.\n    Sudan rejected the step and warned Kenya of serious consequences.\n Reuter\n&#3;</BODY></TEXT></REUTERS>\n',dict(id='17',date='1987-03-02',title='KENYA RECALLS ENVOY'),dict(id='18',date='1987-10-19',title='KENYA <KEN> RECALLS ENVOY',s=['KENYA <KEN> RECALLS ENVOY',A,B]))
# WET & WARC gz
def rec(t,u,d,b,ct='text/plain',rid='1',extra=''):
    b=b.encode(); return (f'WARC/1.0\r\nWARC-Type: {t}\r\n'+(f'WARC-Target-URI: {u}\r\n' if u else '')+f'WARC-Date: {d}\r\nWARC-Record-ID: <urn:uuid:{rid}>\r\nContent-Type: {ct}\r\n{extra}Content-Length: {len(b)}\r\n\r\n').encode()+b+b'\r\n\r\n'
w=[rec('warcinfo','','2023-11-10T00:00:00Z','x: y\r\n','application/warc-fields'),rec('conversion','https://example.org/k','2023-11-10T08:00:00Z',f'{H}\n{A}\n{B}\n',extra='WARC-Identified-Content-Language: eng\r\n'),rec('conversion','','2023-11-10T09:00:00Z',f'{H}\n{A} Chad left.\n',rid='77')]
case('wet1.warc.wet.gz',b''.join(map(gzip.compress,w)),dict(id='https://example.org/k',url='https://example.org/k',date='2023-11-10',s=[H,A,B]),dict(id='urn:uuid:77',s=[H,A,'Chad left.']))
case('wet1.1.warc',b''.join(w).replace(b'WARC/1.0',b'WARC/1.1').replace(b'00Z',b'00.123456Z',9),dict(id='https://example.org/k',date='2023-11-10',s=[H,A,B]),dict(s=[H,A,'Chad left.']))
# ninjs
case('ninjs2.json',J.dumps(dict(uri='u:2',standard=dict(name='ninjs',version='2.0'),contentcreated='2023-11-10T08:00:00Z',pubstatus='usable',language='en-GB',headline=H,bodies=[dict(role='main',contenttype='text/html',value=f'<p>{A}</p><p>{B}</p>')],headlines=[dict(role='main',value=H)],infosources=[dict(name='Savanna Press')])),dict(id='u:2',title=H,date='2023-11-10',lang='en-GB',s=[H,A,B],outlet='Savanna Press'))
case('ninjs3.json',J.dumps(dict(uri='u:3',type='text',firstCreated='2023-11-10T08:00:00Z',pubStatus='usable',language='en',headlines=[dict(role='short',value='Short'),dict(role='main',value=H)],bodies=[dict(role='summary',contentType='text/plain',value='Sum'),dict(role='main',contentType='text/plain',value=A+'\n'+B),dict(role='main',contentType='text/html',value=f'<p>{A}</p>')])),dict(id='u:3',title=H,date='2023-11-10',s=[H,A,B]))
case('ninjs1x.jsonl',J.dumps(dict(uri='u:4',versioncreated='2023-11-10T08:00:00Z',headline=H,body_xhtml=f'<div><p>{A}</p><p>{B}</p></div>',provider='P'))+'\n'+J.dumps(dict(uri='u:5',pubstatus='canceled',headline=H,body_text=A))+'\n',dict(id='u:4',title=H,s=[H,A,B]))
# services
case('gdelt.json',J.dumps(dict(articles=[dict(url='https://e.org/1',url_mobile='',title=H,seendate='20231110T081500Z',domain='e.org',language='English',sourcecountry='Kenya'),dict(url='https://e.org/2',title='Le Kenya rappelle son ambassadeur au Soudan après une longue dispute',seendate='20231110T081500Z',domain='e.fr',language='French')])),dict(title=H,date='2023-11-10',outlet='e.org'))
case('guardian.json',J.dumps(dict(response=dict(status='ok',total=1,results=[dict(id='world/1',type='article',webPublicationDate='2023-11-10T08:00:00Z',webTitle=H,webUrl='https://e.org/1',apiUrl='https://e.org/api',fields=dict(headline=H,body=f'<p>{A}</p><p>{B}</p>',publication='The Lake'))]))),dict(id='world/1',date='2023-11-10',title=H,url='https://e.org/1',outlet='The Lake',s=[H,A,B]))
case('newsapi-cut.json',J.dumps(dict(status='ok',totalResults=1,articles=[dict(source=dict(id=None,name='Lake'),title=H,publishedAt='2023-11-10T08:00:00Z',url='https://e.org/1',description='d',content=A+'\r\n'+B+' Then the presid… [+501 chars]')])),dict(date='2023-11-10',outlet='Lake',title=H),note='501')
case('nyt.json',J.dumps(dict(response=dict(docs=[dict(_id='nyt://1',web_url='https://e.org',headline=dict(main=H),pub_date='2023-11-10T08:00:00+0000',lead_paragraph=A,abstract=A,source='T')]))),dict(id='nyt://1',title=H,date='2023-11-10',s=[H,A]))
case('mediacloud.csv',f'id,indexed_date,language,media_name,media_url,publish_date,title,url\nabc,2023-11-12,en,lake.org,lake.org,2023-11-10,{H},https://e.org/1\n',dict(id='abc',date='2023-11-10',outlet='lake.org',title=H,lang='en'),note='title')

# ---- CSV, dates, JSON, hard-wrapped text -----------------------------------------------------------------
# CSV siblings
case('tab.csv',f'ID\tDatum\tHeadline\tBody\n1\t2023-11-10\t{H}\t{A} {B}\n',dict(id='1',date='2023-11-10',title=H,s=[H,A,B]))
case('pipe.csv',f'doc_id|Published At|Headline|Full Text|Section\n1|10 November 2023|{H}|"{A} A|B"|World\n',dict(id='1',date='2023-11-10',title=H,s=[H,A,'A|B']))
case('tab.tsv',f'title\ttext\n{H}\t{A}\n',dict(title=H,s=[H,A]))
case('comma.tsv',f'title,text\n{H},{A}\n',dict(title=H,s=[H,A]))
case('bom-quoted.csv',f'\ufeff"id","text"\r\n"1","{A}"\r\n',dict(id='1',s=[A]))
case('u16be.csv',f'id;text\n1;"{A}; {B}"\n'.encode('utf-16-be').join([b'\xfe\xff',b'']) if 0 else b'\xfe\xff'+f'id;text\n1;"{A}"\n'.encode('utf-16-be'),dict(id='1',s=[A]))
case('u16le-tab.csv',b'\xff\xfe'+f'id\ttext\r\n1\t{A}\r\n2\tCôte d’Ivoire left.\r\n'.encode('utf-16-le'),dict(id='1',s=[A]),dict(id='2',s=['Côte d’Ivoire left.']))
case('u16-nomark.csv',f'id,text\n1,{A}\n'.encode('utf-16-le'),refuse='UTF-16')
case('u16be-nomark.csv',f'id,text\n1,{A}\n'.encode('utf-16-be'),refuse='UTF-16')
case('u32.csv',f'id,text\n1,{A}\n'.encode('utf-32'),dict(id='1',s=[A]))
case('cp1252.csv','id,text\n1,Côte d’Ivoire thanked Togo.\n'.encode('cp1252'),dict(id='1',s=['C\ufffdte d\ufffdIvoire thanked Togo.']),note='bytes repaired')
case('cp1252-told.csv','id,text\n1,Côte d’Ivoire thanked Togo.\n'.encode('cp1252'),dict(id='1',s=['Côte d’Ivoire thanked Togo.']),flags=('--encoding','cp1252'))
case('nl.csv',f'id,text\n1,"{A}\n\n{B}"\n2,"x ""y"" z, said Kenya."\n',dict(id='1',s=[A,B]),dict(id='2',s=['x "y" z, said Kenya.']))
case('crlfnl.csv',f'id,text\r\n1,"{A}\r\n\r\n{B}"\r\n2,{A}\r\n',dict(id='1',s=[A,B]),dict(id='2',s=[A]))
case('cr2.csv',f'id,text\r1,"{A}\r\r{B}"\r2,{A}\r',dict(id='1',s=[A,B]),dict(id='2',s=[A]))
case('cr.tsv',f'id\ttext\r1\t{A}\r',dict(id='1',s=[A]))
case('rrow.csv',f'"id","date","text"\n"1","a",2023-11-10,"{A}"\n"2","b",NA,"{B}"\n',dict(id='a',date='2023-11-10',s=[A]),dict(id='b',date=None,s=[B]))
case('rrow2.csv',f'"","date","text"\n"1","2023-11-10","{A}"\n"2",NA,"{B}"\n',dict(date='2023-11-10',s=[A]),dict(date=None,s=[B]))
case('pandas.csv',f',id,date,text\n0,a,1699603200000,{A}\n1,b,,{B}\n',dict(id='a',date='2023-11-10',s=[A]),dict(id='b',date=None,s=[B]))
case('pandas-nan.csv',f'id,date,text\na,NaT,{A}\nb,nan,{B}\nc,None,{B} x\n',dict(id='a',date=None),dict(id='b',date=None),dict(id='c',date=None))
case('quotein.csv',f'id,text\n1,Kenya said "no" to Sudan.\n2,5" rain fell in Chad.\n',dict(s=['Kenya said "no" to Sudan.']),dict(s=['5" rain fell in Chad.']))
case('unclosed.csv',f'id,text\n1,"Kenya said no to Sudan.\n2,Chad left.\n3,Togo left.\n',dict(id='2',s=['Chad left.']),dict(id='3',s=['Togo left.']))
case('ragged.csv',f'id,text\n1,{A}\n2\n3,{A},x,y\n4,{B}\n',dict(id='1',s=[A]),dict(id='4',s=[B]))
case('dup-col.csv',f'id,text,text\n1,{A},{B}\n',dict(s=[A]))
case('sepline.csv',f'sep=;\nid;text\n1;{A}\n',dict(id='1',s=[A]))
case('nohead.csv',f'1,{A}\n2,{B}\n')
case('notext.csv','id,foo\n1,bar\n',refuse='text')
case('one.csv',f'text\n"{A}"\n{B}\n',dict(s=[A]),dict(s=[B]))
case('case.csv',f'TITLE,CONTENT,PUBLISHED\n{H},{A},"Nov 10, 2023"\n',dict(title=H,s=[H,A],date='2023-11-10'))
case('back2.csv','id,text\n1,"He said \\"yes\\", and \\"no\\"."\n2,"Togo ""won""."\n',dict(s=['He said "yes", and "no".']),dict(id='2'))
case('back3.csv','id,text\n1,"C:\\\\dir, Kenya said \\"no\\"."\n2,"Chad left."\n',dict(s=['C:\\dir, Kenya said "no".']),dict(s=['Chad left.']),note='odd quotes')
case('nulls.csv',f'id,text\n1,{A}\n2,\\N\n3,NULL\n4,{B}\n',dict(id='1',s=[A]),dict(id='4',s=[B]))
case('dates.csv','id,date,text\n'+''.join(f'{i},"{d}",Kenya left {i} times.\n' for i,d in enumerate(['2023-11-10','20231110','20231110T101500Z','2023-11-10T10:15:00+03:00','Fri, 10 Nov 2023 10:15:00 +0300','1699603200','1699603200000','10 November 2023','November 10, 2023','Nov. 10, 2023','2023/11/10','10.11.2023','13/11/2023','11/13/2023','2023-11','2023','2023-11-31','31 April 2023','10/11/2023','tomorrow','1699603200.5','2023-W45-5','Friday, November 10, 2023','10-Nov-2023','10-NOV-23','2023-11-10 10:15:00.123 UTC','10th of November 2023','November 2023','2023-11-10 10:15 AM','11/10/23','2023-11-10T10:15:00.000000000','1.6996e9','45240']))) if 0 else None
def d(x,w,*f): case('d.jsonl',J.dumps(dict(id='1',date=x,text=A)),dict(date=w,s=[A]),flags=f)
for x,w in [('2023-11-10','2023-11-10'),('20231110','2023-11-10'),(20231110,'2023-11-10'),('20231110T101500Z','2023-11-10'),('20231110101500','2023-11-10'),('2023-11-10T10:15:00+03:00','2023-11-10T10:15:00+03:00'),('Fri, 10 Nov 2023 10:15:00 +0300','2023-11-10'),(1699603200,'2023-11-10'),('1699603200','2023-11-10'),(1699603200000,'2023-11-10'),(1699603200.25,'2023-11-10'),('10 November 2023','2023-11-10'),('November 10, 2023','2023-11-10'),('Nov. 10, 2023','2023-11-10'),('2023/11/10','2023-11-10'),('10.11.2023',None),('13/11/2023','2023-11-13'),('11/13/2023','2023-11-13'),('2023-11','2023-11'),('2023','2023'),(2023,'2023'),('2023-11-31',None),('31 April 2023',None),('10/11/2023',None),('tomorrow',None),('Friday, November 10, 2023','2023-11-10'),('10-Nov-2023','2023-11-10'),('10-Nov-23 10:00','2023-11-10'),('2023-11-10 10:15:00.123 UTC','2023-11-10'),('10th of November 2023','2023-11-10'),('November 2023','2023-11'),('11/13/23',None),('Fri Nov 10 10:15:00 2023','2023-11-10'),('Fri Nov 10 10:15:00 UTC 2023','2023-11-10'),('Fri Nov 10 10:15:00 +0000 2023','2023-11-10'),('10 Nov 2023, 10:15','2023-11-10'),('2023-11-10T10:15Z','2023-11-10'),('2023-11-10 10:15','2023-11-10'),('10 novembre 2023','2023-11-10'),('10. November 2023','2023-11-10'),('10 de noviembre de 2023','2023-11-10'),('2023-11-10T25:61:00Z',None),('Published: November 10, 2023 at 10:15 a.m.','2023-11-10'),('0000-00-00',None),('2023-00-00',None),('Sept. 3, 2021','2021-09-03'),('3 Sept 2021','2021-09-03'),('1st May 2020','2020-05-01'),('10/11/2023 10:15',None),("Fri, 10 Nov 23 10:15:00 GMT",'2023-11-10'),('2023年11月10日',None),('2023-11-10T10:15:00.000+0300','2023-11-10'),('   2023-11-10  ','2023-11-10'),('-1',None),(0,None),(-86400,None),('May 2022','2022-05'),('2022-5-3','2022-05-03'),('3/5/2022',None),('30 Feb 2022',None)]: d(x,w)
d('05/03/2024','2024-03-05','--date-order','dmy'); d('05/03/2024','2024-05-03','--date-order','mdy'); d('13/03/2024',None,'--date-order','mdy'); d('05.03.24','2024-03-05','--date-order','dmy'); d('5/3/24 10:00','2024-05-03','--date-order','mdy'); d('05-03-2024','2024-03-05','--date-order','dmy')
# JSON
case('mix.jsonl',J.dumps(dict(id=12345678901234567890,text=A))[:-1].replace('12345678901234567890','12345678901234567890')+'}\n{"id":null,"text":"Chad left."}\n{"id":true,"text":"Togo left."}\n{"text":[{"text":"Benin left."},{"content":"Ghana left."}]}\n{"id":"x","text":{"paragraphs":["Kenya left."]}}\n{"id":"y","text":7}\n[1,2]\n"str"\n{"id":"z","text":"Niger left."',dict(id='12345678901234567890',s=[A]),dict(s=['Chad left.']),dict(id='true',s=['Togo left.']),dict(s=['Benin left.','Ghana left.']))
case('nan.jsonl','{"id":"a","text":"Chad left.","score":NaN}\n{"id":"b","text":"Chad left.","score":Infinity}\n{"id":"c","text":"Chad\tleft."}\n{"id":"d","text":"Chad \\ud83d left."}\n',dict(id='c',s=['Chad left.']))
case('htm.jsonl',J.dumps(dict(id='a',text='<div><p>Chad thanked <em>Togo</em>&nbsp;&ndash; twice.</p>\n<p>Benin &lt;b&gt; left.</p><blockquote>Ghana won.</blockquote><script>x()</script></div>'))+'\n'+J.dumps(dict(id='b',text='5 < 6 and 7 > 3, said Chad.'))+'\n'+J.dumps(dict(id='c',text='Chad &amp; Togo met.'))+'\n'+J.dumps(dict(id='d',text='Chad&#8217;s envoy left.<br><br>Togo stayed'))+'\n'+J.dumps(dict(id='e',text='AT&T met <Kenya> in Chad.')),
 dict(s=['Chad thanked Togo – twice.','Benin <b> left.','Ghana won.']),dict(s=['5 < 6 and 7 > 3, said Chad.']),dict(s=['Chad & Togo met.']),dict(s=['Chad’s envoy left.','Togo stayed']),dict(s=['AT&T met <Kenya> in Chad.']))
case('htm.csv','id,text\n1,"<p>Chad thanked Togo.</p><p>Benin left.</p>"\n',dict(s=['Chad thanked Togo.','Benin left.']),note='HTML')
case('pretty.json',J.dumps([dict(id='a',text=A),dict(id='b',body=B,headline=H)],indent=2),dict(id='a',s=[A]),dict(id='b',s=[H,B]))
case('dict.json',J.dumps(dict(data=[dict(id='a',text=A)])),dict(id='a',s=[A]))
case('single.json',J.dumps(dict(id='a',text=A),indent=1),dict(id='a',s=[A]))
case('nested.json',J.dumps(dict(out=dict(rows=[dict(x=dict(t=[A,B]))]))),dict(s=[A,B]),flags=('--json-items','out.rows','--json-text','x.t'))
case('u16.jsonl',J.dumps(dict(id='a',text='Côte d’Ivoire left.'),ensure_ascii=False).encode('utf-16'),dict(id='a',s=['Côte d’Ivoire left.']))
case('latin.jsonl',J.dumps(dict(id='a',text='Côte left.'),ensure_ascii=False).encode('latin-1'),dict(id='a',s=['C\ufffdte left.']),note='bytes repaired')
case('trunc.json','[{"id":"a","text":"Chad left."},{"id":"b","text":"Togo l',dict(id='a',s=['Chad left.']))
case('bom.jsonl','\ufeff'+J.dumps(dict(id='a',text=A))+'\n',dict(id='a',s=[A]))
case('elastic.json',J.dumps(dict(took=3,hits=dict(total=1,hits=[dict(_id='e1',_source=dict(title=H,text=A,date='2023-11-10'))]))),dict(title=H,s=[H,A],date='2023-11-10'))
# wraps
w='''Kenya recalls envoy

Kenya on Friday recalled its ambassador from the
capital of Sudan after a week of disputes over the
border between the two. Sudan rejected the step and
warned of consequences for the region.

The African Union asked both of them to return to
talks. Chad offered to be a mediator between them.
'''
S1=['Kenya recalls envoy','Kenya on Friday recalled its ambassador from the capital of Sudan after a week of disputes over the border between the two.','Sudan rejected the step and warned of consequences for the region.','The African Union asked both of them to return to talks.','Chad offered to be a mediator between them.']
case('wrap.txt',w,dict(s=S1),note='lines joined')
case('wrapcrlf.txt',w.replace('\n','\r\n'),dict(s=S1),note='lines joined')
case('wrapcr.txt',w.replace('\n','\r'),dict(s=S1),note='lines joined')
case('wrapindent.txt',re.sub(r'\n\nKenya','\n\n  Kenya',re.sub(r'\n\nThe','\n  The',w)),dict(s=S1),note='lines joined')
case('wrap.csv','id,text\n1,"'+w.split('\n\n',1)[1]+'"\n',dict(s=S1[1:]),note='lines joined')
case('wrap.jsonl',J.dumps(dict(id='1',text=w.split('\n\n',1)[1])),dict(s=S1[1:]),note='lines joined')
case('wrap16.txt',w.encode('utf-16'),dict(s=S1),note='lines joined')
case('nowrap.txt',f'{H}\n{A}\n{B}\n',dict(s=[H,A,B]))
case('short.txt','Kenya and Sudan\n\nKenya recalled\nits envoy from\nSudan on Friday.\nSudan said it\nwould answer.\n',dict(s=['Kenya and Sudan','Kenya recalled its envoy from Sudan on Friday.','Sudan said it would answer.']),note='lines joined')
case('list.txt','Points\n\n- Kenya recalled its envoy\n- Sudan rejected the step\n- Chad offered to mediate\n',dict(title='Points'))
case('poem.txt','Headlines\nKenya recalls envoy\nSudan rejects step\nChad offers talks\n',dict(s=['Headlines','Kenya recalls envoy','Sudan rejects step','Chad offers talks']))

# ---- Pages, databases, mail, what is refused -------------------------------------------------------------
# captions etc
case('cap.html',page(f'<header><ul><li>Iran threatens Iraq</li></ul></header><main><h1>{H}</h1><div class="lead-image"><img><p class="caption">Ghana troops march in 2011. Picture: X/AFP</p></div>{P(A)}<div class="wp-caption"><img><p class="wp-caption-text">Peru signs a treaty with Chile in this file photo.</p></div>{P(B)}<div class="related-links"><h3>More on this</h3><p><a href=x>Brazil attacks Peru over the border in the north</a></p></div><p><em>Also read: <a href=z>India hates Nepal</a></em></p><div class="social-share"><p>Share this story on Facebook, please, with all of your friends.</p></div></main><div id="disqus_thread"><p>joe: Turkey betrayed Greece again and again.</p></div><footer>(c) Belgium</footer>'),dict(title=H,s=s3))
case('live.html',page(f'<div id="live"><h1>{H}</h1><article class="post"><h3>12:30 Kenya reacts</h3><p>{A}</p></article><article class="post"><h3>12:00 Sudan answers</h3><p>{B}</p></article><article class="post"><h3>11:00 Chad</h3><p>{C}</p></article></div>'),dict(s=[H,'12:30 Kenya reacts',A,'12:00 Sudan answers',B,'11:00 Chad',C]))
LD='{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},{"@type":["NewsArticle","Article"],"headline":"%s","datePublished":"2023-11-10T08:00:00+03:00","publisher":{"@type":"Organization","name":"Lake News"},"inLanguage":"en","articleBody":"%s\\n\\n%s"}]}'%(H,A,B)
case('ld.html',page('<noscript>You need to enable JavaScript to run this app.</noscript><div id=app></div>','<script type="application/ld+json">'+LD+'</script>','Lake'),dict(title=H,date='2023-11-10',outlet='Lake News',s=s3))
case('ld-list.html',page('<div id=app>Loading, please wait until the page is ready...</div>','<script type=application/ld+json>['+LD+']</script>'),dict(title=H,s=s3))
case('ld-html.html',page('<div></div>','<script type="application/ld+json">{"@type":"Article","headline":"Kenya &amp; Sudan","articleBody":"<p>%s</p><p>%s</p>"}</script>'%(A,B)),dict(title='Kenya & Sudan',s=['Kenya & Sudan',A,B]))
case('ld-teaser.html',page(P(A,B,C),'<script type="application/ld+json">{"@type":"NewsArticle","headline":"%s","articleBody":"%s"}</script>'%(H,A)),dict(s=s3+[C]))
case('br.html',page(f'<h1>{H}</h1><div id="body">{A}<br /><br />\n{B}<br/>\n<br>{C}</div>'),dict(s=s3+[C]))
case('br1.html',page(f'<h1>{H}</h1><td>{A}<br>{B}<br>{C}</td>'),dict(s=s3+[C]))
case('br-nodot.html',page(f'<h1>{H}</h1><p>{A[:-1]}<br><br>{B[:-1]}</p>'),dict(s=[H,A[:-1],B[:-1]]))
case('hid.html',page(f'<article><h1>{H}</h1>{P(A)}<p style="color:red; display : none ;">Iran threatens Iraq in hidden words of this page.</p><div style="visibility:hidden"><p>Egypt insults Sudan in words nobody sees.</p></div><span style="display:none!important">Peru attacks Chile.</span>{P(B)}<details><summary>More</summary><p>{C}</p></details><dialog><p>Sign up to our newsletter about Brazil today.</p></dialog><script>var x="Spain attacks";</script><style>p{{}}</style><!-- <p>Ghana attacks.</p> --></article>'),dict(s=s3+[C]))
case('hidcls.html',page(f'<article><h1>{H}</h1>{P(A)}<p class="visually-hidden">Iran threatens Iraq in text for screen readers alone.</p><p class="sr-only">Chad attacks Togo.</p>{P(B)}</article>'),dict(s=s3))
case('shy.html',page(f'<article><p>The Cen\u00adtral Afri\u00adcan Repub\u00adlic praised Bu\u200brundi for its support of the talks.</p><p>South&#x200b;Africa and Equa&#173;torial Guinea signed a deal on Friday, officials said.</p></article>'),dict(s=[H,'The Central African Republic praised Burundi for its support of the talks.','SouthAfrica and Equatorial Guinea signed a deal on Friday, officials said.']))
case('list.html',page(f'<main><h1>{H}</h1><p>{A}</p><ol><li>Kenya recalled its envoy</li><li>Sudan protested</li></ol><dl><dt>Chad</dt><dd>Chad thanked Togo.</dd></dl><blockquote><p>“Sudan will never forget this.”</p></blockquote><table><thead><tr><th>Country</th><th>Votes</th></tr></thead><tr><td>Peru</td><td>3</td></tr></table></main>'),dict(s=[H,A,'Kenya recalled its envoy','Sudan protested','Chad','Chad thanked Togo.','“Sudan will never forget this.”']))
case('cp.html',b'<html><head><meta charset=iso-8859-1><title>C\xf4te d\x92Ivoire</title></head><body><p>C\xf4te d\x92Ivoire \x96 and S\xe3o Tom\xe9 \x93met\x94 on Friday, the ministry said.</p></body></html>',dict(title='Côte d’Ivoire',s=['Côte d’Ivoire','Côte d’Ivoire – and São Tomé “met” on Friday, the ministry said.']))
case('cpascii.html',b'<html><head><meta http-equiv=content-type content="text/html; charset=us-ascii"><title>X</title></head><body><p>C\xf4te d\x92Ivoire met Togo on Friday, the ministry said &#146;so&#146;.</p></body></html>',dict(s=['X','Côte d’Ivoire met Togo on Friday, the ministry said ’so’.']))
case('cpnone.html',b'<title>X</title><p>C\xf4te d\x92Ivoire met Togo on Friday, the ministry said.</p>',dict(s=['X','Côte d’Ivoire met Togo on Friday, the ministry said.']),note='1252')
case('lie.html','<meta charset="iso-8859-1"><title>X</title><p>Côte d’Ivoire met Togo on Friday, the ministry said.</p>',dict(s=['X','Côte d’Ivoire met Togo on Friday, the ministry said.']))
case('win1251.html','<html><head><meta charset="windows-1251"><title>X</title></head><body><p>Россия и Франция met on Friday, the ministry of Mali said today.</p></body></html>'.encode('cp1251'),dict(s=['X','Россия и Франция met on Friday, the ministry of Mali said today.']))
case('u16.html','<html><head><title>X</title></head><body><p>Côte d’Ivoire met Togo on Friday, the ministry said.</p></body></html>'.encode('utf-16'),dict(s=['X','Côte d’Ivoire met Togo on Friday, the ministry said.']))
for c in ['no-sidebar','modal-enabled','category-social','adam','has-comments','single-post ad-free','page-with-share','menu-open','popup-ready','sidebar-right','content-sidebar','footer-visible','related-none','nav-on','login-false','cookies-accepted','widget-area','promo-2','banner']:
    case(f'cls-{c.replace(" ","_")}.html',page(f'<div class="{c}"><div class="c"><h1>{H}</h1>{P(A,B,C)}</div></div>'),dict(s=s3+[C]))
    case(f'bcls-{c.replace(" ","_")}.html',page(f'<h1>{H}</h1>{P(A,B,C)}').replace('<body>',f'<body class="{c}">'),dict(s=s3+[C]))
case('form.html',page(f'<form id="f" action="x"><input type=hidden name=__VIEWSTATE value="{"x"*500}"><div class=menu><a href=1>Home</a></div><div id="ctl00"><h1>{H}</h1>{P(A,B)}</div><select><option>Peru</option></select></form>'),dict(s=s3))
case('parts.html',page(f'<h1>{H}</h1><section class="seg"><p>{A}</p></section><aside>Ad: buy Brazil nuts now at a low price, today only.</aside><section class="seg"><p>{B}</p><p>{C}</p></section><div class="ad-slot"><p>Advertisement: Peru attacks your taste, buy now.</p></div><section class="seg"><p>Togo left.</p></section>'),dict(s=s3+[C,'Togo left.']))
case('parts2.html',page(f'<div id=a><h1>{H}</h1><div><div><p>{A}</p></div></div><div class="mid"><div data-ad></div></div><div><div><p>{B}</p><p>{C}</p></div></div><div><div><p>Togo left the room.</p></div></div></div>'),dict(s=s3+[C,'Togo left the room.']))
case('paywall.html',page(f'<article><h1>{H}</h1>{P(A)}<div class="paywall">{P(B,C)}</div></article>'),dict(s=s3+[C]))
case('paywall2.html',page(f'<article><h1>{H}</h1>{P(A)}<div class="meteredContent subscriber-only premium">{P(B)}</div></article>'),dict(s=s3))
case('teasers.html',page(''.join(f'<div class="teaser"><h2><a href="/{i}">Headline {i} of Kenya</a></h2><p>Kenya did thing number {i} in the capital on Friday, the ministry said in a statement.</p></div>' for i in range(8))),refuse='list|several|no article')
case('teasers2.html',page('<main>'+''.join(f'<article><h3>Headline {i} of Kenya</h3><p>Kenya did thing number {i} in the capital on Friday, the ministry said in a statement to the press and others there.</p></article>' for i in range(4))+'</main>'),refuse='list|several')
case('links.html',page('<ul>'+''.join(f'<li><a href="/{i}">Kenya did thing number {i} in the capital</a></li>' for i in range(30))+'</ul>'),refuse='links|no article')
case('empty.html',page('<div id=root></div>'),refuse='no article')
case('noclose.html',f'<html><title>{H}</title><body><p>{A}<p>{B}<ul><li>Kenya left<li>Togo left</ul>',dict(s=s3+['Kenya left','Togo left']))
case('title.html',page(f'<article><h1>{H}: live updates</h1>{P(A,B)}</article>','<meta property="og:title" content="Kenya &amp; Sudan: what’s next | Lake News"><meta property="og:site_name" content="Lake News"><meta name="date" content="10 November 2023"><link rel=canonical href="https://e.org/k"><meta property="og:locale" content="en_GB">',H+' - Lake News'),dict(outlet='Lake News',date='2023-11-10',url='https://e.org/k',lang='en'))
case('time.html',page(f'<article><h1>{H}</h1><time datetime="2023-11-10T08:00:00Z">10 Nov</time>{P(A,B)}</article>'),dict(date='2023-11-10'))
case('micro.html',page(f'<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{H}</h1><meta itemprop="datePublished" content="2023-11-10"><div itemprop="articleBody">{P(A,B)}</div></div><div>{P("Peru attacked Chile in another story that is here.")}</div>'),dict(date='2023-11-10',s=s3))
case('divs.html',page(f'<h1>{H}</h1><div class=x><div>{A}</div><div>{B}</div><div>{C}</div></div>'),dict(s=s3+[C]))
case('pre.html',page(f'<h1>{H}</h1><pre>{A}\n\n{B}\n</pre>'),dict(s=s3))
case('comments.html',page(f'<div id=story><h1>{H}</h1>{P(A,B)}</div><div id="comments"><div class="comment"><p>{"Turkey betrayed Greece and everybody knows it, said a reader at length. "*4}</p></div><div class="comment"><p>{"Greece never did a thing, said another reader who had time. "*5}</p></div></div>'),dict(s=s3))
# databases
nx=lambda n,t,o,d,body,extra='':f'                               {n} of {t} DOCUMENTS\n\n\n                                 {o}\n\n                            {d}\n\n{H}\n\nBYLINE: J. Doe\n\nLENGTH: 60 words\n{extra}\n\n{body}\n\nLOAD-DATE: November 11, 2023\n\nLANGUAGE: ENGLISH\n\nPUBLICATION-TYPE: Newspaper\n\n\n                     Copyright 2023 {o}\n                            All Rights Reserved\n\n'
w='Kenya on Friday recalled its envoy from Sudan after a week of\ndisputes.\n\nSudan rejected the step and warned Kenya of serious\nconsequences.'
case('nexis.txt','\ufeff'+(nx(1,3,'Lake News','November 10, 2023 Friday',w)+nx(2,3,'The River (Nairobi)','November 11, 2023 Saturday 10:00 AM GMT',w,'\nDATELINE: NAIROBI\n\nHIGHLIGHT: Peru.\n')+nx(3,3,'Other','12 November 2023',w)).replace('\n','\r\n'),dict(title=H,date='2023-11-10',outlet='Lake News',s=s3),dict(title=H,date='2023-11-11',outlet='The River (Nairobi)',s=s3),dict(date='2023-11-12',outlet='Other',s=s3))
case('nexis1.txt',nx(1,1,'Lake News','November 10, 2023 Friday',w).replace('DOCUMENTS','DOCUMENT'),dict(title=H,date='2023-11-10',s=s3))
case('nexis-fr.txt',nx(1,2,'Le Lac','10 novembre 2023 vendredi',w).replace('of 2 DOCUMENTS','de 2 DOCUMENTS')+nx(2,2,'Le Lac','11 novembre 2023',w).replace('of 2 DOCUMENTS','de 2 DOCUMENTS'),dict(date='2023-11-10',s=s3),dict(date='2023-11-11'))
new=lambda t,o,d,body:f'{t}\n\n{o}\n\n{d}\n\nCopyright 2023 {o} All Rights Reserved\n\nSection: WORLD; Pg. 3\n\nLength: 60 words\n\nByline: J. Doe\n\nBody\n\n\n{body}\n\n\nClassification\n\n\nLanguage: ENGLISH\n\nPublication-Type: Newspaper\n\nSubject: DIPLOMACY (90%)\n\nGeographic: PERU (79%)\n\nLoad-Date: November 11, 2023\n\n\nEnd of Document\n\n\n'
case('nexisuni.txt',new(H,'Lake News','November 10, 2023 Friday',f'{A}\n\n{B}')+new('Chad thanks Togo','The River','November 11, 2023 Saturday 10:00 AM GMT',C),dict(title=H,date='2023-11-10',outlet='Lake News',s=s3),dict(title='Chad thanks Togo',date='2023-11-11',outlet='The River',s=['Chad thanks Togo',C]))
pq=lambda t,pi,body,extra='':f'{t}\n\nAuthor: Doe, J.\n\nPublication info: {pi}\n\nProQuest document link\n\nAbstract: Peru left.\n\nFull text: {body}\n\nSubject: Diplomacy\n\nLocation: Spain\n\nPublication title: {extra}\n\nProQuest document ID: 12345\n\nDocument URL: https://e.org/1\n\nCopyright: Copyright Lake 2023\n\n____________________________________________________________\n\n'
case('pq.txt','____________________________________________________________\n\nReport Information from ProQuest\n\n____________________________________________________________\n\n'+pq(H,'Lake News ; Nairobi [Nairobi]. 10 Nov 2023.',A+'\n\n'+B),dict(id='12345',title=H,date='2023-11-10',s=s3))
# factiva, europresse
fh=lambda i,t,d,o,*p:f'<div class="article enArticle" id="article-{i}"><div id="hd"><span class="enHeadline">{t}</span></div><div class="author">By J. Doe</div><div>60 words</div><div>{d}</div><div>08:00</div><div>{o}</div><div>LAKE</div><div>English</div><div>(c) 2023 {o}</div>'+''.join(f'<p class="articleParagraph enarticleParagraph">{x}</p>' for x in p)+f'<p>Document {i}</p></div>'
case('fac.html','<!DOCTYPE html><html><head><title>Factiva</title></head><body><div>'+fh('LAKE000020231110ejba0001',H,'10 November 2023','Lake News',A,B)+'<br/>'+fh('RIV0000020231111ejbb0002','Chad thanks Togo','11 November 2023','The River',C)+'</div></body></html>',dict(id='LAKE000020231110ejba0001',title=H,date='2023-11-10',outlet='Lake News',s=s3),dict(title='Chad thanks Togo',date='2023-11-11',outlet='The River',s=['Chad thanks Togo',C]))
# mail
case('m1.eml','From: =?iso-8859-1?Q?Lac_c=F4t=E9?= <a@e.org>\r\nMessage-ID: <x1@e.org>\r\nSubject: =?UTF-8?B?S2VueWEgcmVjYWxscyBlbnZveQ==?=\r\nDate: Fri, 10 Nov 2023 08:00:00 +0300\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="b1"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nC=F4te d=92Ivoire met Togo on Friday.\r\n--b1\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--b1--\r\n',dict(id='x1@e.org',title=H,date='2023-11-10',outlet='Lac côté',s=[H,'Côte d’Ivoire met Togo on Friday.']))
case('m2.eml',f'Received: by x\nFrom: a@e.org\nSubject: {H}\nDate: Fri, 10 Nov 2023 08:00:00 +0300\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n'+base64.encodebytes(f'<html><body><p>{A}</p><p>{B}</p></body></html>'.encode()).decode(),dict(title=H,s=s3))
case('m.mbox',f'From a@e.org Fri Nov 10 08:00:00 2023\nFrom: a@e.org\nSubject: {H}\nMessage-ID: <1@e>\nDate: Fri, 10 Nov 2023 08:00:00 +0300\n\n{A}\n>From Sudan came no word.\n\nFrom b@e.org Fri Nov 10 09:00:00 2023\nFrom: b@e.org\nSubject: Chad thanks Togo\nDate: Sat, 11 Nov 2023 08:00:00 +0300\n\n{C}\n',dict(id='1@e',title=H,date='2023-11-10'),dict(title='Chad thanks Togo',date='2023-11-11',s=['Chad thanks Togo',C]))
for n,d in [('a.rtf',b'{\\rtf1\\ansi x'),('a.txt',b'{\\rtf1\\ansi x'),('b.pdf',b'%PDF-1.7\n'),('c.txt',b'%PDF-1.7\n'),('d.doc',b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'+b'\0'*600),('e.png',b'\x89PNG\r\n\x1a\n'),('f.docx',b'PK\x03\x04'+b'\0'*40),('g.jpg',b'\xff\xd8\xff\xe0\0\x10JFIF'),('h.txt',b'\x7fELF\x02\x01'),('i.txt',b'SQLite format 3\0'),('j.txt',b'7z\xbc\xaf\x27\x1c'),('k.txt',b'Rar!\x1a\x07'),('l.txt',b'\0\x01\x02'*50),('m.txt',b'PAR1xxxx'),('n.txt',b'\x80\x04\x95'+b'x'*30),('o.txt',b''),('p.html',b''),('r.csv',b''),('s.xml',b''),('t.xml',b'<?xml version="1.0"?><foo><bar>x</bar></foo>'),('u.txt',b'GIF89a'),('v.mp3',b'ID3\x03')]: case('ref-'+n,d,refuse='.')

# ---- Nexis Uni -------------------------------------------------------------------------------------------
new=lambda t,o,d,body:f'{t}\n\n{o}\n\n{d}\n\nCopyright 2023 {o} All Rights Reserved\n\nSection: WORLD; Pg. 3\n\nLength: 60 words\n\nByline: J. Doe\n\nHighlight: On 3 May 2020 Peru left.\n\nBody\n\n\n{body}\n\n\nGraphic\n\nGhana troops.\n\nClassification\n\n\nLanguage: ENGLISH\n\nPublication-Type: Newspaper\n\nSubject: DIPLOMACY (90%)\n\nGeographic: PERU (79%)\n\nLoad-Date: November 11, 2023\n\n\nEnd of Document\n\n\n'
T=new(H,'Lake News','November 10, 2023 Friday',f'{A}\n\n{B}')+new('Chad thanks Togo','The River','November 11, 2023 Saturday 10:00 AM GMT',C)
W=[dict(title=H,date='2023-11-10',outlet='Lake News',lang='en',s=[H,A,B]),dict(title='Chad thanks Togo',date='2023-11-11',outlet='The River',s=['Chad thanks Togo',C])]
case('u1.txt',T,*W)
case('u2.txt',re.sub('\n\n+','\n',T),*W)
case('u3.txt','\ufeff'+T.replace('\n','\r\n'),*W)
cover='User Name: Jo\nDate and Time: Sunday, 12 November 2023 10:00:00 GMT\nJob Number: 12345\nDocuments (2)\n1. '+H+'\nClient/Matter: -None-\nSearch Terms: kenya\nSearch Type: Terms\n2. Chad thanks Togo\nClient/Matter: -None-\n'
case('u4.txt',cover+re.sub('\n\n+','\n',T),*W)
case('u5.txt',cover.replace('\n','\n\n')+T,*W)
def docx(lines,extra=b''):
    b=io.BytesIO(); z=zipfile.ZipFile(b,'w',zipfile.ZIP_DEFLATED)
    z.writestr('[Content_Types].xml','<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
    z.writestr('_rels/.rels','<Relationships/>')
    esc=lambda s:s.replace('&','&amp;').replace('<','&lt;')
    body=''.join(f'<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr>'+''.join(f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{esc(x)}</w:t></w:r>' for x in (l[:5],l[5:]))+'</w:p>' if l else '<w:p/>' for l in lines)
    z.writestr('word/document.xml','<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'+body+'<w:sectPr/></w:body></w:document>')
    z.writestr('word/styles.xml','<x/>'); z.close(); return b.getvalue()
case('n1.docx',docx(T.split('\n')),*W)
case('n2.docx',docx((cover+T).split('\n')),*W)
case('letter.docx',docx(['Dear Sir','Kenya left.']),refuse='Word document')
b=io.BytesIO(); z=zipfile.ZipFile(b,'w'); z.writestr('[Content_Types].xml','<x/>'); z.writestr('xl/workbook.xml','<x/>'); z.close()
case('t.xlsx',b.getvalue(),refuse='Office file')
case('cut.docx',docx(T.split('\n'))[:700],refuse='damaged|ends')
case('pq.txt','____________________________________________________________\n\nReport Information from ProQuest\n\n____________________________________________________________\n\n'+f'{H}\n\nAuthor: D\n\nPublication info: Lake News ; Nairobi [Nairobi]. 10 Nov 2023.\n\nFull text: {A}\n\n{B}\n\nSubject: x\n\n____________________________________________________________\n\nContact us at: http://x\n\nCopyright y',dict(title=H,date='2023-11-10',outlet='Lake News',s=[H,A,B]))

# ---- NULs end no text in silence
N='Kenya on Friday\0 recalled its envoy from Sudan.'; n=N.replace('\0',' ')
case('nul.xml',f'<?xml version="1.0"?><rss><channel><item><title>T</title><guid>nul-1</guid><description>{N}</description></item></channel></rss>',dict(s=['T',n.replace('  ',' ')]),note='bytes repaired')
case('nul.eml',f'From: a@e.org\nSubject: T\nMessage-ID: <nul-2>\nDate: Fri, 10 Nov 2023 08:00:00 +0300\n\n{N}\n',dict(s=['T',n]),note='bytes repaired')
case('nul.html',f'<title>T</title><p>Côte d’Ivoire. {N}</p>',dict(s=['T','Côte d’Ivoire.',n.replace('  ',' ')]),note='bytes repaired')
case('nul.jsonl','{"id":"nul-3","text":"Kenya\0 left."}\n{"id":"nul-4","text":"Chad left."}\n',dict(id='nul-4',s=['Chad left.']))
case('nul.txt',f'T\n{N}\n',refuse='binary data')
case('utf8-note.html','<title>T</title><p>Côte d’Ivoire met Togo on Friday, the ministry said.</p>'.encode('utf-16'),dict(s=['T','Côte d’Ivoire met Togo on Friday, the ministry said.']))

# ---- answers of services, exports of crawlers and databases
jc=lambda name,o,*rest,**more: case(name,J.dumps(o)+'\n',*rest,**more)
one=lambda **k: dict(dict(title=H,date='2023-11-10',s=[H,A,B]),**k)
AB=A+' '+B
jc('event-registry.json',{"articles":{"results":[{"uri":"7812345678","lang":"eng","isDuplicate":False,"date":"2023-11-10","dateTime":"2023-11-10T10:00:00Z","url":"https://e.org/1","title":H,"body":AB,"source":{"uri":"lake.org","title":"The Lake"}}],"totalResults":1}},one(id='7812345678',outlet='The Lake'))
jc('event-registry2.json',{"recentActivityArticles":{"activity":[{"uri":"78","lang":"eng","date":"2023-11-10","title":H,"body":AB,"source":{"title":"The Lake"}}]}},one(id='78',outlet='The Lake'))
jc('aylien.json',{"stories":[{"id":123456789012,"title":H,"body":AB,"language":"en","published_at":"2023-11-10T10:00:00Z","source":{"id":12,"name":"The Lake","domain":"lake.org"},"links":{"permalink":"https://e.org/1"}}]},one(id='123456789012',outlet='The Lake'))
jc('bing.json',{"_type":"News","value":[{"name":H,"url":"https://e.org/1","description":AB,"datePublished":"2023-11-10T10:00:00.0000000Z","provider":[{"_type":"Organization","name":"The Lake"}]}]},one(outlet='The Lake'),note='cut')
jc('mediastack.json',{"pagination":{"limit":100},"data":[{"title":H,"description":AB,"url":"https://e.org/1","source":"The Lake","language":"en","published_at":"2023-11-10T10:00:00+00:00"}]},one(outlet='The Lake'),note='cut')
jc('newscatcher.json',{"status":"ok","articles":[{"title":H,"published_date":"2023-11-10 10:00:00","link":"https://e.org/1","clean_url":"lake.org","excerpt":"Kenya ...","summary":AB,"language":"en","_id":"ab12"}]},one(id='ab12',outlet='lake.org'))
jc('newscatcher3.json',{"status":"ok","articles":[{"title":H,"published_date":"2023-11-10 10:00:00","link":"https://e.org/1","domain_url":"lake.org","name_source":"The Lake","description":"Kenya ...","content":AB,"language":"en","id":"ab12"}]},one(id='ab12',outlet='The Lake'))
jc('newsdata.json',{"status":"success","results":[{"article_id":"a1","title":H,"link":"https://e.org/1","description":A,"content":AB,"pubDate":"2023-11-10 10:00:00","source_name":"The Lake","language":"english"}]},one(id='a1',outlet='The Lake'))
jc('worldnews.json',{"offset":0,"news":[{"id":99,"title":H,"text":AB,"summary":"x","url":"https://e.org/1","publish_date":"2023-11-10 10:00:00","language":"en"}]},one(id='99'))
jc('nyt-search.json',{"status":"OK","response":{"docs":[{"web_url":"https://e.org/1","snippet":A,"lead_paragraph":AB,"source":"The New York Times","headline":{"main":H,"kicker":None},"pub_date":"2023-11-10T10:00:00+0000","_id":"nyt://article/1"}]}},one(id='nyt://article/1',outlet='The New York Times'))
jc('guardian-blocks.json',{"response":{"status":"ok","results":[{"id":"world/x","webPublicationDate":"2023-11-10T10:00:00Z","webTitle":H,"blocks":{"body":[{"bodyTextSummary":A,"bodyHtml":"<p>no</p>"},{"bodyTextSummary":B}]}}]}},one(id='world/x'))
jc('webz.json',{"posts":[{"uuid":"u1","url":"https://e.org/1","title":H,"text":AB,"published":"2023-11-10T10:00:00.000+02:00","language":"english","thread":{"site":"lake.org","title":"Other"}}]},one(outlet='lake.org'))
jc('trafilatura.json',{"title":H,"hostname":"lake.org","date":"2023-11-10","fingerprint":"x","id":None,"comments":"","raw_text":"no","text":AB,"language":"en","source":"https://e.org/1","source-hostname":"The Lake","excerpt":"x"},one(outlet='The Lake'))
jc('cc-news.jsonl',{"plain_text":AB,"published_date":"2023-11-10","title":H,"language":"en","sitename":"The Lake","requested_url":"https://e.org/1"},one(outlet='The Lake',url='https://e.org/1'))
jc('elastic.jsonl',{"_index":"news","_id":"e1","_source":{"title":H,"content":AB,"published":"2023-11-10"}},one(id='e1',outlet=None))
jc('mongo-long.jsonl',{"_id":{"$oid":"654e0001"},"title":H,"body":AB,"date":{"$date":{"$numberLong":"1699610400000"}}},one(id='654e0001'))
case('gkg.csv','20231110100000-1\t20231110100000\t1\tlake.org\thttps://e.org/1'+'\t'*22+'\n',refuse="GDELT's codes")
case('20231110.export.CSV','1139000001\t20221110\t202211\t2022\t2022.85\tKEN\tKENYA'+'\t'*50+'\n',refuse="GDELT's codes")
case('proquest-numbers.txt',f"{'_'*60}\n\nDocument 1 of 2\n\n{H}\n\nAuthor: Doe, Jo\n\nPublication info: The Lake ; Nairobi [Nairobi]. 10 Nov 2023: A1.\n\nFull text: {AB}\n\nPublication title: The Lake\n\nPublication date: Nov 10, 2023\n\nProQuest document ID: 123\n\n{'_'*60}\n\nContact ProQuest\n",one(id='123',outlet='The Lake'))

# WordPress's export: pictures, menus and drafts are no articles; a digest of mails; two stray quotes that make a pair; Excel's dates
wp=lambda number,kind,state,title,text:f'<item><title>{title}</title><link>https://e.org/{number}</link><pubDate>Fri, 10 Nov 2023 08:00:00 +0000</pubDate><guid isPermaLink="false">https://e.org/?p={number}</guid><content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{number}</wp:post_id><wp:status><![CDATA[{state}]]></wp:status><wp:post_type><![CDATA[{kind}]]></wp:post_type></item>'
case('wxr.xml','<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>The Lake</title><wp:wxr_version>1.2</wp:wxr_version>'+wp(1,'attachment','inherit','picture-1','')+wp(2,'post','publish','Kenya left',f'<!-- wp:paragraph --><p>{A}</p><!-- /wp:paragraph -->')+wp(3,'post','draft','Not yet',f'<p>{B}</p>')+wp(4,'nav_menu_item','publish','Home','')+wp(5,'page','publish','About the lake',f'<p>{C}</p>')+'</channel></rss>',dict(id='https://e.org/?p=2',title='Kenya left',date='2023-11-10',outlet='The Lake',s=['Kenya left',A]),dict(id='https://e.org/?p=5',s=['About the lake',C]))
case('digest.eml',f'From: list@e.org\nSubject: Lake Digest, Vol 1\nDate: Fri, 10 Nov 2023 08:00:00 +0300\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="o"\n\n--o\nContent-Type: text/plain\n\nTopics: two.\n--o\nContent-Type: multipart/digest; boundary="i"\n\n--i\n\nFrom: a@e.org\nSubject: One\n\n{A}\n--i\n\nFrom: b@e.org\nSubject: Two\n\n{B}\n--i--\n--o--\n',refuse='digest of several mails')
case('pair.csv','id,date,text\np1,2023-11-10,"Kenya left.\np2,2023-11-11,Chad left.\np3,2023-11-12,Togo left."\np4,10-Nov-23,Peru left.\n',dict(id='p1'),dict(id='p4',date='2023-11-10',s=['Peru left.']),note='quote not closed')

# Factiva's index format, whose mark is not the first attribute, and its API; an address below a text of Nexis Uni; the Times' LEAD; feeds of WordPress
row=lambda k,v:f'<tr><td><b>{k}&nbsp;</b></td><td>{v}</td></tr>'
fi=lambda i,t,d,*ps:f'<div id="article-{i}" class="article enArticle"><table class="indexTable">'+row('HD',f'<span class="enHeadline"> {t} </span>')+row('PD',d)+row('SN','Lake News')+row('LP',P(*ps))+row('NS','Peru')+row('AN',f'Document {i}')+'</table></div>'
case('factiva-index.html','<!DOCTYPE html><title>Factiva</title><body>'+fi('LAKE000020231110ejba0011',H,'10 November 2023',A,B)+fi('LAKE000020231111ejba0012','Chad thanks Togo','11 November 2023',C),dict(id='LAKE000020231110ejba0011',title=H,date='2023-11-10',s=s3),dict(id='LAKE000020231111ejba0012',date='2023-11-11',s=['Chad thanks Togo',C]))
case('factiva-api.xml',f'<?xml version="1.0"?><GetArticleResponse><articleResultSet count="1"><article><accessionNo>LAKE13</accessionNo><headline><paragraph>{H}</paragraph></headline><leadParagraph><paragraph>{A}</paragraph></leadParagraph><tailParagraphs><paragraph>{B}</paragraph></tailParagraphs><publicationDate><date>2023-11-10</date></publicationDate><sourceName>Lake News</sourceName></article></articleResultSet></GetArticleResponse>',dict(id='LAKE13',title=H,date='2023-11-10',outlet='Lake News',s=s3))
case('uni-address.txt',new(H,'Lake News','November 10, 2023 Friday',f'{A}\n\n{B}\n\nhttps://lake.example/kenya'),dict(title=H,url='https://lake.example/kenya',s=s3))
case('nyt-lead.xml',nitf('lead-1','20051110','The Times',f'<block class="lead_paragraph"><p>LEAD: {A}</p></block><block class="full_text"><p>LEAD: {A}</p><p>{B}</p></block>'),dict(id='lead-1',s=s3))
case('wordpress.xml',f'<rss version="2.0" xmlns:content="x"><channel><title>Lake News</title><item><title>{H}</title><guid>wp-1</guid><content:encoded><![CDATA[<p>{A}</p><p>The post <a href="x">{H}</a> appeared first on <a href="y">Lake News</a>.</p>]]></content:encoded></item></channel></rss>',dict(id='wp-1',s=[H,A]))
# Crawls that store pages joined though the header says chunked, chunks with extensions, text in another charset; mbox's quoted From, a digest of RFC 1153
def answer(uri,head,body):
    block=f'HTTP/1.1 200 OK\r\n{head}\r\n\r\n'.encode()+body
    return f'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2023-11-10T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n'.encode()+block+b'\r\n\r\n'
flat=page(f'<article><h1>{H}</h1>{P(A,B)}</article>').replace('\n',' ').encode()
chunked='Content-Type: text/html\r\nTransfer-Encoding: chunked'
case('joined.warc',answer('u:joined',chunked,flat),dict(id='u:joined',s=s3))
case('extension.warc',answer('u:extension',chunked,b'64;name=value-of-some-length\r\n'+flat[:100]+b'\r\n%X  \r\n'%(len(flat)-100)+flat[100:]+b'\r\n0\r\n\r\n'),dict(id='u:extension',s=s3))
case('dead.warc',answer('u:dead','Content-Type: text/plain; charset=iso-8859-1\r\nTransfer-Encoding: chunked','Dead in Côte\nChad thanked Togo.'.encode('latin-1')),dict(id='u:dead',s=['Dead in Côte','Chad thanked Togo.']))
case('quoted.mbox',f'From a@e.org Fri Nov 10 08:00:00 2023\nFrom: a@e.org\nSubject: {H}\nMessage-ID: <q1@e>\n\n{A}\n\n>From Sudan came no word.\n>>From Chad neither.\n\nFrom Togo came help.\n\nFrom b@e.org Fri Nov 10 09:00:00 2023\nFrom: b@e.org\nSubject: Chad\nMessage-ID: <q2@e>\n\n{C}\n',dict(id='q1@e',s=[H,A,'From Sudan came no word.','>From Chad neither.','From Togo came help.']),dict(id='q2@e',s=['Chad',C]))
rule='-'*30
case('rfc1153.eml',f'From: list@e.org\nSubject: Lake Digest, Vol 5\n\nTopics: two.\n\n{"-"*70}\n\nMessage: 1\nFrom: a@e.org\nSubject: {H}\n\n{A}\n\n{rule}\n\nMessage: 2\nFrom: b@e.org\nSubject: Chad\n\n{C}\n\n{rule}\n\nEnd of Lake Digest\n',refuse='digest of several mails')

# Tables known by their header alone: Excel's "Unicode text"; blanks behind the commas of the header are of no field
case('excel.txt',f'ID\tHeadline\tDate\tContent\r\n1\t{H}\t11/13/2023\t{A}\r\n'.encode('utf-16'),dict(id='1',title=H,date='2023-11-13',s=[H,A]))
case('header.txt',f'"","Headline","Article"\n"1","{H}","{A}"\n',dict(title=H,s=[H,A]))
case('prose.txt',f'Title, date and source\n{A}\n',dict(title='Title, date and source',s=['Title, date and source',A]))
case('blanks.csv',f'id, text, date\n1, "Kenya left, early", 2023-11-10\n2, "Chad\nand Togo left.", 2023-11-11\n',dict(id='1',date='2023-11-10',s=['Kenya left, early']),dict(id='2',date='2023-11-11'))

# Pages without an article say why: frames, scripts that load it, a footer alone
case('frames.html','<frameset cols="20%,80%"><frame src="nav.html"><frame src="main.html"><noframes>Your browser shows no frames, so that nothing is here.</noframes></frameset>',refuse='frames, whose pages')
case('scripts.html','<title>The Lake</title><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{"body":"'+A+'"}</script>',refuse='scripts may load it')
case('footer.html',page('<article><h1>A report</h1><object data="r.pdf"><p>Your browser shows no PDF.</p></object></article><div class="box"><p>Get our best stories in your inbox each morning, for free.</p></div><footer><p>Copyright The Lake 2023. All rights reserved. No part may be reproduced without permission.</p></footer>'),refuse='no article')

# Aggregators: the outlet is the item's source; a description that repeats title and outlet is no text
case('google.xml',f'<rss version="2.0"><channel><title>"kenya" - Google News</title><item><title>{H} - The Lake</title><link>https://n.example/1</link><guid isPermaLink="false">CBMi1</guid><pubDate>Fri, 10 Nov 2023 08:00:00 GMT</pubDate><description>&lt;a href="https://n.example/1" target="_blank"&gt;{H}&lt;/a&gt;&amp;nbsp;&amp;nbsp;&lt;font color="#6f6f6f"&gt;The Lake&lt;/font&gt;</description><source url="https://lake.example">The Lake</source></item></channel></rss>',dict(id='CBMi1',title=H,outlet='The Lake',date='2023-11-10',s=[H]),note='title alone')
case('newsapi-outlet.json',J.dumps(dict(status='ok',articles=[dict(source=dict(id=None,name='France 24'),title=H+' - France 24',publishedAt='2023-11-10T08:00:00Z',url='https://e.org/outlet',content=A)])),dict(title=H,outlet='France 24',s=[H,A]))
case('planet.xml',f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title><entry><id>planet-1</id><title>{H}</title><updated>2023-11-10T08:00:00Z</updated><source><id>x</id><title>The Lake</title></source><summary>{A}</summary></entry></feed>',dict(id='planet-1',outlet='The Lake',s=[H,A]))

# Names of papers' systems, data sets and crawlers; a snapshot of Dow Jones, whose lead is apart; GNews' mark of a cut text
jc('arc.json',{"_id":"ARC1","canonical_url":"/k","headlines":{"basic":H},"display_date":"2023-11-10T08:00:00Z","content_elements":[{"type":"text","content":f"<p>{A}</p>"},{"type":"image","caption":"Ghana."},{"type":"text","content":B}]},one(id='ARC1',url='/k'))
jc('dow-jones.json',{"an":"LAKE000020231110","title":H,"snippet":A,"body":B,"publication_datetime":1699603200000,"source_name":"The Lake","language_code":"en"},one(id='LAKE000020231110',outlet='The Lake',lang='en'))
jc('gnews.json',{"totalArticles":1,"articles":[{"title":H,"content":A+" "+B+" Then the presid... [6493 chars]","url":"https://e.org/g","publishedAt":"2023-11-10T08:00:00Z","source":{"name":"The Lake","url":"https://lake.org"}}]},dict(title=H,outlet='The Lake',date='2023-11-10'),note='cut')
jc('huffpost.json',{"link":"https://e.org/h","headline":H,"category":"WORLD","short_description":A,"authors":"x","date":"2023-11-10"},dict(title=H,url='https://e.org/h',s=[H,A]),note='cut')
case('wp-posts.csv',f'ID,post_author,post_date,post_content,post_title,post_status,guid\n7,1,2023-11-10 08:00:00,"<p>{A}</p><p>{B}</p>",{H},publish,x\n',one(id='7'))
case('crawl.csv',f'news_id,news_title,news_text,news_date,news_source\n7,{H},{AB},2023-11-10,The Lake\n',one(id='7',outlet='The Lake'))
case('spanish.csv',f'id;título;fecha;texto;fuente\n8;{H};10/11/2023;{AB};El Lago\n',one(id='8',outlet='El Lago'),flags=('--date-order','dmy'))

# What a file holds goes before the ending .txt: pages, pieces of pages, JSON; XML of no known root is refused, as are roots behind long comments and document types found
case('page.txt',page(P(A,B)),dict(title=H,s=s3))
case('piece.txt',f'<div class="x">{P(A,B)}</div>\n',dict(s=[A,B]))
case('lines.txt',J.dumps(dict(id='txt-1',text=A))+'\n'+J.dumps(dict(id='txt-2',text=B))+'\n',dict(id='txt-1',s=[A]),dict(id='txt-2',s=[B]))
case('list.txt',J.dumps([dict(id='txt-3',text=A)]),dict(id='txt-3',s=[A]))
case('root.txt',f'<foo><p>{A}</p></foo>',refuse='root element <foo>')
case('angle.txt',f'<Kenya and Sudan>\n{A}\n',dict(title='<Kenya and Sudan>',s=['<Kenya and Sudan>',A]))
case('comment.xml','<?xml version="1.0"?>\n<!-- '+'licence of the agency '*300+'-->\n'+item('urn:comment','1',f'<inlineData>{A}</inlineData>'),dict(id='urn:comment',s=[H,A]))
case('doctype.xml','<?xml version="1.0"?>\n<!DOCTYPE nitf [\n'+''.join(f'<!ENTITY e{i} "of the agency">\n' for i in range(200))+']>\n'+nitf('doctype-1','20231110','Rift Daily',P(A,B)),dict(id='doctype-1',s=s3))
case('base64.xml',item('urn:base64','1','<inlineData contenttype="text/plain" encoding="base64">S2VueWEgbGVmdC4=</inlineData>'),dict(id='urn:base64',s=[H]),note='title alone')
case('gigaword','<DOC id="NYT_ENG_19940701.0001" type="story" >\n<HEADLINE>\nKenya recalls\nenvoy\n</HEADLINE>\n<DATELINE>\nNAIROBI (AP)\n</DATELINE>\n<TEXT>\n<P>\nKenya on Friday recalled its envoy from Sudan after\na week of disputes.\n</P>\n<P>\n'+B+'\n</P>\n</TEXT>\n</DOC>\n<DOC id="NYT_ENG_19940702.0002" type="other" >\n<TEXT>\n'+C+'\n</TEXT>\n</DOC>\n',dict(id='NYT_ENG_19940701.0001',title=H,date='1994-07-01',outlet='NYT',s=s3),dict(id='NYT_ENG_19940702.0002',date='1994-07-02',s=[C]))
case('trec.sgm','<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<FILEID>AP-NR-02-12-88 2344EST</FILEID>\n<HEAD>Kenya recalls envoy</HEAD>\n<BYLINE>By JO DOE</BYLINE>\n<TEXT>\n   Kenya on Friday recalled its envoy from Sudan after\na week of disputes.\n   '+B+'\n</TEXT>\n</DOC>\n',dict(id='AP880212-0001',title=H,date='1988-02-12',outlet='AP',s=s3))

# A list or an object over several lines is JSON under any ending
case('list.jsonl','[\n '+J.dumps(dict(id='over-1',text=A))+',\n '+J.dumps(dict(id='over-2',text=B))+'\n]\n',dict(id='over-1',s=[A]),dict(id='over-2',s=[B]))
case('pretty.jsonl',J.dumps(dict(articles=[dict(id='over-3',text=A)]),indent=1),dict(id='over-3',s=[A]))
case('pretty.txt',J.dumps(dict(id='over-4',text=A),indent=2)+'\n'+J.dumps(dict(id='over-5',text=B),indent=2),dict(id='over-4',s=[A]),dict(id='over-5',s=[B]))

check()
