# Shapes of news pages, whatever names their parts have.   Run by inspect-shapes.
from pages import *

# 1 wiki
p=P(8); body=''.join(f'<h2><span>Section {i}</span><span class="mw-editsection">[<a href=e>edit</a>]</span></h2>'*(i%3==1)+'<p>'+re.sub(r'\b([A-Z][a-z]+)\b',r'<a href="/w/\1">\1</a>',q)+'</p>' for i,q in enumerate(p))
add('wiki',f'<div id="content" class="mw-body"><h1>Kenya</h1><div id="bodyContent"><div id="mw-content-text"><div class="mw-parser-output"><table class="infobox"><tr><th>Capital</th><td>Nairobi</td></tr><tr><th>Population</th><td>50 million</td></tr></table>{body}<h2>References</h2><div class="reflist"><ol class="references">'+''.join(f'<li id=c{i}><a href="#r{i}">^</a> <cite>Doe, J. (2001). <i>Book</i>. Press.</cite></li>' for i in range(20))+'</ol></div><div class="navbox"><table><tr><td>'+' '.join(f'<a href=x>Land {i}</a>' for i in range(60))+'</td></tr></table></div></div></div></div></div>'+NAV+FOOT,p)
# 2 medium
p=P(9); add('medium',NAV+'<main role="main"><article><div class="section-content"><div class="section-inner">'+H+''.join(f'<p class="graf graf--p">{q}</p>' for q in p[:4])+'</div></div><section class="section"><div class="section-content"><div class="section-inner"><blockquote class="graf graf--blockquote">'+p[4]+'</blockquote>'+''.join(f'<p class="graf graf--p">{q}</p>' for q in p[5:])+'</div></div></section></article></main><footer class="postFooter"><div class="u-tag"><a>Africa</a></div><div class="postMetaLockup">Written by Jo Doe, who writes of lakes and rivers.</div></footer><div class="responses"><p>One clap, two clap, three clap, forty? By clapping more or less, you can signal to us which story really stands out.</p></div>',p)
# 3 Japanese
jp=['ケニア政府は金曜日、スーダンから大使を召還したと発表した。両国の関係は一週間前から悪化していた。外務省によると、協議は続いている。','スーダン側はこの措置を拒否し、地域全体に影響が及ぶと警告した。アフリカ連合は両国に対話を呼びかけている。','チャドは仲介を申し出ており、来週にも会談が行われる見通しだ。'*2]
add('japanese',NAV+'<div class="main"><div class="article-body">'+''.join(f'<p>{q}</p>' for q in jp*3)+'</div></div>'+FOOT,jp*3)
# 4 tables layout
p=P(6); add('tables','<table width=100%><tr><td colspan=3><a href=/>Home</a> | <a href=/w>World</a></td></tr><tr><td width=150><font size=1><a href=1>Link one of the menu</a><br><a href=2>Link two of the menu</a><br></font></td><td><font face=Arial><b>Kenya recalls envoy</b><br><br>'+'<p>'.join(p)+'</font></td><td width=120><font size=1>Advert: buy nuts today.</font></td></tr></table>',p)
p=P(6); add('tables-br','<center><table><tr><td><table><tr><td valign=top>'+'<br>&nbsp;<br>'.join(p)+'</td></tr></table></td><td><a href=x>Menu of links here</a></td></tr></table></center>',p)
# 5 blog br
p=P(5); add('blogbr',shell('<div class="post hentry"><h3 class="post-title">Kenya recalls envoy</h3><div class="post-body entry-content">'+p[0]+'<br /><br />'+p[1]+'<br /><br /><blockquote>'+p[2]+'</blockquote><br />'+p[3]+'<br /><div>'+p[4]+'</div><div style="clear: both;"></div></div><div class="post-footer"><span>Posted by Jo at 10:00</span></div></div><div id="comments" class="comments"><h4>3 comments:</h4><dl><dt>Ann said...</dt><dd class="comment-body"><p>'+para(2)+'</p></dd><dt>Bob said...</dt><dd class="comment-body"><p>'+para(2)+'</p></dd></dl></div>'),p)
# 9 div > span
p=P(8,2); add('divspan',shell('<div class="x1"><div class="x2">'+H+''.join(f'<div class="css-1"><span class="css-2">{q}</span></div>' for q in p)+'</div></div>'),p)
p=P(10,1); add('divspan1',shell('<div class="x1"><div class="x2">'+H+''.join(f'<div class="css-1"><span class="css-2">{q}</span></div>' for q in p)+'</div></div>'),p)
# 10 linky
p=P(8); add('linky',shell('<article>'+H+''.join('<p>'+re.sub(r'(\w+ \w+ \w+ \w+ \w+) (\w+ \w+)',r'<a href=x>\1</a> \2',q)+'</p>' for q in p)+'</article>'),p)
# 11 listicle
p=P(10,2); heads=[f'{i}. {next(it)[:30]}' for i in range(10)]
add('listicle',shell('<div class="article__body">'+H+'<ol class="items">'+''.join(f'<li class="item"><h2>{h}</h2><figure><img><figcaption>Photo: X</figcaption></figure><p>{q}</p></li>' for h,q in zip(heads,p))+'</ol></div>'),[x for y in zip(heads,p) for x in y])
p=P(10,2); add('listicle2',shell('<div class="slides">'+H+''.join(f'<div class="slide"><div class="img"><img></div><div class="slide-text"><h3>{h}</h3><div class="desc">{q}</div></div></div>' for h,q in zip(heads,p))+'</div>'),[x for y in zip(heads,p) for x in y])
# 13 CNN
p=P(12,1); add('cnn',shell('<div class="l-container">'+H+'<section id="body-text"><div class="zn-body__paragraph speakable">'+p[0]+'</div><div class="zn-body__paragraph">'+p[1]+'</div><div class="ad ad--epic"></div><div class="el__embedded el__embedded--standard"><div class="el__storyelement__header">Related article: <a href=x>'+next(it)+'</a></div></div><div class="zn-body__read-all">'+''.join(f'<div class="zn-body__paragraph">{q}</div>' for q in p[2:])+'</div></section></div>'),p)
# 14 NYT
p=P(12,2); add('nyt',shell('<article class="story">'+H+'<div class="story-body-supplemental"><div class="story-body story-body-1">'+''.join(f'<p class="story-body-text story-content">{q}</p>' for q in p[:5])+'</div><div class="supplemental supplemental-1"><p>Advertisement</p></div></div><div class="newsletter-signup"><h2>Newsletter Sign Up</h2><p>Sign up for the morning briefing, the news you need to know today.</p></div><div class="story-body-supplemental"><div class="story-body story-body-2">'+''.join(f'<p class="story-body-text story-content">{q}</p>' for q in p[5:9])+'</div></div><div class="story-body-supplemental"><div class="story-body story-body-3">'+''.join(f'<p class="story-body-text story-content">{q}</p>' for q in p[9:])+'</div></div></article>'),p)
# 16 BBC-like
p=P(10,1); li=[next(it)[:40] for _ in range(4)]
add('bbc',shell('<div class="story-body">'+H+'<div class="story-body__inner" property="articleBody"><figure class="media-landscape"><span><img></span><figcaption>Image caption</figcaption></figure><p class="story-body__introduction">'+p[0]+'</p>'+''.join(f'<p>{q}</p>' for q in p[1:5])+'<h2 class="story-body__crosshead">Talks</h2>'+''.join(f'<p>{q}</p>' for q in p[5:7])+'<ul class="story-body__unordered-list">'+''.join(f'<li class="story-body__list-item"><a href=x class="story-body__link">{q}</a></li>' for q in li[:2])+'</ul>'+''.join(f'<p>{q}</p>' for q in p[7:])+'</div></div>'),p+['Talks'])
# 17 section per para
p=P(9,1); add('sections',shell('<div>'+H+''.join(f'<section><div><p>{q}</p></div></section><div class="adbox"></div>' for q in p)+'</div>'),p)
p=[para(1),short(),para(1),'“No.”',para(1),'It was not.',para(1),short()]; add('shortp',shell('<div>'+H+''.join(f'<section><div><p>{q}</p></div></section>' for q in p)+'</div>'),p)
p=[para(1),short(),para(1),'“No.”',para(1),'It was not.',para(1),short()]; add('shortp2',shell('<div>'+H+''.join(f'<div><p>{q}</p></div>' for q in p)+'</div>'),p)
# Arabic
ar=['أعلنت الحكومة الكينية يوم الجمعة استدعاء سفيرها من السودان بعد أسبوع من الخلافات بين البلدين، وقالت الوزارة إن المحادثات مستمرة.','ورفض السودان هذه الخطوة وحذر من عواقبها على المنطقة كلها، فهل تستمر الأزمة؟']*3
add('arabic',NAV+'<div class="main"><div class="body">'+''.join(f'<p>{q}</p>' for q in ar)+'</div></div>'+FOOT,ar)
# many comments larger than the article
p=P(4); add('bigcomments',shell('<div class="post">'+H+''.join(f'<p>{q}</p>' for q in p)+'</div><section class="comment-list">'+''.join(f'<div class="comment-item"><div class="user">Ann {i}</div><p>{para(2)}</p></div>' for i in range(15))+'</section>'),p)
p=P(4); add('bigcomments2',shell('<div class="post">'+H+''.join(f'<p>{q}</p>' for q in p)+'</div><div id="discussion"><ol>'+''.join(f'<li class="reply"><b>Ann {i}</b><p>{para(2)}</p><a href=x>Reply</a></li>' for i in range(15))+'</ol></div>'),p)
# teasers below with text
p=P(5); add('teasersbelow',shell('<article>'+H+''.join(f'<p>{q}</p>' for q in p)+'</article><div class="river">'+''.join(f'<div class="card"><h3><a href=/{i}>{next(it)}</a></h3><p>{para(1)}</p></div>' for i in range(6))+'</div>'),p)
p=P(5); add('articlesbelow',shell('<article class="main">'+H+''.join(f'<p>{q}</p>' for q in p)+'</article><div class="river">'+''.join(f'<article class="card"><h3><a href=/{i}>{next(it)}</a></h3><p>{para(1)}</p></article>' for i in range(6))+'</div>'),p)
# short article
p=P(2,1); add('shortarticle',shell('<article>'+H+''.join(f'<p>{q}</p>' for q in p)+'</article>'),p)
# article in iframe-like div id=comments? ; page whose class of body 'comments-open'; main content in <div class="sidebar-layout">
p=P(6); add('gridlayout',NAV+'<div class="has-sidebar grid-sidebar-right"><div class="main-with-sidebar">'+H+''.join(f'<p>{q}</p>' for q in p)+'</div><div class="sidebar">'+related()+'</div></div>'+FOOT,p)
p=P(6); add('hidewrap',NAV+'<div class="hidden-sm content-hidden-mobile"><div class="story">'+H+''.join(f'<p>{q}</p>' for q in p)+'</div></div>'+FOOT,p)
p=P(6); add('noscriptjs',NAV+'<div id="js-body" style="display:none">'+H+''.join(f'<p>{q}</p>' for q in p)+'</div>'+FOOT,p)
p=P(6); add('header',NAV+'<div class="entry-header header">'+H+'<p class="standfirst">'+p[0]+'</p></div><div class="entry-content">'+''.join(f'<p>{q}</p>' for q in p[1:])+'</div>'+FOOT,p)
p=P(6); add('lead-out',shell('<div class="art"><div class="art-head">'+H+'<div class="lead"><strong>'+p[0]+'</strong></div><div class="meta">By Jo Doe, 10 November 2023</div></div><div class="art-body">'+''.join(f'<p>{q}</p>' for q in p[1:])+'</div></div>'),p)
p=P(6); add('dropcap',shell('<article>'+H+'<p><span class="dropcap">'+p[0][0]+'</span>'+p[0][1:]+'</p>'+''.join(f'<p>{q}</p>' for q in p[1:])+'</article>'),p)
p=P(6); add('pullquote',shell('<article>'+H+''.join(f'<p>{q}</p>' for q in p[:3])+'<aside class="pullquote"><p>'+p[1][:80]+'</p></aside><div class="promo"><p>Subscribe now and read all our stories for one dollar.</p></div>'+''.join(f'<p>{q}</p>' for q in p[3:])+'</article>'),p)
p=P(5); qa=[]
for q in p: qa+= [q[:60]+'?',q]
add('qa',shell('<div class="interview">'+H+''.join(f'<p><b>{q}</b></p>' if i%2==0 else f'<p>{q}</p>' for i,q in enumerate(qa))+'</div>'),qa)
p=P(6); add('pinfont','<div id=w>'+NAV+''.join(f'<font size=2><p>{q}</p></font>' for q in p)+'</div>',p)
p=P(7); add('nested',shell('<div>'*60+H+''.join(f'<p>{q}</p>' for q in p)+'</div>'*60),p)
p=P(7); add('pcontinue',shell('<div class="story">'+H+'<p>'+p[0]+'</p><div class="inner"><p>'+p[1]+'</p><div class="inner"><p>'+p[2]+'</p><div class="inner">'+''.join(f'<p>{q}</p>' for q in p[3:])+'</div></div></div></div>'),p)
p=P(5); add('embeds',shell('<article>'+H+'<p>'+p[0]+'</p><blockquote class="twitter-tweet"><p>'+short()+' #kenya</p>&mdash; Jo (@jo) <a href=x>Nov 10</a></blockquote>'+''.join(f'<p>{q}</p>' for q in p[1:])+'<div class="tags"><a>Kenya</a> <a>Sudan</a></div><p class="author-bio">Jo Doe is a reporter of The Lake in Nairobi. Follow her on Twitter.</p></article>'),p+[short()])
p=P(5); add('corrections',shell('<article>'+H+''.join(f'<p>{q}</p>' for q in p)+'<p><em>This article was amended on 11 November 2023 to correct the name of the envoy.</em></p></article>'),p+['This article was amended on 11 November 2023 to correct the name of the envoy.'])

