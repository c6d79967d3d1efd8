package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.local.browser.Browser;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * The owner's e-mail as a mail program shows it that is made of a browser, on a phone and on a
 * desk, by day and by night. It leaves {@code target/owner-mail.png}, which {@code docs/images}
 * holds a copy of, and one picture for each look.
 */
class OwnerMailLookIT {

  private static final Path PICTURES = Path.of("target", "owner-mail");
  private static final int PHONE = 375;
  private static final int DESK = 720;
  private static final int GAP = 16;

  @AutoClose private final Browser browser = Browser.startOrSkip();
  @AutoClose private final Engine engine = new Engine();

  @Test
  void fitsPhonesAndIsReadableByDayAndByNight() throws IOException {
    Map<String, Email> mails = new LinkedHashMap<>();
    mails.put("completed", completed());
    mails.put("partially-completed", partiallyCompleted());
    mails.put("failed", failed());
    List<List<BufferedImage>> rows = new ArrayList<>();

    for (String scheme : List.of("light", "dark")) {
      browser.preferColours(scheme);
      for (Map.Entry<String, Email> mail : mails.entrySet()) {
        List<BufferedImage> row = new ArrayList<>();
        for (int width : new int[] {DESK, PHONE}) {
          row.add(look(mail.getKey(), mail.getValue(), width, scheme));
        }
        rows.add(row);
      }
    }

    // The partially completed one has most to tell.
    ImageIO.write(montage(rows.get(1), rows.get(4)), "png", new File("target/owner-mail.png"));
  }

  private BufferedImage look(String name, Email mail, int width, String scheme) throws IOException {
    Path page = PICTURES.resolve(name + ".html");
    Files.createDirectories(PICTURES);
    Files.writeString(page, mail.html());
    browser.resize(width, 200);
    browser.open(page.toUri().toString());
    browser.find("h1");
    String what = "%s at %d pixels, %s".formatted(name, width, scheme);
    assertThat(browser.overflow()).as(what).isZero();
    // Not the rules about a page's landmarks: a mail is shown inside another page.
    assertThat(browser.accessibilityFaults("wcag2a", "wcag2aa", "wcag21aa")).as(what).isEmpty();
    assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
        .as(what)
        .isEqualTo(scheme.equals("dark") ? "rgb(15, 20, 27)" : "rgb(243, 245, 248)");
    byte[] picture = browser.wholePage();
    Files.write(PICTURES.resolve("%s-%d-%s.png".formatted(name, width, scheme)), picture);
    return ImageIO.read(new ByteArrayInputStream(picture));
  }

  private Email completed() {
    engine.platform.conversation(64);
    return mailAfter(engine.jobs.submitSettledUser());
  }

  private Email partiallyCompleted() {
    ConversationId stuck = engine.platform.conversation(5);
    engine.records = new RefusingRecords(engine.records, stuck, "MESSAGE");
    return mailAfter(
        engine.jobs.submit(
            stuck, engine.platform.conversation(48), engine.platform.conversation(31)));
  }

  private Email failed() {
    ConversationId stuck = engine.platform.conversation(4);
    engine.records = new RefusingRecords(engine.records, stuck, "");
    return mailAfter(engine.jobs.submit(stuck));
  }

  private Email mailAfter(DeletionJob job) {
    engine.runUntilClosed(job);
    return engine.mails.getLast();
  }

  private static BufferedImage montage(List<BufferedImage> above, List<BufferedImage> below) {
    int width = DESK + PHONE + 3 * GAP;
    int firstHeight = height(above);
    BufferedImage all =
        new BufferedImage(width, firstHeight + height(below) + 3 * GAP, BufferedImage.TYPE_INT_RGB);
    var graphics = all.createGraphics();
    graphics.setColor(new Color(0xb4bdc8));
    graphics.fillRect(0, 0, all.getWidth(), all.getHeight());
    draw(above, GAP, graphics);
    draw(below, firstHeight + 2 * GAP, graphics);
    graphics.dispose();
    return all;
  }

  private static void draw(List<BufferedImage> row, int y, Graphics2D graphics) {
    int x = GAP;
    for (BufferedImage picture : row) {
      graphics.drawImage(picture, x, y, null);
      x += picture.getWidth() + GAP;
    }
  }

  private static int height(List<BufferedImage> row) {
    return row.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
  }
}
