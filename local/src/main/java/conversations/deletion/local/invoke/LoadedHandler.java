package conversations.deletion.local.invoke;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A handler with its method, called as Lambda's Java runtime calls it: with the serialisation that
 * the runtime itself uses, or with plain streams.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-handler.html">Java handlers</a>
 */
final class LoadedHandler {

  private final Object handler;
  private final Method method;

  LoadedHandler(Object handler, HandlerName name) throws NoSuchMethodException {
    this.handler = handler;
    this.method =
        Arrays.stream(handler.getClass().getMethods())
            .filter(candidate -> candidate.getName().equals(name.method()))
            .filter(candidate -> !candidate.isBridge())
            .max(Comparator.comparingInt(Method::getParameterCount))
            .orElseThrow(
                () ->
                    new NoSuchMethodException(
                        "%s has no method %s".formatted(name.className(), name.method())));
    // The class itself may be package-private, as those of tests are.
    this.method.setAccessible(true);
  }

  InvocationResult handle(byte[] event, Context context) {
    try {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      if (takesStreams()) {
        call(new ByteArrayInputStream(event), output, context);
      } else {
        Object result =
            call(serializer(inputType()).fromJson(new ByteArrayInputStream(event)), null, context);
        serializer(method.getGenericReturnType()).toJson(result, output);
      }
      if (output.size() > FunctionInvoker.MAX_PAYLOAD_BYTES) {
        return InvocationResult.FunctionError.responseTooLarge();
      }
      return new InvocationResult.Success(output.toByteArray());
    } catch (InvocationTargetException e) {
      return error(e.getCause());
    } catch (IllegalAccessException | UncheckedIOException e) {
      return error(e);
    }
  }

  private Object call(Object input, OutputStream output, Context context)
      throws InvocationTargetException, IllegalAccessException {
    ArrayList<Object> arguments = new ArrayList<Object>();
    for (Class<?> type : method.getParameterTypes()) {
      if (type.equals(Context.class)) {
        arguments.add(context);
      } else if (type.equals(OutputStream.class)) {
        arguments.add(output);
      } else {
        arguments.add(input);
      }
    }
    return method.invoke(handler, arguments.toArray());
  }

  private boolean takesStreams() {
    return Arrays.asList(method.getParameterTypes()).contains(InputStream.class);
  }

  private Type inputType() {
    return method.getGenericParameterTypes()[0];
  }

  /**
   * The serializer that Lambda uses: one of its own for each of Lambda's events, plain Jackson for
   * all other types.
   */
  @SuppressWarnings("unchecked")
  private PojoSerializer<Object> serializer(Type type) {
    if (type instanceof Class<?> eventClass
        && LambdaEventSerializers.isLambdaSupportedEvent(eventClass.getName())) {
      return (PojoSerializer<Object>)
          LambdaEventSerializers.serializerFor(eventClass, handler.getClass().getClassLoader());
    }
    return JacksonFactory.getInstance().getSerializer(type);
  }

  private static InvocationResult error(Throwable thrown) {
    return new InvocationResult.FunctionError(thrown.getClass().getName(), thrown.getMessage());
  }
}