p=P(6); add('artheader',shell('<article><header>'+H+'<p class="standfirst">'+p[0]+'</p><p class="byline">By Jo Doe</p></header>'+''.join(f'<p>{q}</p>' for q in p[1:])+'</article>'),p)
p=P(4); add('authorcomments',shell('<div class="post author-joe category-social tag-print">'+H+''.join(f'<p>{q}</p>' for q in p)+'</div><div class="comments">'+''.join(f'<div><p>{para(3)}</p></div>' for i in range(12))+'</div>'),p)
p=P(6); add('amp','<amp-sidebar id=s layout=nodisplay><ul><li><a href=x>Menu of links</a></li></ul></amp-sidebar>'+'<article class="amp-wp-article"><header class="amp-wp-article-header"><h1 class="amp-wp-title">Kenya recalls envoy</h1><div class="amp-wp-byline">Jo Doe</div></header><figure><amp-img></amp-img><figcaption>Photo of a lake.</figcaption></figure><div class="amp-wp-article-content">'+''.join(f'<p>{q}</p><amp-ad></amp-ad>' for q in p)+'</div><footer class="amp-wp-article-footer"><div>Categories: Africa</div></footer></article>',p)
p=P(6); add('liarticle',shell('<div class="text">'+H+'<ul>'+''.join(f'<li>{q}</li>' for q in p)+'</ul></div>'),p)
p=P(6); add('rows','<table class="story">'+''.join(f'<tr><td><p>{q}</p></td></tr>' for q in p)+'</table>'+FOOT,p)
p=P(6); add('cells','<table class="story"><tr><td><h1>Kenya recalls envoy</h1></td></tr>'+''.join(f'<tr><td>{q}</td></tr>' for q in p)+'</table>'+FOOT,p)
p=P(6); add('strongp',shell('<article>'+H+''.join(f'<p><strong>{q}</strong></p>' for q in p)+'</article>'),p)
p=P(6); add('linkedarticle',shell('<article>'+H+''.join(f'<p>{q} <a href="https://e.org/x">{q[:30]}</a></p>' for q in p)+'</article>'),[q+' '+q[:30] for q in p])
p=P(5); add('twocol',NAV+'<div class="row"><div class="col-md-8">'+H+''.join(f'<p>{q}</p>' for q in p)+'</div><div class="col-md-4"><h4>Opinion</h4>'+''.join(f'<div><h5><a href=x>{next(it)}</a></h5><p>{para(1)}</p></div>' for _ in range(4))+'</div></div>'+FOOT,p)
p=P(5); add('cookie',NAV+'<div class="css-77"><p>We use cookies to make this site better and to show you adverts. Read our policy to learn more about them.</p><button>OK</button></div><div class="css-12"><div class="css-3">'+H+''.join(f'<p>{q}</p>' for q in p)+'</div></div>'+FOOT,p)
p=P(5); add('unnamednews',shell('<div class="css-3">'+H+''.join(f'<div class="css-9"><p>{q}</p></div>' for q in p[:3])+'<div class="css-44"><h3>The morning letter</h3><p>Get our best stories in your inbox each morning, for free, forever.</p><form><input></form></div>'+''.join(f'<div class="css-9"><p>{q}</p></div>' for q in p[3:])+'</div>'),p)

