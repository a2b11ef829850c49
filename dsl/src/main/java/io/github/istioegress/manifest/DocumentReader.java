package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.FindingCode;
import io.github.istioegress.finding.InputCode;
import io.github.istioegress.finding.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads the documents of one file into trees that know their places. It follows the parser's events
 * and goes no further: no alias is expanded, no tag names a class, and nothing is built twice.
 */
final class DocumentReader {

  /** A tree and where it stands. */
  private record Placed(JsonNode tree, Place place) {}

  /**
   * A list in the outermost map whose items are handed on and not kept.
   *
   * @param field the field of the list; empty for no list
   * @param item takes tree and place of each
   */
  record Items(String field, BiConsumer<JsonNode, Place> item) {
    private static final Items NONE = new Items("", (tree, place) -> {});
  }

  /** Ends the reading of a file whose finding is already told. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stop() {
      super(null, null, false, false);
    }
  }

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final Pattern ESCAPE = Pattern.compile("\\\\.");

  private final String file;
  private final List<Finding> findings;
  private final ParserImpl parser;
  private final int mostNodes;
  private final Items items;
  private int nodes;

  private DocumentReader(
      String file, String text, int mostNodes, Items items, List<Finding> findings) {
    this.items = items;
    this.file = file;
    this.mostNodes = mostNodes;
    this.findings = findings;
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(ReaderLimits.CHARACTERS);
    this.parser = new ParserImpl(new StreamReader(text), options);
  }

  /** The documents up to the first fault after which a parser is lost; empty ones are left out. */
  static List<Document> read(SourceFile file, List<Finding> findings) {
    return read(file, ReaderLimits.NODES, findings, Items.NONE);
  }

  /** The same with another limit of keys and values, and a list that is not kept. */
  static List<Document> read(SourceFile file, int mostNodes, List<Finding> findings, Items items) {
    String text = TextCheck.withoutMark(file.text());
    List<Document> documents = new ArrayList<>();
    TextCheck.check(file, text)
        .ifPresentOrElse(
            findings::add,
            () -> {
              String yaml = file.name().endsWith(".json") ? jsonAsYaml(text) : text;
              new DocumentReader(file.name(), yaml, mostNodes, items, findings).readInto(documents);
            });
    return documents;
  }

  /**
   * JSON indents with tabs as it likes and escapes slashes, which our YAML does not know. Inside
   * its strings there are no tabs.
   */
  private static String jsonAsYaml(String json) {
    return ESCAPE
        .matcher(json.replace('\t', ' '))
        .replaceAll(found -> found.group().equals("\\/") ? "\\\\u002f" : "$0");
  }

  private void readInto(List<Document> documents) {
    try {
      while (!parser.checkEvent(Event.ID.StreamEnd)) {
        Event event = parser.getEvent();
        if (!event.is(Event.ID.StreamStart)
            && !event.is(Event.ID.DocumentEnd)
            && !event.is(Event.ID.DocumentStart)) {
          Placed root = value(event, 1);
          if (!root.tree().isNull()) {
            documents.add(new Document(file, root.tree(), root.place()));
          }
        }
      }
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      Location location = mark == null ? Location.file(file) : at(mark);
      findings.add(InputCode.NOT_YAML.at(location, e.getProblem()));
    } catch (YAMLException e) {
      findings.add(InputCode.NOT_YAML.at(Location.file(file), String.valueOf(e.getMessage())));
    } catch (Stop told) {
      return;
    }
  }

