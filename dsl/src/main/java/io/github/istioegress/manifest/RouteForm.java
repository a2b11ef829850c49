package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One form of the routes of a VirtualService that mean the same. */
final class RouteForm {

  private RouteForm() {}

  static void apply(ObjectNode spec) {
    if (!spec.has("gateways")) {
      spec.putArray("gateways").add("mesh");
    }
    CanonicalForm.sort(spec, "gateways", CanonicalForm::text);
    for (String layer : List.of("http", "tls", "tcp")) {
      JsonNode rules = spec.path(layer);
      for (JsonNode rule : rules) {
        if (rule.path("route") instanceof ArrayNode route
            && route.size() == 1
            && route.get(0) instanceof ObjectNode only) {
          // One destination gets everything, said or not.
          CanonicalForm.without(only, "weight", "100");
          CanonicalForm.without(only, "weight", "0");
        }
      }
      if (areApart(rules)) {
        CanonicalForm.sort(spec, layer, RouteForm::place);
      }
    }
  }

  /**
   * True where no order of the rules matters: each names one gateway and its port, so that two
   * either are of different places, or stay in their order when sorted by place.
   */
  private static boolean areApart(JsonNode rules) {
    for (JsonNode rule : rules) {
      JsonNode match = rule.path("match");
      if (match.size() != 1
          || match.get(0).path("gateways").size() != 1
          || !match.get(0).path("port").isNumber()) {
        return false;
      }
    }
    return true;
  }

  private static String place(JsonNode rule) {
    JsonNode match = rule.path("match").path(0);
    return "%s %06d".formatted(match.path("gateways").path(0).asText(), match.path("port").asInt());
  }
}
