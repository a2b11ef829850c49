package io.github.istioegress.maven.project;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What the generator is asked for, in JDK types since it lives behind another class loader.
 *
 * @param classNames all classes of the module, by binary name
 * @param istioVersion the target, empty for what the definition says
 * @param layout the name of an output layout, empty for the default
 * @param part the tenants to work on
 */
public record GenerationRequest(
    List<String> classNames, String istioVersion, String layout, FleetPart part) {

  /** Copies the names. */
  public GenerationRequest {
    classNames = List.copyOf(classNames);
  }

  /** The request; files go to the sink as they become complete. */
  Map<String, Object> toMap(BiConsumer<String, String> sink) {
    return Map.of(
        "classNames",
        classNames,
        "istioVersion",
        istioVersion,
        "layout",
        layout,
        "baseDirectory",
        part.base().toString(),
        "tenants",
        part.tenants(),
        "shard",
        part.shard(),
        "sink",
        sink);
  }
}
