package conversations.deletion.local.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads a template's YAML into maps and lists. The short form of an intrinsic function becomes its
 * long one: {@code !Ref A} is read as {@code {Ref: A}}.
 */
final class TemplateYaml {

  private TemplateYaml() {}

  static Map<?, ?> read(Path file) {
    LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
    try {
      Object document =
          new Load(settings, new ShortForms(settings)).loadFromString(Files.readString(file));
      if (document instanceof Map<?, ?> map) {
        return map;
      }
      throw new TemplateException(file + " is not a YAML mapping");
    } catch (IOException e) {
      throw new UncheckedIOException("The template cannot be read: " + file, e);
    } catch (YamlEngineException e) {
      throw new TemplateException(file + " is not understood: " + e.getMessage(), e);
    }
  }

  private static final class ShortForms extends StandardConstructor {

    ShortForms(LoadSettings settings) {
      super(settings);
      for (String name : Intrinsics.NAMES) {
        Tag tag = new Tag("!" + name.replace("Fn::", ""));
        tagConstructors.put(tag, node -> Map.of(name, argument(name, node)));
      }
    }

    private Object argument(String name, Node node) {
      return switch (node) {
        case ScalarNode scalar when name.equals("Fn::GetAtt") ->
            List.of(scalar.getValue().split("\\.", 2));
        case ScalarNode scalar -> scalar.getValue();
        case SequenceNode sequence -> constructSequence(sequence);
        case MappingNode mapping -> constructMapping(mapping);
        default -> throw new TemplateException("Not understood: " + node);
      };
    }
  }
}
