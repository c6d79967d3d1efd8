package conversations.deletion.local.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import com.robothy.netty.http.HttpResponse;
import com.robothy.s3.datatypes.response.S3Error;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.UUID;

/** A refusal as S3 sends it. */
final class S3Refusal extends RuntimeException {

  private final int status;
  private final String code;

  S3Refusal(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  void write(HttpResponse response, XmlMapper xml) {
    S3Error error =
        S3Error.builder()
            .code(code)
            .message(getMessage())
            .requestId(UUID.randomUUID().toString())
            .build();
    try {
      response
          .status(HttpResponseStatus.valueOf(status))
          .putHeader("content-type", "application/xml")
          .write(xml.writeValueAsString(error));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
