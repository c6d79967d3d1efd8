"""Prints a token for the auth header. It needs Python 3 and no package.

    APP_ID=shop-backend SECRET=the-secret python3 token.py     signs with HS256

With AUDIENCE=conversation-deletion-prod, the name of the stack, no other service takes the token.
Python's own library has no RS256 and no ES256: for these take a package, such as PyJWT.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
import uuid


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def fail(why: str) -> None:
    print(f"token.py: {why}", file=sys.stderr)
    sys.exit(2)


app_id = os.environ.get("APP_ID") or fail("APP_ID is not set: the id of the client app")
secret = os.environb.get(b"SECRET") or fail("SECRET is not set")
if len(secret) < 32:
    fail("SECRET has fewer than 32 bytes, too few for HS256")

now = int(time.time())
header = {"alg": "HS256", "typ": "JWT"}
claims = {"appId": app_id, "iat": now, "exp": now + 300, "jti": str(uuid.uuid4())}
if os.environ.get("AUDIENCE"):
    claims["aud"] = os.environ["AUDIENCE"]

content = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
signature = hmac.new(secret, content.encode(), hashlib.sha256).digest()
print(f"{content}.{base64url(signature)}")
