package io.github.istioegress.maven.project;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What the generator is asked for, in JDK types since it lives behind another class loader.
 *
 * @param classNames all classes of the module, by binary name
 * @param istioVersion the target, empty for what the definition says
 * @param layout the output layout
 * @param part the tenants to work on
 * @param suppress findings that nobody wants to hear of
 */
public record GenerationRequest(
    List<String> classNames,
    String istioVersion,
    LayoutChoice layout,
    FleetPart part,
    List<String> suppress) {

  /** Copies the names. */
  public GenerationRequest {
    classNames = List.copyOf(classNames);
    suppress = List.copyOf(suppress);
  }

  /** The request; files go to the sink as they become complete. */
  Map<String, Object> toMap(BiConsumer<String, String> sink) {
    Map<String, Object> map = new HashMap<>(layout.toMap());
    map.put("classNames", classNames);
    map.put("istioVersion", istioVersion);
    map.put("baseDirectory", part.base().toString());
    map.put("tenants", part.tenants());
    map.put("shard", part.shard());
    map.put("sink", sink);
    map.put("suppress", suppress);
    return Map.copyOf(map);
  }
}
