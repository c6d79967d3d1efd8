package conversations.deletion.adapter.ses;

import conversations.deletion.application.port.OwnerMail;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.Content;
import software.amazon.awssdk.services.ses.model.SesException;

/** Sends e-mails by SES (its API of 2010-12-01). */
public final class SesOwnerMail implements OwnerMail {

  /** A gateway answers so if SES itself did not answer in time. */
  private static final int GATEWAY_TIMEOUT = 504;

  private final SesClient ses;
  private final String sender;

  /**
   * Sends e-mails from one address.
   *
   * @param ses a client that sends each request only once: a repeated request could send a second
   *     e-mail
   * @param sender the address that e-mails come from: an identity that SES has verified
   */
  public SesOwnerMail(SesClient ses, String sender) {
    this.ses = ses;
    this.sender = sender;
  }

  @Override
  public void send(Email email) {
    try {
      ses.sendEmail(
          request ->
              request
                  .source(sender)
                  .destination(to -> to.toAddresses(email.to()))
                  .message(
                      message ->
                          message
                              .subject(utf8(email.subject()))
                              .body(
                                  body -> body.text(utf8(email.text())).html(utf8(email.html())))));
    } catch (SesException e) {
      String code = errorCode(e);
      Optional<String> trouble =
          SesRefusals.troubleOfTheSender(code, errorMessage(e), sender, email.to());
      if (trouble.isPresent()) {
        throw new SenderRefusedException(trouble.get(), e);
      }
      if (SesRefusals.isAboutTheRecipient(code)) {
        throw new UndeliverableException(code, e);
      }
      if (e.statusCode() == GATEWAY_TIMEOUT) {
        throw new NoAnswerException(e);
      }
      throw new MailFailedException(code, e);
    } catch (SdkClientException e) {
      if (isWithoutConnection(e)) {
        throw new MailFailedException("NoConnection", e);
      }
      throw new NoAnswerException(e);
    }
  }

  /**
   * Tells whether no connection could be opened, so that nothing was sent. All other failures leave
   * it open what became of the request.
   */
  private static boolean isWithoutConnection(Throwable failure) {
    return switch (failure) {
      case ConnectException _,
          NoRouteToHostException _,
          UnknownHostException _,
          SSLHandshakeException _,
          SSLPeerUnverifiedException _ ->
          true;
      // Only its text tells a connection that was not opened in time from an answer that did not
      // come.
      case SocketTimeoutException late -> "connect timed out".equalsIgnoreCase(late.getMessage());
      case null -> false;
      default -> isWithoutConnection(failure.getCause());
    };
  }

  private static Content utf8(String data) {
    return Content.builder().charset(StandardCharsets.UTF_8.name()).data(data).build();
  }

  /** It may name addresses, so it goes nowhere. */
  private static String errorMessage(SesException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorMessage() == null ? "" : details.errorMessage();
  }

  private static String errorCode(SesException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null
        ? "Status" + e.statusCode()
        : details.errorCode();
  }
}