# anchors without href, marks of places, are no links
p=P(6); add('anchors',shell('<article>'+H+''.join(f'<a name=x{i}><p>{q}</p></a>' for i,q in enumerate(p))+'</article>'),p)
p=P(6); add('anchors-open',shell('<article>'+H+''.join(f'<p><a name=x{i}>{q}</p>' for i,q in enumerate(p))+'</article>'),p)
# items of lists that begin with a link
p=P(4); it2=[para(1) for _ in range(6)]
add('ul-links',shell('<article>'+H+f'<p>{p[0]}</p><ul>'+''.join(f'<li><a href="/{i}">{t[:44]}</a>{t[44:]}</li>' for i,t in enumerate(it2))+'</ul>'+''.join(f'<p>{q}</p>' for q in p[1:])+'</article>'),p+it2)
# loose text between the title and the first paragraph
p=P(5); add('loose-lead',H+'<p>'.join(p),p)
# captions that are the article; figures that are quotations or listings
p=P(12,1); add('gallery-fig',shell('<div class="g">'+H+f'<p>{p[0]}</p>'+''.join(f'<figure><img src=x><figcaption>{q}</figcaption></figure>' for q in p[1:])+'</div>'),p)
p=P(12,1); add('gallery-fig-p',shell('<div class="g">'+H+''.join(f'<figure><img src=x><figcaption><p>{q}</p></figcaption></figure>' for q in p)+'</div>'),p)
p=P(6); add('fig-quote',shell('<article>'+H+''.join(f'<p>{q}</p>' if i%2 else f'<figure><blockquote><p>{q}</p></blockquote><figcaption>Jo Doe</figcaption></figure>' for i,q in enumerate(p))+'</article>'),p)
p=P(6); add('fig-pre',shell('<article>'+H+''.join(f'<p>{q}</p>' if i%2 else f'<figure class="highlight"><pre>{q}</pre></figure>' for i,q in enumerate(p))+'</article>'),p)
# names that parts of an article can have
p=P(9); add('parts-doubt',shell('<div class="art">'+H+''.join(f'<div class="{"scroll-part" if i%3==1 else "part"}"><p>{q}</p></div>' for i,q in enumerate(p))+'</div>'),p)
p=P(9); add('p-follow',shell('<article>'+H+''.join(f'<p class="{"follow-up" if i==0 else "x"}">{q}</p>' for i,q in enumerate(p))+'</article>'),p)
# a standfirst outside of main
p=P(8,1); add('dek',NAV+f'<div class="hero">{H}<h2 class="dek">{p[0]}</h2></div><main><div class="x">'+''.join(f'<p>{q}</p>' for q in p[1:])+'</div></main>'+FOOT,p)
p=P(8,1); add('dek-header',NAV+f'<header class="article-header">{H}<p class="dek">{p[0]}</p></header><main><div class="x">'+''.join(f'<p>{q}</p>' for q in p[1:])+'</div></main>'+FOOT,p)

