"""Two hundred names that are something else: markup, links, resources, format strings, marks that turn or hide text.

Stands apart because screens, logs and papers are all tried with the same ones. ``{picture}`` is a file that exists:
whoever loads it is seen by its colour.
"""

from __future__ import annotations

_TAGS = (
    "<b>{n}</b>",
    "<h1>{n}</h1>",
    "<font size=7 color=red>{n}</font>",
    "<img src='{picture}'>",
    "<img src={picture}>",
    '<IMG SRC="file://{picture}">',
    "<img src='file:///etc/passwd'>",
    "<img src='//192.0.2.1/share/a.png'>",
    "<img src='\\\\\\\\192.0.2.1\\\\share\\\\a.png'>",
    "<img src='http://192.0.2.1/a.png'>",
    "<img src='qrc:/x.png'>",
    "<img src='data:image/png;base64,iVBORw0KGgo='>",
    "<a href='file:///bin/sh'>{n}</a>",
    "<a href='smb://192.0.2.1/x'>{n}</a>",
    "<a href='javascript:alert(1)'>{n}</a>",
    "<a href='ms-word:x'>{n}</a>",
    "<table width=9999 height=9999><tr><td>{n}</td></tr></table>",
    "<p style='font-size:200px'>{n}</p>",
    "<style>* {{ font-size: 99px }}</style>{n}",
    "<link rel=stylesheet href='{picture}'>{n}",
    "<html><body background='{picture}'>{n}</body></html>",
    "<!doctype html>{n}",
    "<?xml version='1.0'?><x>{n}</x>",
    "<br>" * 40 + "{n}",
    "<hr>{n}",
    "<ul><li>{n}</li></ul>",
    "<pre>{n}</pre>",
    "<svg onload=x>{n}</svg>",
    "<script>{n}</script>",
    "<object data='{picture}'>{n}</object>",
    "<iframe src='{picture}'>{n}</iframe>",
    "<meta http-equiv=refresh content=0>{n}",
    "&lt;b&gt;{n}",
    "&#60;b&#62;{n}&#60;/b&#62;",
    "<qt>{n}</qt>",
    "<qt><img src='{picture}'></qt>",
    "<!-- {n} --><b>x</b>",
    "<b",
    "<b>{n}",
    "</b>{n}",
    "< b>{n}</ b>",
    "<B/>{n}",
    "<sup>{n}</sup>",
    "<span dir=rtl>{n}</span>",
    "<center>{n}</center>",
    "<dl><dt>{n}</dt></dl>",
    "<input value={n}>",
    "<video src='{picture}'>",
    "<u>{n}</u><s>{n}</s>",
    "<tt>{n}",
)
_MARKDOWN = (
    "# {n}",
    "**{n}**",
    "![x]({picture})",
    "[{n}](file:///bin/sh)",
    "```{n}```",
    "> {n}",
    "---\n{n}",
    "|a|{n}|",
)
_FORMATS = (
    "%1 {n}",
    "%s%s%s%n {n}",
    "{{0}} {n}",
    "{{0.__class__}} {n}",
    "%(name)s {n}",
    "${{HOME}} {n}",
    "%L1 {n}",
    "&{n}&",
    "&&{n}",
    "{n}\\n\\t",
    "\\x1b[31m{n}\x1b[0m",
    "{n}\r\nX: y",
    "{n}\x00tail",
    "{n}\u2028tail",
)
_STYLES = (
    "}} * {{ color: red }} {n}",
    "color: red; {n}",
    "qproperty-text: 'x' {n}",
    "url({picture}) {n}",
    "/* {n} */",
    "QLabel {{ image: url({picture}) }} {n}",
)
_TURNING = tuple(
    f"{mark}{{n}}{mark}"
    for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
)
_SQL = (
    "' OR 1=1 --",
    "'; DROP TABLE mirror; --",
    '" OR ""="',
    "{n}') UNION SELECT 1 --",
    "NEAR({n})",
    "{n}*",
    '"{n}',
    "-{n}",
    "^{n}",
    "{n} AND",
    "code:{n}",
    "(((((",
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://x")',
    "+1+1",
    "@SUM(1)",
    "\t=1",
    " =1",
)
_NAMES = ("Nguyễn Thị <b>Ấm</b>", "Đặng A &amp; B")

_TEMPLATES = (*_TAGS, *_MARKDOWN, *_FORMATS, *_STYLES, *_TURNING, *_SQL)


def payloads(picture: str) -> tuple[str, ...]:
    """Return two hundred different payloads around two names and one picture that exists."""
    found = [template.format(n=name, picture=picture) for name in _NAMES for template in _TEMPLATES]
    return tuple(dict.fromkeys(found))[:200]
