#!/usr/bin/env bash
# Prints a token for the auth header. It needs openssl.
#
#   APP_ID=shop-backend SECRET=the-secret bash token.sh                 signs with HS256
#   APP_ID=shop-backend KEY_FILE=rsa-private-key.pem bash token.sh      signs with RS256
#
# With AUDIENCE=conversation-deletion-prod, the name of the stack, no other service takes the token.
# With HS256, other users of this machine may see the secret while openssl runs, as it is an argument.
set -euo pipefail

fail() {
  echo "token.sh: $1" >&2
  exit 2
}
[ -n "${APP_ID:-}" ] || fail "APP_ID is not set: the id of the client app"
if [ -n "${KEY_FILE:-}" ]; then
  [ -r "$KEY_FILE" ] || fail "KEY_FILE can't be read: $KEY_FILE"
else
  [ -n "${SECRET:-}" ] || fail "neither SECRET nor KEY_FILE is set"
  [ "$(printf %s "$SECRET" | wc -c)" -ge 32 ] || fail "SECRET has fewer than 32 bytes, too few for HS256"
fi

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

sign() {
  if [ -n "${KEY_FILE:-}" ]; then
    openssl dgst -sha256 -sign "$KEY_FILE" -binary
  else
    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(printf %s "$SECRET" | od -An -v -tx1 | tr -d ' \n')" -binary
  fi
}

algorithm=HS256
if [ -n "${KEY_FILE:-}" ]; then
  openssl rsa -in "$KEY_FILE" -noout    # fails for a key of another kind
  algorithm=RS256
fi
now=$(date +%s)
header=$(printf '{"alg":"%s","typ":"JWT"}' "$algorithm" | base64url)
audience=${AUDIENCE:+,\"aud\":\"$AUDIENCE\"}
claims=$(printf '{"appId":"%s","iat":%d,"exp":%d,"jti":"%s"%s}' "$APP_ID" "$now" "$((now + 300))" "$(openssl rand -hex 16)" "$audience" | base64url)
printf '%s.%s.%s\n' "$header" "$claims" "$(printf %s "$header.$claims" | sign | base64url)"