# a link without its end tag; parts that small screens hide
p=P(6); add('link-open',shell('<article>'+H+'<a href="/x"><img src=x>'+''.join(f'<p>{q}</p>' for q in p)+'</article>'),p)
p=P(6); add('link-around',shell('<article><a href="/full">'+H+''.join(f'<p>{q}</p>' for q in p)+'</a></article>'),p)
p=P(7); add('hidden-xs',shell('<article>'+H+''.join(f'<p>{q}</p>' for q in p[:4])+'<div class="hidden-xs">'+''.join(f'<p>{q}</p>' for q in p[4:])+'</div></article>'),p)

ps=lambda x: ''.join(f'<p>{p}</p>' for p in x)
# offers of a paywall, captions that end in a credit, lines that are not the article's though nothing names them
x=P(2,2)
add('paywall-offer',shell('<article>'+H+ps(x)+'<div class="barrier"><h2>Subscribe to continue reading</h2><p>Get unlimited access to all our stories for only one pound a week. Cancel any time you like.</p><button>Subscribe</button><p>Already a subscriber? Log in</p></div></article>'),x)
x=P(8,1)
add('caption-credit',shell('<article><header>'+H+'</header><div class="articleBody"><div class="cT-imageLandscape"><img><p>'+next(it)+' <span>Photo: AFP</span></p></div>'+ps(x)+'</div></article>'),x)
# boxes of a page builder with pictures between them; tables and fonts of 1999; a label of ASP; a talk; one paragraph in each of ten boxes; a list of definitions
x=P(8,2)
add('capsules',shell('<div id="hub">'+H+''.join(f'<div id="mod_{i}" class="module moduleText"><h2>Of part {i}</h2><div class="txtd"><p>{p}</p></div></div>'+(f'<div class="module modulePhoto"><img><div class="caption">A picture of {i}</div></div>' if i%2 else '') for i,p in enumerate(x))+'</div>'),x+[f'Of part {i}' for i in range(8)])
x=P(6,2)
add('fonts','<center><table border=0 width=600><tr><td valign=top width=120><font size=1>'+'<br>'.join(f'<a href={w}>{w}</a>' for w in 'News Sport Weather Traffic Lottery'.split())+'</font></td><td><font size=5><b>Kenya recalls envoy</b></font><p><font size=2>'+'<p><font size=2>'.join(x)+'<p><hr><font size=1>&copy; 1999 The Lake. All rights reserved.</font></td></tr></table></center>',x)
x=P(6,2)
add('asp-label',shell('<table width="100%"><tr><td><span id="lblTitle">Kenya recalls envoy</span></td></tr><tr><td><span id="lblBody">'+'<br>&nbsp;<br>'.join(x)+'</span></td></tr></table>'),x)
x=[f'“It is number {i},” he said.' for i in range(30)]
add('talk',shell('<div class="entry">'+H+ps(x)+'</div>'),x)
x=P(8,1)
add('speakers',shell('<div class="transcript">'+H+'<dl>'+''.join(f'<dt>SPEAKER {i%2}</dt><dd>{p}</dd>' for i,p in enumerate(x))+'</dl></div>'),x+[f'SPEAKER {i%2}' for i in range(8)])

# a short article above a river of teasers with more prose; a list whose items have links as headings, within an article
card=lambda i: f'<div class="card"><h3><a href="/{i}">{next(it)[:50]}</a></h3><p>{next(it)}</p></div>'
x=P(3,1)
add('brief-river',NAV+'<div class="main"><div class="story">'+H+ps(x)+'</div><div class="river">'+''.join(map(card,range(12)))+'</div></div>'+FOOT,x)
x=P(3,1); items=[(next(it)[:50],next(it)) for _ in range(6)]
add('linked-list',shell('<div class="story">'+H+ps(x)+'<div class="places">'+''.join(f'<div class="place"><h3><a href="/{i}">{a}</a></h3><p>{p}</p></div>' for i,(a,p) in enumerate(items))+'</div></div>'),x+[p for _,p in items])

check(0.97, 0.05)
