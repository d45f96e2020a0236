# SPDX-License-Identifier: GPL-3.0-or-later
"""Apicurio Registry, over https with a CA of its own and a sign-in, behind its path prefix."""

import base64
import contextlib
import io
import json
import re
import ssl
import urllib.error
import urllib.parse
import urllib.request
import zipfile

from .broker import JAVA, free_ports, make_certificates, started
from .peers import newest_java
from .report import PATIENCE, must

USER, PASSWORD = "alice", "alice-s:cret"
PREFIX = "/apis/ccompat/v7"
IMPORT = "/apis/registry/v3/admin/import"
LISTENING = re.compile(r"Listening on: https://")

SETTINGS = """\
quarkus.http.host=127.0.0.1
quarkus.http.ssl-port={port}
quarkus.http.insecure-requests=disabled
quarkus.http.ssl.certificate.files={folder}/good.pem
quarkus.http.ssl.certificate.key-files={folder}/good.key
quarkus.management.host=127.0.0.1
quarkus.management.port=0
quarkus.http.auth.basic=true
quarkus.security.users.embedded.plain-text=true
quarkus.security.users.embedded.users.{user}={password}
quarkus.security.users.embedded.roles.{user}=sr-admin
quarkus.http.auth.permission.api.paths=/apis/*
quarkus.http.auth.permission.api.policy=authenticated
"""


class Apicurio:
    """A running registry; `url` is what a client is given."""

    def __init__(self, folder, port):
        self.certificate_authority = folder / "ca.pem"
        self.root = f"https://127.0.0.1:{port}"
        self.url = self.root + PREFIX

    def call(self, method, path, body, content_type="application/json"):
        request = urllib.request.Request(self.root + path, method=method, data=body)
        pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        request.add_header("Authorization", "Basic " + pair)
        request.add_header("Content-Type", content_type)
        trust = ssl.create_default_context(cafile=self.certificate_authority)
        try:
            with urllib.request.urlopen(request, context=trust, timeout=PATIENCE) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()

    def register(self, subject, schema, **more):
        """The id that it gives."""
        name = urllib.parse.quote(subject, safe="")
        body = json.dumps({"schema": schema, **more}).encode()
        status, text = self.call("POST", f"{PREFIX}/subjects/{name}/versions", body)
        must(status == 200, f"{subject} is not taken: {status} {text.decode()}")
        return json.loads(text)["id"]

    def fill(self, subjects):
        """Name: id and text of Avro schemas. Only an empty registry takes ids from outside."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name, text in archive_of(subjects):
                archive.writestr(name, text)
        status, text = self.call("POST", IMPORT, packed.getvalue(), "application/zip")
        must(status in (200, 201, 204), f"the import ends with {status}: {text.decode()}")


def archive_of(subjects):
    """The files that Apicurio's own export makes of these."""
    yield "manifest.Manifest.json", json.dumps(
        {"systemVersion": "3.3.3", "exportVersion": "3.0", "dbVersion": "109"})
    for number, text in {number: text for number, text in subjects.values()}.items():
        sum_ = f"{number:064x}"
        yield f"content/{sum_}.Content.json", json.dumps(
            {"contentId": number, "canonicalHash": sum_, "contentHash": sum_,
             "artifactType": "AVRO", "contentType": "application/json",
             "serializedReferences": None})
        yield f"content/{sum_}.Content.data", text
    for number, (name, (content, text)) in enumerate(subjects.items(), 1):
        kind = "JSON" if "$schema" in text else "AVRO"
        owned = {"groupId": None, "artifactId": name, "owner": USER, "createdOn": 0,
                 "modifiedBy": USER, "modifiedOn": 0}
        place = f"groups/default/artifacts/{name}"
        yield f"{place}/MetaData.Artifact.json", json.dumps({**owned, "artifactType": kind})
        yield f"{place}/versions/1.ArtifactVersion.json", json.dumps(
            {**owned, "globalId": number, "version": "1", "versionOrder": 1, "state": "ENABLED",
             "contentId": content})
        yield f"{place}/branches/latest.Branch.json", json.dumps(
            {**owned, "branchId": "latest", "systemDefined": True, "versions": ["1"]})


@contextlib.contextmanager
def apicurio(library, folder):
    """Starts an empty one from what is in `library`, and stops it."""
    folder.mkdir(parents=True)
    make_certificates(folder)
    (port,) = free_ports(1)
    properties = folder / "application.properties"
    properties.write_text(SETTINGS.format(port=port, folder=folder, user=USER, password=PASSWORD))
    command = [newest_java(21), *JAVA[1:], f"-Dquarkus.config.locations={properties}",
               f"-Djava.io.tmpdir={folder}", "-jar", library / "quarkus-run.jar"]
    with started(command, folder / "log", LISTENING, cwd=folder):
        yield Apicurio(folder, port)
