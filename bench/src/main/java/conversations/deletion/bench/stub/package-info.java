/** The part of AWS that the service uses, in this process. It counts, slows down and throttles. */
package conversations.deletion.bench.stub;
