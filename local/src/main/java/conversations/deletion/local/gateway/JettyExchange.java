package conversations.deletion.local.gateway;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * A request to Jetty and its answer, behind the JDK's interface. Jetty's own adapter would also
 * take the place of the JDK's server wherever a program of this JVM asks for one.
 */
final class JettyExchange extends HttpExchange {

  private static final int NOT_SENT = -1;

  private final Request request;
  private final Response response;
  private final Headers requestHeaders = new Headers();
  private final Headers responseHeaders = new Headers();
  private final Map<String, Object> attributes = new HashMap<>();
  private final InputStream requestBody;
  private final OutputStream responseBody;
  private int status = NOT_SENT;

  JettyExchange(Request request, Response response) {
    this.request = request;
    this.response = response;
    for (HttpField field : request.getHeaders()) {
      requestHeaders.add(field.getName(), field.getValue() == null ? "" : field.getValue());
    }
    requestBody = Content.Source.asInputStream(request);
    responseBody = Content.Sink.asOutputStream(response);
  }

  @Override
  public Headers getRequestHeaders() {
    return requestHeaders;
  }

  @Override
  public Headers getResponseHeaders() {
    return responseHeaders;
  }

  @Override
  public URI getRequestURI() {
    return request.getHttpURI().toURI();
  }

  @Override
  public String getRequestMethod() {
    return request.getMethod();
  }

  @Override
  public InputStream getRequestBody() {
    return requestBody;
  }

  @Override
  public OutputStream getResponseBody() {
    return responseBody;
  }

  @Override
  public void sendResponseHeaders(int code, long length) {
    status = code;
    response.setStatus(code);
    responseHeaders.forEach(
        (name, values) -> values.forEach(value -> response.getHeaders().add(name, value)));
    if (length > 0) {
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
    }
  }

  @Override
  public int getResponseCode() {
    return status;
  }

  /** Ends the answer if there is one. Jetty answers for a handler that failed before. */
  @Override
  public void close() {
    if (status == NOT_SENT) {
      return;
    }
    try {
      responseBody.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return (InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return (InetSocketAddress) request.getConnectionMetaData().getLocalSocketAddress();
  }

  @Override
  public String getProtocol() {
    return request.getConnectionMetaData().getProtocol();
  }

  @Override
  public Object getAttribute(String name) {
    return attributes.get(name);
  }

  @Override
  public void setAttribute(String name, Object value) {
    attributes.put(name, value);
  }

  @Override
  public HttpPrincipal getPrincipal() {
    return null;
  }

  @Override
  public HttpContext getHttpContext() {
    throw new UnsupportedOperationException("Jetty has no context of the JDK");
  }

  @Override
  public void setStreams(InputStream input, OutputStream output) {
    throw new UnsupportedOperationException("The streams are Jetty's");
  }
}
