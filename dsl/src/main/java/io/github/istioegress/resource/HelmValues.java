package io.github.istioegress.resource;

import java.util.Map;

/**
 * Values for one of Istio's Helm charts.
 *
 * @param release the release to install, which also names the file
 * @param chart the chart, {@code istiod} or {@code gateway}
 * @param namespace the namespace to install into
 * @param values the values: maps, lists, strings, numbers and booleans
 */
public record HelmValues(
    String release, String chart, String namespace, Map<String, Object> values) {}
