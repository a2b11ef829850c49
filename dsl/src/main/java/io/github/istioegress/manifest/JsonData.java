package io.github.istioegress.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads plain JSON, in a fraction of the time that a reader of YAML takes. What is not quite plain
 * is left to that one, which says what is wrong with it.
 */
final class JsonData {

  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final String file;
  private final DataFile.Listed listed;
  private final JsonParser parser;

  private JsonData(String file, DataFile.Listed listed, JsonParser parser) {
    this.file = file;
    this.listed = listed;
    this.parser = parser;
  }

  /** True for one object in which no key stands twice and each number is one to all readers. */
  static boolean isPlain(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      int depth = 0;
      int nodes = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        boolean odd =
            ++nodes > ReaderLimits.DATA_NODES
                || (depth == 0 && (nodes > 1 || token != JsonToken.START_OBJECT))
                || (token.isNumeric() && PlainScalar.isAmbiguous(parser.getText()));
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (odd || depth > ReaderLimits.DEPTH) {
          return false;
        }
      }
      return nodes > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The values of a text that is plain. */
  static PlacedValue read(String file, String text, DataFile.Listed listed) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonData(file, listed, parser).root();
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no JSON, which was seen before", e);
    }
  }

  private PlacedValue root() throws IOException {
    parser.nextToken();
    int line = line();
    Map<String, PlacedValue> fields = new LinkedHashMap<>();
    for (JsonToken key = parser.nextToken();
        key != JsonToken.END_OBJECT;
        key = parser.nextToken()) {
      String name = parser.currentName();
      int keyLine = line();
      JsonToken value = parser.nextToken();
      boolean handed = value == JsonToken.START_ARRAY && listed.field().equals(name);
      fields.put(name, new PlacedValue(handed ? handOn() : value(value), file, keyLine));
    }
    return new PlacedValue(fields, file, line);
  }

  private List<PlacedValue> handOn() throws IOException {
    each(listed.item());
    return List.of();
  }

  private Object value(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> fields();
      case START_ARRAY -> items();
      case VALUE_NULL -> Optional.empty();
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case VALUE_STRING -> parser.getText();
      default -> PlainScalar.read(parser.getText()).numberValue();
    };
  }

  private Map<String, PlacedValue> fields() throws IOException {
    Map<String, PlacedValue> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      int line = line();
      fields.put(name, new PlacedValue(value(parser.nextToken()), file, line));
    }
    return fields;
  }

  private List<PlacedValue> items() throws IOException {
    List<PlacedValue> items = new ArrayList<>();
    each(items::add);
    return items;
  }

  private void each(Consumer<PlacedValue> taken) throws IOException {
    for (JsonToken item = parser.nextToken();
        item != JsonToken.END_ARRAY;
        item = parser.nextToken()) {
      int line = line();
      taken.accept(new PlacedValue(value(item), file, line));
    }
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
