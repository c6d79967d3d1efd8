/** Reads and verifies JSON Web Tokens (RFC 7519), with the library Nimbus. */
package conversations.deletion.adapter.jwt;