  private Placed value(Event event, int depth) {
    if (++nodes > mostNodes) {
      throw limit(event, nodes + " keys and values", mostNodes);
    }
    if (event instanceof AliasEvent alias) {
      add(InputCode.ALIAS, event, "alias *" + alias.getAnchor());
      return new Placed(NullNode.instance, leaf(event, ""));
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    CollectionStartEvent start = (CollectionStartEvent) event;
    if (depth > ReaderLimits.DEPTH) {
      throw limit(event, depth + " levels", ReaderLimits.DEPTH);
    }
    refuse(start.getTag(), event);
    return event.is(Event.ID.MappingStart) ? object(event, depth) : list(event, depth);
  }

  private Placed scalar(ScalarEvent scalar) {
    refuse(scalar.getTag(), scalar);
    String text = scalar.getValue();
    if (!scalar.isPlain() || scalar.getTag() != null) {
      return new Placed(TextNode.valueOf(text), leaf(scalar, ""));
    }
    return new Placed(
        PlainScalar.read(text), leaf(scalar, PlainScalar.isAmbiguous(text) ? text : ""));
  }

  private Placed list(Event start, int depth) {
    ArrayNode list = NODES.arrayNode();
    List<Place> places = new ArrayList<>();
    items(
        depth,
        (tree, place) -> {
          list.add(tree);
          places.add(place);
        });
    Place place = leaf(start, "");
    return new Placed(
        list, new Place(place.line(), place.column(), "", Map.of(), List.copyOf(places)));
  }

  private void items(int depth, BiConsumer<JsonNode, Place> taken) {
    for (Event next = parser.getEvent(); !next.is(Event.ID.SequenceEnd); next = parser.getEvent()) {
      Placed item = value(next, depth + 1);
      taken.accept(item.tree(), item.place());
    }
  }

  /** A list that is not kept leaves an empty one. */
  private Placed handedOn(Event start) {
    refuse(((CollectionStartEvent) start).getTag(), start);
    items(2, items.item());
    return new Placed(NODES.arrayNode(), leaf(start, ""));
  }

  private Placed object(Event start, int depth) {
    ObjectNode object = NODES.objectNode();
    Map<String, Place> places = new LinkedHashMap<>();
    for (Event next = parser.getEvent(); !next.is(Event.ID.MappingEnd); next = parser.getEvent()) {
      String key = key(next, depth);
      Location location = at(next.getStartMark());
      Event said = parser.getEvent();
      boolean listed = depth == 1 && said.is(Event.ID.SequenceStart) && key.equals(items.field());
      Placed value = listed ? handedOn(said) : value(said, depth + 1);
      Place first = places.get(key);
      if (first != null) {
        add(InputCode.REPEATED_KEY, next, key, first.line());
      } else if (!isMerge(next)) {
        object.set(key, value.tree());
        places.put(key, value.place().at(location.line(), location.column()));
      }
    }
    Place place = leaf(start, "");
    return new Placed(object, new Place(place.line(), place.column(), "", places, List.of()));
  }

  private String key(Event event, int depth) {
    if (event instanceof ScalarEvent scalar) {
      nodes++;
      refuse(scalar.getTag(), event);
      if (isMerge(event)) {
        add(InputCode.ALIAS, event, "merge key <<");
      }
      return scalar.getValue();
    }
    if (event instanceof AliasEvent) {
      value(event, depth);
      throw new Stop();
    }
    Location location = at(event.getStartMark());
    findings.add(
        InputCode.NOT_YAML.at(
            location,
            "a key is a list or a mapping; template braces and placeholders need to be filled in"
                + " first"));
    throw new Stop();
  }

  private static boolean isMerge(Event key) {
    return key instanceof ScalarEvent scalar && scalar.isPlain() && scalar.getValue().equals("<<");
  }

  private void refuse(@Nullable String tag, Event event) {
    if (tag != null) {
      add(InputCode.TAG, event, tag);
    }
  }

  private Stop limit(Event event, String what, int limit) {
    add(InputCode.OVER_LIMIT, event, what, limit);
    return new Stop();
  }

  private void add(FindingCode code, Event event, Object... args) {
    findings.add(code.at(at(event.getStartMark()), args));
    if (findings.size() >= ReaderLimits.FINDINGS) {
      throw new Stop();
    }
  }

  private Location at(Mark mark) {
    return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static Place leaf(Event event, String ambiguous) {
    Mark mark = event.getStartMark();
    return Place.leaf(mark.getLine() + 1, mark.getColumn() + 1, ambiguous);
  }
}
