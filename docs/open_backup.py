"""Opens a backup of a desk without the program: python docs/open_backup.py FOLDER OUT, the recovery code on the input.

Needs Python 3.11 and pip install sqlcipher3 argon2-cffi cryptography. FOLDER holds vault.json and the backups, of which
the newest is opened. OUT gets events.jsonl, every event as a JSON object on a line, and the attached files.
"""

import base64, hmac, json, sys  # noqa: E401, I001 - forty lines
from pathlib import Path

import sqlcipher3
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
code = "".join(filter(str.isalnum, sys.stdin.readline().upper())).translate(str.maketrans("ILO", "110"))
vault = json.loads((folder / "vault.json").read_text())
slot = next(slot for slot in vault["slots"] if slot["kind"] == "recovery")
salt, blob, cost = base64.b64decode(slot["salt"]), base64.b64decode(slot["blob"]), slot["cost"]
wrapping = hash_secret_raw(code.encode(), salt, cost["passes"], cost["memory"], cost["lanes"], 32, Type.ID)
key = AESGCM(wrapping).decrypt(blob[:12], blob[12:], f"recovery{vault['id']}".encode())  # a wrong code ends here
newest = json.loads(max(folder.glob("[0-9]*-[0-9]*.json")).read_text())
base, added = folder / f"{newest['base']}.base.db", folder / newest["database"]["name"]  # the same for a base alone
db = sqlcipher3.connect(f"{base.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
db.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
db.execute(f"ATTACH ? AS added KEY \"x'{key.hex()}'\"", [f"{added.absolute().as_uri()}?mode=ro&immutable=1"])
columns = ("log", "seq", "dossier", "kind", "at", "author", "body")
events = "SELECT hex(log.name), seq, dossier, kind, at, e.author, body FROM {}.event e JOIN added.log ON log.id = e.log"
both = events.format("added") if base == added else f"{events} UNION ALL {events}".format("main", "added")
out.mkdir(exist_ok=True)
with (out / "events.jsonl").open("w", encoding="utf-8") as lines:
    for row in db.execute(f"{both} ORDER BY 5, 1, 2"):
        lines.write(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n")
files, whole = hmac.digest(key, b"desk files", "sha256"), "SELECT sha FROM {}.file WHERE here = size AND size > 0"
kept = "" if base == added else "AND NOT EXISTS (SELECT 1 FROM added.file_block WHERE n BETWEEN first AND last)"
for (sha,) in db.execute(f"{whole} UNION {whole} {kept}".format("added", "main")):  # of the base what did not change
    name = hmac.digest(files, bytes.fromhex(sha), "sha256")[:16].hex()
    sealed = (folder / "files" / name[:2] / name).read_bytes()
    pieces = enumerate(sealed[at : at + 32796] for at in range(0, len(sealed), 32796))
    plain = (AESGCM(files).decrypt(p[:12], p[12:], bytes.fromhex(sha) + n.to_bytes(4)) for n, p in pieces)
    (out / sha).write_bytes(b"".join(plain))
