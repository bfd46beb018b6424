# Tables of the same articles by every program that is here, and what inspect makes of them.   writers.py STANCE
import csv, io, json, os, shutil, sqlite3, subprocess, sys

STANCE = sys.argv[1]
ROWS = [
    ("001", "2024-03-05", "Mali, Chad; and | Togo", 'Mali accused France, "the old friend", of spying.'),
    ("1234567890123456789", "2024-03-06", "Lines", "Chad left.\n\nTogo; stayed | here. So it was, they said."),
    ("x,y", "2024-03-07", "Blanks", " Blanks stay around Benin. "),
    ('q"q', "2024-03-08", "Backslashes", 'Ghana has C:\\dir\\ and "no" more.'),
    ("5", "2024-03-09", "São Tomé", "Côte d’Ivoire thanked São Tomé."),
    ("6", "2024-03-10", "Inches", '5" of rain fell in Kenya.'),
    ("7", "2024-03-11", "Kenya's 'envoy'", "It was NA, -- #1; so they said in Niger."),
]
NAMES = ["id", "date", "title", "text"]
files = []


def write(name, text, encoding="utf-8"):
    with open(name, "w", encoding=encoding, newline="") as file:
        file.write(text)
    files.append(name)


def python(name, encoding="utf-8", **how):
    out = io.StringIO()
    writer = csv.writer(out, **how)
    writer.writerow(NAMES)
    writer.writerows(ROWS)
    write(name, out.getvalue(), encoding)


python("python-excel.csv")
python("python-tab.tsv", dialect="excel-tab")
python("python-unix.csv", dialect="unix")
python("python-all.csv", quoting=csv.QUOTE_ALL, lineterminator="\n")
python("python-semicolon.csv", delimiter=";")
python("python-pipe.csv", delimiter="|", quoting=csv.QUOTE_NONNUMERIC)
python("python-mark.csv", encoding="utf-8-sig")
python("python-utf16.csv", encoding="utf-16", delimiter="\t")
python("python-escape.csv", quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\")

connection = sqlite3.connect("a.db")
connection.execute("create table a (id text, date text, title text, text text)")
connection.executemany("insert into a values (?, ?, ?, ?)", ROWS)
connection.commit()
connection.close()
if shutil.which("sqlite3"):
    for mode, separator, name in (("csv", ",", "sqlite.csv"), ("csv", ";", "sqlite-semicolon.csv")):
        script = f".mode {mode}\n.separator '{separator}'\n.headers on\nselect * from a;\n"
        done = subprocess.run(["sqlite3", "a.db"], input=script, capture_output=True, text=True)
        write(name, done.stdout)
else:
    print("sqlite3 is not installed: skipped", file=sys.stderr)

try:
    import pandas
except ImportError:
    print("pandas is not installed: skipped", file=sys.stderr)
else:
    frame = pandas.DataFrame(ROWS, columns=NAMES)
    frame.to_csv("pandas.csv")
    frame.to_csv("pandas-bare.csv", index=False, sep=";", quoting=csv.QUOTE_ALL)
    frame["date"] = pandas.to_datetime(frame["date"])
    frame.to_csv("pandas-time.csv", index=False)
    frame["date"] = frame["date"].astype("int64") // 10**6
    frame.to_csv("pandas-epoch.csv", index=False)
    files += ["pandas.csv", "pandas-bare.csv", "pandas-time.csv", "pandas-epoch.csv"]

# readr writes TSV without quotes by default, lines and tabs within fields included: not even readr reads that back.
R = """
a <- as.data.frame(jsonlite_free(readLines("rows.txt", encoding = "UTF-8")), stringsAsFactors = FALSE)
write.csv(a, "r.csv", fileEncoding = "UTF-8"); write.csv(a, "r-bare.csv", row.names = FALSE, fileEncoding = "UTF-8")
write.csv2(a, "r-2.csv", row.names = FALSE, fileEncoding = "UTF-8")
write.table(a, "r-table.tsv", sep = "\\t", row.names = FALSE, fileEncoding = "UTF-8")
write.table(a, "r-names.tsv", sep = "\\t", fileEncoding = "UTF-8")
write.table(a, "r-double.tsv", sep = "\\t", qmethod = "double", row.names = FALSE, fileEncoding = "UTF-8")
if (requireNamespace("data.table", quietly = TRUE)) data.table::fwrite(a, "r-fwrite.csv")
if (requireNamespace("readr", quietly = TRUE)) { readr::write_csv(a, "r-readr.csv"); readr::write_excel_csv(a, "r-excel.csv"); readr::write_tsv(a, "r-readr.tsv", quote = "needed") }
"""
if shutil.which("Rscript"):
    with open("rows.txt", "w", encoding="utf-8") as file:  # a field a line
        file.write("\n".join(field.replace("\n", "\x01") for row in ROWS for field in row) + "\n")
    reader = (
        "jsonlite_free <- function(lines) { m <- matrix(gsub('\\001', '\\n', lines, fixed = TRUE), ncol = 4, byrow = TRUE);"
        " colnames(m) <- c('id', 'date', 'title', 'text'); m }\n"
    ).replace("jsonlite_free", "table_of")
    with open("write.R", "w", encoding="utf-8") as file:
        file.write(reader + R.replace("jsonlite_free", "table_of"))
    done = subprocess.run(["Rscript", "--vanilla", "write.R"], capture_output=True, text=True)
    print(done.stderr, end="", file=sys.stderr)
    found = sorted(name for name in os.listdir(".") if name.startswith("r-") or name == "r.csv")
    for package, name in (("data.table", "r-fwrite.csv"), ("readr", "r-readr.csv")):
        if name not in found:
            print(f"R's {package} is not installed: skipped", file=sys.stderr)
    files += found
else:
    print("R is not installed: skipped", file=sys.stderr)

wrong = 0
for name in files:
    done = subprocess.run([STANCE, "inspect", "--format", "jsonl", name], capture_output=True, stdin=subprocess.DEVNULL)
    got = [json.loads(line) for line in done.stdout.decode().splitlines()]
    faults = [] if len(got) == len(ROWS) else [f"{len(got)} articles; {done.stderr.decode()}"]
    for row, article in zip(ROWS, got):
        has = (article["id"], (article["date"] or "")[:10], article["title"], article["characters"])
        first = " ".join(article["first"].split())
        if has != (*row[:3], len(row[3])) or not " ".join(row[3].split()).startswith(first):
            faults.append(f"{has} {first}; expected {row}")
    wrong += bool(faults)
    for fault in faults:
        print(f"{name}: {fault}")
print(f"{wrong} files wrong")
