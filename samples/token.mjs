// Prints a token for the auth header. It needs Node 18 or later, and no package.
//
//   APP_ID=shop-backend SECRET=the-secret node token.mjs            signs with HS256
//   APP_ID=shop-backend KEY_FILE=private-key.pem node token.mjs     signs with RS256 or ES256, by the key
//
// With AUDIENCE=conversation-deletion-prod, the name of the stack, no other service takes the token.
import { createHmac, createPrivateKey, randomUUID, sign } from "node:crypto";
import { readFileSync } from "node:fs";

const { APP_ID, SECRET, KEY_FILE, AUDIENCE } = process.env;

const fail = (why) => {
  console.error(`token.mjs: ${why}`);
  process.exit(2);
};
const keyIn = (file) => {
  try {
    return createPrivateKey(readFileSync(file));
  } catch (error) {
    return fail(`KEY_FILE can't be read: ${error.message}`);
  }
};

if (!APP_ID) fail("APP_ID is not set: the id of the client app");
if (!SECRET && !KEY_FILE) fail("neither SECRET nor KEY_FILE is set");
if (!KEY_FILE && Buffer.byteLength(SECRET) < 32) fail("SECRET has fewer than 32 bytes, too few for HS256");

const key = KEY_FILE && keyIn(KEY_FILE);
const algorithm = !key ? "HS256" : key.asymmetricKeyType === "rsa" ? "RS256" : "ES256";
const now = Math.floor(Date.now() / 1000);

const base64url = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
const content = [
  base64url({ alg: algorithm, typ: "JWT" }),
  base64url({ appId: APP_ID, iat: now, exp: now + 300, jti: randomUUID(), aud: AUDIENCE || undefined }),
].join(".");

// A JWT has the two numbers of an ES256 signature side by side (ieee-p1363), not in DER.
const signature = key
  ? sign("sha256", Buffer.from(content), { key, dsaEncoding: "ieee-p1363" })
  : createHmac("sha256", SECRET).update(content).digest();
console.log(`${content}.${signature.toString("base64url")}`);
