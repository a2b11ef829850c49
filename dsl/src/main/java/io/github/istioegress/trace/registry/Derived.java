package io.github.istioegress.trace.registry;

import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.SourceMap;
import io.github.istioegress.resource.SourcePlace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a resource comes from that istiod makes itself: each of its fields goes back to a field
 * that somebody wrote.
 */
public final class Derived implements SourceMap {

  private final Decision whole;
  private final Map<String, Decision> fields;

  private Derived(Decision whole, Map<String, Decision> fields) {
    this.whole = whole;
    this.fields = fields;
  }

  /** A resource that is made because of a field of another. */
  public static Derived from(Resource written, String path) {
    return new Derived(Decision.of(written, path), Map.of());
  }

  /** The same, with the origin of one of its fields and of what lies in it. */
  public Derived with(String field, Decision origin) {
    Map<String, Decision> more = new LinkedHashMap<>(fields);
    more.put(field, origin);
    return new Derived(whole, more);
  }

  /** True for a resource that istiod makes of the Gateway API's. */
  public static boolean is(Resource resource) {
    return resource.source() instanceof Derived;
  }

  /** The field that somebody wrote, which decided this one. */
  Decision origin(String path) {
    String around = path;
    while (!around.isEmpty()) {
      Decision known = fields.get(around);
      if (known != null) {
        return known;
      }
      around =
          around.substring(
              0, Math.max(0, Math.max(around.lastIndexOf('.'), around.lastIndexOf('['))));
    }
    return whole;
  }

  @Override
  public Optional<SourcePlace> place(String path) {
    return origin(path).place();
  }
}
