"""An agent behind a webhook, with Python's standard library alone: the server posts each message, and sends back what is answered."""

import base64
import hashlib
import hmac
import json
import os
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ENV = os.environ
FILES = Path(ENV.get("FILES", "files"))
XMTP_URL = ENV.get("XMTP_URL", "http://127.0.0.1:4101")
KEY = base64.b64decode(ENV["XMTP_WEBHOOK_SECRET"].removeprefix("whsec_"))
OPENAI_BASE_URL = ENV.get("OPENAI_BASE_URL", "https://api.openai.com/v1")
TOOLS = [
    {
        "type": "function",
        "function": {
            "name": "delete_file",
            "description": "Deletes a file.",
            "parameters": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
        },
    }
]


def delete_file(name, taint):
    """The tool that acts. While the model reads a message, it stays shut: a message may ask for anything, and commands nothing."""
    if taint is not None:
        return "Refused: only my operator may delete files."
    (FILES / Path(name).name).unlink()
    return f"Deleted {Path(name).name}."


def ask(messages):
    body = json.dumps({"model": ENV.get("MODEL", "gpt-5-mini"), "messages": messages, "tools": TOOLS}).encode()
    headers = {"content-type": "application/json", "authorization": f"Bearer {ENV.get('OPENAI_API_KEY', '')}"}
    request = urllib.request.Request(f"{OPENAI_BASE_URL}/chat/completions", body, headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)["choices"][0]["message"]


def run(words, taint):
    """One run of the model. `taint` is that of the message it reads, None when its operator speaks."""
    with urllib.request.urlopen(f"{XMTP_URL}/xmtp/prompt?format=text", timeout=10) as response:
        rules = response.read().decode()
    messages = [{"role": "system", "content": f"You look after files.\n\n{rules}"}, {"role": "user", "content": words}]
    for _ in range(5):
        said = ask(messages)
        if not said.get("tool_calls"):
            return said["content"]
        messages.append({"role": "assistant", **said})
        for call in said["tool_calls"]:
            name = json.loads(call["function"]["arguments"])["name"]
            messages.append({"role": "tool", "tool_call_id": call["id"], "content": delete_file(name, taint)})
    return "That took too many steps."


def is_signed(headers, body):
    """Whoever reaches this port could post a message; the secret tells the server (Standard Webhooks)."""
    sent = headers.get("webhook-timestamp", "")
    if not sent.isdecimal() or abs(time.time() - int(sent)) > 300:
        return False
    signed = f"{headers.get('webhook-id', '')}.{sent}.".encode() + body
    wanted = "v1," + base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256)).decode()
    return any(hmac.compare_digest(wanted.encode(), each.encode()) for each in headers.get("webhook-signature", "").split())


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if not is_signed(self.headers, body):
            return self.answer(401, {})
        message = json.loads(body)["data"]
        try:
            self.answer(200, {} if message["text"] is None else {"reply": run(message["text"], message["taint"])})
        except OSError:
            self.answer(500, {})  # It is asked again later.

    def answer(self, status, body):
        words = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(words)))
        self.end_headers()
        self.wfile.write(words)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(ENV.get("PORT", "8080"))), Handler)
threading.Thread(target=server.serve_forever).start()
print("Ready.", flush=True)
for line in sys.stdin:  # What is typed here comes from the operator, and carries no taint.
    print(run(line, None), flush=True)
