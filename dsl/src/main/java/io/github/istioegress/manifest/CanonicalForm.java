package io.github.istioegress.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** One form of all manifests that mean the same. What is not known to mean the same stays apart. */
final class CanonicalForm {

  /** What the API server writes, and nobody else. */
  private static final Set<String> OF_THE_SERVER =
      Set.of(
          "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink");

  /** What is kept of a tool's books; nothing reads it but the tool. */
  private static final List<String> BOOKS =
      List.of(
          "helm.sh/",
          "meta.helm.sh/",
          "app.kubernetes.io/",
          "argocd.argoproj.io/",
          "kustomize.toolkit.fluxcd.io/",
          "helm.toolkit.fluxcd.io/");

  private static final Set<String> OLD_BOOKS = Set.of("chart", "release", "heritage");

  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String OWN_NAME = "kubernetes.io/metadata.name";

  private CanonicalForm() {}

  /** True where a label or annotation is a tool's own; a Namespace's labels may select it. */
  static boolean isBookkeeping(String kind, String key) {
    return !kind.equals("Namespace")
        && (OLD_BOOKS.contains(key) || BOOKS.stream().anyMatch(key::startsWith));
  }

  /** The form of a resource; the tree is changed. */
  static ObjectNode of(ObjectNode tree) {
    String apiVersion = tree.path("apiVersion").asText();
    String group = apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
    String kind = tree.path("kind").asText();
    tree.put("apiVersion", group);
    tree.remove("status");
    metadata(kind, tree);
    if (kind.equals("Namespace") && group.isEmpty()) {
      tree.remove("spec"); // Finalizers, which the server writes.
    }
    if (group.endsWith(".istio.io") && tree.get("spec") instanceof ObjectNode spec) {
      withoutNothing(spec);
      spec(kind, spec);
    }
    return tree;
  }

  private static void metadata(String kind, ObjectNode tree) {
    if (!(tree.get("metadata") instanceof ObjectNode metadata)) {
      return;
    }
    metadata.remove(OF_THE_SERVER);
    for (String field : List.of("labels", "annotations")) {
      if (metadata.get(field) instanceof ObjectNode said) {
        List<String> keys = new ArrayList<>();
        said.fieldNames().forEachRemaining(keys::add);
        keys.removeIf(
            key -> !isBookkeeping(kind, key) && !key.equals(LAST_APPLIED) && !key.equals(OWN_NAME));
        said.remove(keys);
        if (said.isEmpty()) {
          metadata.remove(field);
        }
      }
    }
  }

  private static void spec(String kind, ObjectNode spec) {
    sort(spec, "exportTo", CanonicalForm::text);
    switch (kind) {
      case "ServiceEntry" -> {
        without(spec, "location", "MESH_EXTERNAL");
        without(spec, "resolution", "NONE");
        sort(spec, "ports", port -> "%06d".formatted(port.path("number").asInt()));
        spec.path("ports").forEach(CanonicalForm::upperCaseProtocol);
      }
      case "Gateway" -> {
        for (JsonNode server : spec.path("servers")) {
          upperCaseProtocol(server.path("port"));
          sort(server, "hosts", CanonicalForm::text);
        }
        sort(spec, "servers", server -> server.path("port").path("name").asText());
      }
      case "DestinationRule" -> {
        sort(spec, "subsets", subset -> subset.path("name").asText());
        spec.findParents("portLevelSettings")
            .forEach(
                policy ->
                    sort(
                        policy,
                        "portLevelSettings",
                        one -> "%06d".formatted(one.path("port").path("number").asInt())));
      }
      case "VirtualService" -> RouteForm.apply(spec);
      case "AuthorizationPolicy" -> {
        without(spec, "action", "ALLOW");
        sort(spec, "rules", CanonicalForm::text);
      }
      case "Sidecar" ->
          spec.path("egress").forEach(egress -> sort(egress, "hosts", CanonicalForm::text));
      default -> {}
    }
    Durations.canonical(spec);
  }

  /** Nulls and empty lists, which are the same as no field in Istio's APIs. */
  private static void withoutNothing(JsonNode in) {
    if (in instanceof ObjectNode object) {
      List<String> nothing = new ArrayList<>();
      object
          .properties()
          .forEach(
              field -> {
                JsonNode value = field.getValue();
                if (value.isNull() || (value.isArray() && value.isEmpty())) {
                  nothing.add(field.getKey());
                }
              });
      object.remove(nothing);
    }
    in.forEach(CanonicalForm::withoutNothing);
  }

  static void without(ObjectNode in, String field, String standard) {
    if (in.path(field).asText().equals(standard)) {
      in.remove(field);
    }
  }

  private static void upperCaseProtocol(JsonNode port) {
    if (port instanceof ObjectNode object && object.path("protocol").isTextual()) {
      object.put("protocol", object.path("protocol").asText().toUpperCase(Locale.ROOT));
    }
  }

  static String text(JsonNode node) {
    return node.toString();
  }

  static void sort(JsonNode in, String field, Function<JsonNode, String> by) {
    if (in.path(field) instanceof ArrayNode list) {
      List<JsonNode> items = new ArrayList<>();
      list.forEach(items::add);
      items.sort(Comparator.comparing(by));
      list.removeAll();
      list.addAll(items);
    }
  }
}
