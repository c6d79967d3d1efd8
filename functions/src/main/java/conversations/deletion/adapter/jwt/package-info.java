/** Tokens as JSON Web Tokens (RFC 7519), by Nimbus. */
package conversations.deletion.adapter.jwt;
