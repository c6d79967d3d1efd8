package conversations.deletion.bench.coldstart;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs in a fresh JVM until a function's first answer. It constructs the handler, and passes it the
 * event with the serialisation of Lambda's own runtime.
 *
 * <p>Prints the CPU milliseconds that all threads of the process took until then, and the answer.
 */
final class FirstAnswer {

  private FirstAnswer() {}

  /**
   * @param arguments the name of the handler's class, and the file with the event
   */
  public static void main(String[] arguments) throws Exception {
    Object handler = Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
    byte[] answer = handle(handler, Files.readAllBytes(Path.of(arguments[1])));
    long millis = ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis();
    System.out.println(millis + " " + new String(answer, StandardCharsets.UTF_8));
    System.out.flush();
    if (System.getProperty("exit") == null) {
      Runtime.getRuntime().halt(0);
    }
    System.exit(0);
  }

  @SuppressWarnings("unchecked")
  private static byte[] handle(Object handler, byte[] event) throws IOException {
    ByteArrayInputStream input = new ByteArrayInputStream(event);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    if (handler instanceof RequestStreamHandler streams) {
      streams.handleRequest(input, output, new SomeContext());
    } else {
      Method method = method(handler.getClass());
      Object read =
          serializer(method.getGenericParameterTypes()[0], handler.getClass()).fromJson(input);
      Object answer =
          ((RequestHandler<Object, Object>) handler).handleRequest(read, new SomeContext());
      serializer(method.getGenericReturnType(), handler.getClass()).toJson(answer, output);
    }
    return output.toByteArray();
  }

  private static Method method(Class<?> handler) {
    for (Method method : handler.getMethods()) {
      if (method.getName().equals("handleRequest") && !method.isBridge()) {
        return method;
      }
    }
    throw new IllegalArgumentException(handler + " handles no request");
  }

  @SuppressWarnings("unchecked")
  private static PojoSerializer<Object> serializer(Type type, Class<?> handler) {
    if (type instanceof Class<?> event
        && LambdaEventSerializers.isLambdaSupportedEvent(event.getName())) {
      return (PojoSerializer<Object>)
          LambdaEventSerializers.serializerFor(event, handler.getClassLoader());
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }
}
