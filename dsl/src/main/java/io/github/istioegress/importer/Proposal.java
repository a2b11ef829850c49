package io.github.istioegress.importer;

import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.resource.Resource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What might have been said of a host: still to be proved.
 *
 * @param entry its ServiceEntry
 * @param said the sentences by the namespace that says them
 */
record Proposal(Resource entry, SortedMap<String, List<EgressIntent>> said) {

  Proposal {
    said = Collections.unmodifiableSortedMap(new TreeMap<>(said));
  }

  static Proposal of(Resource entry, String namespace, List<EgressIntent> sentences) {
    return new Proposal(entry, new TreeMap<>(Map.of(namespace, List.copyOf(sentences))));
  }

  /** The sentences as they read. */
  String text() {
    return said.values().stream()
        .flatMap(List::stream)
        .map(Object::toString)
        .distinct()
        .collect(java.util.stream.Collectors.joining(", "));
  }
}
