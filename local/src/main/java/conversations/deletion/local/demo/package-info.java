/** Shows people the whole main job: {@code mvn -Pdemo}. */
package conversations.deletion.local.demo;
