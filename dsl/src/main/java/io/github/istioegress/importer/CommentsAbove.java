package io.github.istioegress.importer;

import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.SourcePlace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The comments right above documents. Only lines that begin with the sign itself count: no text of
 * a value can begin there.
 */
final class CommentsAbove {

  private final InputSet input;
  private final Map<String, List<String>> lines = new HashMap<>();

  CommentsAbove(InputSet input, List<SourceFile> files) {
    this.input = input;
    files.forEach(file -> lines.put(file.name(), file.text().lines().toList()));
  }

  /** The definition with what stood above the documents that it yields. */
  ImportedDefinition with(ImportedDefinition definition) {
    List<String> comments = new ArrayList<>();
    for (Resource made : Expansion.expand(definition.plan()).resources().all()) {
      input
          .resources()
          .find(made.key())
          .flatMap(found -> found.source().place(""))
          .map(this::above)
          .filter(text -> !text.isEmpty())
          .ifPresent(text -> comments.add(made.key() + ": " + text));
    }
    return new ImportedDefinition(definition.namespaces(), definition.plan(), comments);
  }

  private String above(SourcePlace place) {
    List<String> file = lines.getOrDefault(place.file(), List.of());
    ArrayDeque<String> comments = new ArrayDeque<>();
    for (int i = Math.min(place.line() - 2, file.size() - 1); i >= 0; i--) {
      if (!file.get(i).startsWith("#")) {
        break;
      }
      comments.addFirst(file.get(i).replaceFirst("^#+", "").strip());
    }
    return String.join(" ", comments).strip();
  }
}
