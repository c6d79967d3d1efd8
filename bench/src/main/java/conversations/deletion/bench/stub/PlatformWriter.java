package conversations.deletion.bench.stub;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A platform that writes items of 1 KB to the records table, at even distances, while a job runs. A
 * write that is refused is not tried again.
 */
public final class PlatformWriter {

  private static final double NANOS = 1e9;

  private final StubAws aws;
  private final double unitsPerSecond;
  private final AtomicLong asked = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();

  public PlatformWriter(StubAws aws, double unitsPerSecond) {
    this.aws = aws;
    this.unitsPerSecond = unitsPerSecond;
  }

  /** Writes from now on for so long. */
  public void write(Duration duration) throws InterruptedException {
    TimeSource time = aws.time();
    long start = time.nanoTime();
    long writes = (long) (duration.toNanos() / NANOS * unitsPerSecond);
    for (long i = 0; i < writes; i++) {
      long next = start + (long) (i * NANOS / unitsPerSecond);
      time.sleep(Duration.ofNanos(Math.max(0, next - time.nanoTime())));
      asked.incrementAndGet();
      if (aws.write()) {
        taken.incrementAndGet();
      }
    }
  }

  /** The writes so far. */
  public long asked() {
    return asked.get();
  }

  /** Those of them that the table took. */
  public long taken() {
    return taken.get();
  }
}
