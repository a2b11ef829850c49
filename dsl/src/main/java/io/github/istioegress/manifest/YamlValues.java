package io.github.istioegress.manifest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Map;

/** Reads a YAML file that is no manifest: a calls file, the text of a mesh config. */
public final class YamlValues {

  private static final YAMLMapper MAPPER = new YAMLMapper();

  private YamlValues() {}

  /**
   * The values of a file.
   *
   * @throws IllegalArgumentException when it is not a YAML table, naming the line
   */
  public static Map<String, Object> read(SourceFile file) {
    try {
      Map<String, Object> values =
          MAPPER.readValue(file.text(), new TypeReference<Map<String, Object>>() {});
      return values == null ? Map.of() : values;
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new IllegalArgumentException(
          "%s:%s is not a YAML table: %s".formatted(file.name(), line, e.getOriginalMessage()), e);
    }
  }
}
