package conversations.deletion.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import conversations.deletion.application.port.OwnerMail.Email;
import conversations.deletion.domain.BotId;
import conversations.deletion.domain.ConversationId;
import conversations.deletion.domain.DeletionJob;
import conversations.deletion.local.browser.Browser;
import conversations.deletion.local.browser.Font;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The owner's e-mail as a mail program that uses a browser shows it. It is shown on phones and on a
 * desk, by day and by night, in a wide font and in a narrow one. Text is shown in the size that the
 * mail asks for and in twice that. The test leaves {@code target/owner-mail.png}, and one picture
 * for each look. {@code docs/images} has a copy of the former.
 */
class OwnerMailLookIT {

  private static final Path PICTURES = Path.of("target", "owner-mail");
  private static final int SMALL_PHONE = 320;
  private static final int PHONE = 375;
  private static final int DESK = 720;
  private static final int[] WIDTHS = {DESK, PHONE, SMALL_PHONE};
  private static final int GAP = 16;

  @AutoClose private static Browser browser;
  @AutoClose private static Engine engine;
  private static Map<String, Email> mails;

  @BeforeAll
  static void sendMails() {
    browser = Browser.startOrSkip();
    engine = new Engine();
    mails = new LinkedHashMap<>();
    mails.put("completed", completed());
    mails.put("partially-completed", partiallyCompleted());
    mails.put("failed", failed());
    mails.put("nothing-found", nothingFound());
    mails.put("right-to-left", rightToLeft());
    mails.put("longest", longest());
  }

  @ParameterizedTest
  @EnumSource(Font.class)
  void holdsInAnyFontOnPhonesAndInTextTwiceAsLarge(Font font) throws IOException {
    browser.use(font);
    browser.preferColours("light");
    int roomForValues = font == Font.NARROW ? SMALL_PHONE : DESK;
    for (Map.Entry<String, Email> mail : mails.entrySet()) {
      String what = "%s, in %s".formatted(mail.getKey(), font);
      open(mail.getKey(), mail.getValue());
      assertThat(browser.fontsInUse()).as(what).containsExactly(font.toString());
      for (int width : WIDTHS) {
        requireHold(what, width);
        if (width >= roomForValues) {
          assertThat(brokenValues()).as("%s at %d pixels", what, width).isEmpty();
        }
        picture("%s-%d-%s".formatted(mail.getKey(), width, font.name()));
      }
      browser.doubleText();
      for (int width : WIDTHS) {
        requireHold(what + ", text twice as large", width);
      }
      picture("%s-double-%s".formatted(mail.getKey(), font.name()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void isReadableByDayAndByNight(String scheme) throws IOException {
    browser.use(Font.WIDE);
    browser.preferColours(scheme);
    for (Map.Entry<String, Email> mail : mails.entrySet()) {
      open(mail.getKey(), mail.getValue());
      browser.resize(PHONE, 200);
      String what = "%s, %s".formatted(mail.getKey(), scheme);
      // The rules about a page's landmarks do not apply, because a mail is shown inside another
      // page.
      assertThat(browser.accessibilityFaults("wcag2a", "wcag2aa", "wcag21aa")).as(what).isEmpty();
      assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
          .as(what)
          .isEqualTo(scheme.equals("dark") ? "rgb(15, 20, 27)" : "rgb(243, 245, 248)");
    }
  }

  @Test
  void leavesAPictureForTheDocumentation() throws IOException {
    browser.useInstalledFonts();
    List<List<BufferedImage>> rows = new ArrayList<>();
    // This mail has most to tell.
    Email mail = mails.get("partially-completed");
    for (String scheme : List.of("light", "dark")) {
      browser.preferColours(scheme);
      open("documented", mail);
      List<BufferedImage> row = new ArrayList<>();
      for (int width : new int[] {DESK, PHONE}) {
        browser.resize(width, 200);
        row.add(picture("documented-%d-%s".formatted(width, scheme)));
      }
      rows.add(row);
    }

    BufferedImage all = montage(rows.getFirst(), rows.getLast());

    assertThat(ImageIO.write(all, "png", new File("target/owner-mail.png"))).isTrue();
  }

  private void open(String name, Email mail) throws IOException {
    Path page = PICTURES.resolve(name + ".html");
    Files.createDirectories(PICTURES);
    Files.writeString(page, mail.html());
    browser.resize(DESK, 200);
    browser.open(page.toUri().toString());
    browser.find("h1");
  }

  private void requireHold(String mail, int width) {
    browser.resize(width, 200);
    String what = "%s at %d pixels".formatted(mail, width);
    assertThat(browser.overflow()).as(what).isZero();
    assertThat(browser.cutOff()).as(what).isEmpty();
  }

  /** Counts and times that do not fit in one line. */
  private List<?> brokenValues() {
    return (List<?>)
        browser.evaluate(
            """
        [...document.querySelectorAll("td[align=right]")]
          .filter((value) => {
            const text = document.createRange();
            text.selectNodeContents(value);
            const { lineHeight } = getComputedStyle(value);
            return text.getBoundingClientRect().height > 1.5 * parseFloat(lineHeight);
          })
          .map((value) => value.textContent)
        """);
  }

  private BufferedImage picture(String name) throws IOException {
    byte[] picture = browser.wholePage();
    Files.write(PICTURES.resolve(name + ".png"), picture);
    return ImageIO.read(new ByteArrayInputStream(picture));
  }

  private static Email completed() {
    engine.platform.conversation(64);
    return mailAfter(engine.jobs.submitSettledUser());
  }

  private static Email partiallyCompleted() {
    ConversationId stuck = engine.platform.conversation(5);
    engine.records = new RefusingRecords(engine.records, stuck, "MESSAGE");
    return mailAfter(
        engine.jobs.submit(
            stuck, engine.platform.conversation(48), engine.platform.conversation(31)));
  }

  private static Email failed() {
    ConversationId stuck = engine.platform.conversation(4);
    engine.records = new RefusingRecords(engine.records, stuck, "");
    return mailAfter(engine.jobs.submit(stuck));
  }

  private static Email nothingFound() {
    return mailAfter(engine.jobs.submit(new ConversationId("c-unknown")));
  }

  private static Email rightToLeft() {
    engine.platform.anotherBot(new BotId("st-1"), "בוט משלוחים ושירות לקוחות");
    return mailAfter(engine.jobs.submit(engine.platform.conversation(4)));
  }

  /** Ids as long as they may be, a name without a space, and counts that no test reaches. */
  private static Email longest() {
    engine.platform.anotherBot(new BotId("M".repeat(128)), "W".repeat(200));
    Email mail = partiallyCompleted();
    return new Email(
        mail.to(),
        mail.subject(),
        mail.text(),
        mail.html().replaceAll("<strong>\\d+</strong>", "<strong>123456789</strong>"));
  }

  private static Email mailAfter(DeletionJob job) {
    engine.runUntilClosed(job);
    return engine.mails.getLast();
  }

  private static BufferedImage montage(List<BufferedImage> above, List<BufferedImage> below) {
    int width = DESK + PHONE + 3 * GAP;
    int firstHeight = height(above);
    BufferedImage all =
        new BufferedImage(width, firstHeight + height(below) + 3 * GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
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
