/** The main job, whole, for people to watch: {@code mvn -Pdemo}. */
package conversations.deletion.local.demo;
