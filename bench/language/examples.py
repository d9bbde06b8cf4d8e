"""The configurations in the documentation of installed packages, taken from there each time; none is kept here."""

import glob
import gzip
import html
import os
import re
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
KEYWORDS = ("node primitive rsc_template group clone ms master bundle tag location colocation collocation order rsc_ticket "
            "fencing_topology property rsc_defaults op_defaults role user acl_target acl_group alert monitor xml").split()
PROMPT = re.compile(r"^\s*(?:crm\([^)]*\)\s*configure\s*#|crm\(live/[^)]*\)\s*configure\s*#|#?\s*crm configure|\$ crm configure)\s*")


def man_pages():
    """The example for crmsh in each agent's manual page."""
    for path in sorted(glob.glob("/usr/share/man/man7/ocf_*.7.gz")):
        with gzip.open(path, "rt", errors="replace") as page:
            text = page.read()
        found = re.search(r'"EXAMPLE CRM SHELL".*?\n\.nf\n(.*?)\n\.fi', text, re.DOTALL)
        if found:
            plain = re.sub(r"\\f[A-Z]", "", found.group(1))
            plain = plain.replace("\\&", "").replace("\\-", "-").replace("\\e", "\\").replace("\\*(Aq", "'").replace("\\(aq", "'")
            yield os.path.basename(path).replace(".7.gz", ""), plain


def statements(block):
    """The statements in a block, without prompts, and without what is no statement; none for a block that shows a grammar."""
    if "::" in block and re.search(r"\w+ ::", block):
        return []
    lines = block.replace("\\\n", "\0").split("\n")
    found = []
    for line in lines:
        line = PROMPT.sub("", line).strip()
        word = line.split(" ", 1)[0]
        if line.startswith("#"):
            continue
        if word in KEYWORDS and " " in line:
            found.append(line.replace("\0", "\\\n"))
    return found


def crmsh_pages():
    """The examples in crmsh's manual and guides: the preformatted blocks that do not follow the word Usage."""
    for path in sorted(glob.glob("/usr/share/doc/crmsh-doc/html/*/index.html*")):
        page = os.path.basename(os.path.dirname(path))
        opened = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
        with opened as file:
            text = file.read()
        before = 0
        for number, block in enumerate(re.finditer(r"<pre[^>]*>(.*?)</pre>", text, re.DOTALL)):
            lead = html.unescape(re.sub(r"<[^>]*>", " ", text[before:block.start()]))[-60:]
            before = block.end()
            if re.search(r"Usage:?\s*$", lead):
                continue
            found = statements(html.unescape(re.sub(r"<[^>]*>", "", block.group(1))))
            for index, statement in enumerate(found):
                yield f"{page}-{number:03}-{index}", statement


def tests():
    """The configurations that crmsh's own tests load."""
    for name in ("confbasic", "rset", "bundle", "acl", "newfeatures", "bugs"):
        path = "/usr/share/crmsh/tests/testcases/" + name
        if os.path.exists(path):
            with open(path) as file:
                for index, statement in enumerate(statements(file.read())):
                    yield f"{name}-{index:03}", statement


def main(java, classpath, work):
    for title, source in (("resource agents' manual pages", man_pages), ("crmsh's manual and guides", crmsh_pages),
                          ("crmsh's tests", tests)):
        folder = work + "/examples-" + source.__name__
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        for name, text in source():
            with open(f"{folder}/{name}.crm", "w") as file:
                file.write(text + "\n")
        out = subprocess.run([java, "-cp", classpath, HERE + "/Examples.java", folder],
                             check=True, capture_output=True, text=True).stdout
        rows = [line.split("\t") for line in out.splitlines()]
        wrong = [row for row in rows if row[2]]
        print(f"{title}: {len(rows)} examples, {len(rows) - len(wrong)} read, {sum(1 for row in rows if row[1])} load alone")
        for row in wrong:
            print(f"  {row[0]}: {row[2]}")
    return 0
