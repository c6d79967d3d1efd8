/** {@code mvn -Pclient}: registers client apps, here or with a deployed stack. */
package conversations.deletion.local.client;
