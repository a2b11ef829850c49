package io.github.istioegress.trace.registry;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Map;

/** Metadata of a resource, without nulls. */
public final class Metadata {

  /** By age, then as Istio breaks the tie: name, namespace. */
  static final Comparator<HasMetadata> BY_AGE =
      Comparator.comparing(Metadata::created)
          .thenComparing(object -> object.getMetadata().getName())
          .thenComparing(Metadata::namespace);

  private Metadata() {}

  /** The namespace; empty where there is none. */
  public static String namespace(HasMetadata object) {
    String namespace = object.getMetadata().getNamespace();
    return namespace == null ? "" : namespace;
  }

  /** {@code namespace/name}. */
  public static String namespacedName(HasMetadata object) {
    return namespace(object) + "/" + object.getMetadata().getName();
  }

  /** The labels. */
  static Map<String, String> labels(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? Map.of() : Map.copyOf(labels);
  }

  /** An annotation; empty where there is none of the name. */
  static String annotation(HasMetadata object, String name) {
    Map<String, String> annotations = object.getMetadata().getAnnotations();
    return annotations == null ? "" : annotations.getOrDefault(name, "");
  }

  /** When it was created; what does not say counts as created together, at the beginning. */
  public static Instant created(HasMetadata object) {
    String created = object.getMetadata().getCreationTimestamp();
    if (created == null) {
      return Instant.EPOCH;
    }
    try {
      return Instant.parse(created);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  /** A number that may be absent; 0 then. */
  public static int number(@org.jspecify.annotations.Nullable Number number) {
    return number == null ? 0 : number.intValue();
  }
}
