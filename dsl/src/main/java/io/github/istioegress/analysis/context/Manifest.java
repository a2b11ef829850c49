package io.github.istioegress.analysis.context;

import io.github.istioegress.finding.Finding;
import io.github.istioegress.finding.FindingCode;
import io.github.istioegress.finding.Location;
import io.github.istioegress.finding.Subject;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;

/**
 * A resource of one kind and what it says.
 *
 * @param <S> the type of its spec
 * @param resource the resource
 * @param spec its spec
 */
public record Manifest<S>(Resource resource, S spec) {

  /** What identifies it. */
  public ResourceKey key() {
    return resource.key();
  }

  /** Its namespace; empty for what has none. */
  public String namespace() {
    return resource.key().namespace();
  }

  /** Its name. */
  public String name() {
    return resource.key().name();
  }

  /**
   * A finding about a field of it.
   *
   * @param path the field, {@code spec.http[0].route[0].destination.host}
   * @param args what fills the templates of the code
   */
  public Finding finding(FindingCode code, String path, Object... args) {
    return finding(resource, code, path, args);
  }

  /** A finding about a field of a resource. */
  public static Finding finding(Resource resource, FindingCode code, String path, Object... args) {
    return code.at(location(resource, path), args).about(subject(resource.key()), path);
  }

  /** How reports name a resource. */
  public static Subject subject(ResourceKey key) {
    return new Subject(key.kind(), key.namespace(), key.name());
  }

  /** Where a field of a resource stands. */
  public static Location location(Resource resource, String path) {
    return resource
        .source()
        .place(path)
        .map(place -> new Location(place.file(), place.line(), place.column()))
        .orElseGet(() -> Location.file(""));
  }
}
