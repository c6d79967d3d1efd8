/** As much of AWS as the service uses, in this process: it counts, slows down and throttles. */
package conversations.deletion.bench.stub;
