package conversations.deletion.local.embedded;

import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.xml.XmlFactory;
import com.fasterxml.jackson.dataformat.xml.XmlMapper;
import com.robothy.netty.router.Router;
import com.robothy.s3.core.service.BucketService;
import com.robothy.s3.core.service.ObjectService;
import com.robothy.s3.core.service.manager.LocalS3Manager;
import com.robothy.s3.core.service.manager.vectors.LocalS3VectorsManager;
import com.robothy.s3.core.service.s3vectors.S3VectorsService;
import com.robothy.s3.rest.handler.LocalS3RouterFactory;
import com.robothy.s3.rest.service.ServiceFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.xml.stream.XMLInputFactory;

/** What LocalS3's own launcher puts together: its store in memory, and the paths to it. */
final class LocalS3Parts {

  private final ObjectService objects;
  private final XmlMapper xml = xmlMapper();
  private final Router router;

  LocalS3Parts() {
    LocalS3Manager store = LocalS3Manager.createInMemoryS3Manager();
    objects = store.objectService();
    Services services = new Services();
    services.register(BucketService.class, store::bucketService);
    services.register(ObjectService.class, () -> objects);
    services.register(XmlMapper.class, () -> xml);
    services.register(ObjectMapper.class, ObjectMapper::new);
    services.register(
        S3VectorsService.class, LocalS3VectorsManager.createInMemory()::s3VectorsService);
    router = LocalS3RouterFactory.create(services);
  }

  ObjectService objects() {
    return objects;
  }

  XmlMapper xml() {
    return xml;
  }

  Router router() {
    return router;
  }

  /** Entities of a document are not followed. */
  private static XmlMapper xmlMapper() {
    XMLInputFactory input = new WstxInputFactory();
    input.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    input.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    input.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XmlMapper mapper = new XmlMapper(new XmlFactory(input, new WstxOutputFactory()));
    mapper.findAndRegisterModules();
    mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    return mapper;
  }

  /** Each store has its own; LocalS3's are shared by all of a JVM. */
  private static final class Services implements ServiceFactory {

    private final Map<Class<?>, Supplier<?>> services = new ConcurrentHashMap<>();

    @Override
    public <T> void register(Class<T> type, Supplier<? extends T> service) {
      services.put(type, service);
    }

    @Override
    public <T> T getInstance(Class<T> type) {
      return type.cast(services.get(type).get());
    }
  }
}
