package io.github.istioegress.analysis.reference;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The Secrets of a set, and those that something in it will make. */
final class Secrets {

  /** Resources of other vendors that make a Secret, of the name in their spec or their own. */
  private static final Set<String> MAKERS =
      Set.of("Certificate", "ExternalSecret", "SealedSecret", "VaultStaticSecret");

  private final Map<String, Set<String>> keysByName = new HashMap<>();
  private final Map<String, List<String>> namespacesByName = new HashMap<>();
  private final Set<String> made = new HashSet<>();
  private final Set<String> making = new HashSet<>();

  private Secrets() {}

  static Secrets of(ResourceSet resources) {
    Secrets secrets = new Secrets();
    for (Resource resource : resources.of(ResourceKind.OTHER)) {
      ResourceKey key = resource.key();
      if (!(resource.object() instanceof GenericKubernetesResource object)) {
        continue;
      }
      if (key.kind().equals("Secret") && key.group().isEmpty()) {
        Set<String> keys = new TreeSet<>();
        table(object.get("data")).forEach((name, value) -> keys.add(String.valueOf(name)));
        table(object.get("stringData")).forEach((name, value) -> keys.add(String.valueOf(name)));
        secrets.keysByName.put(key.namespace() + "/" + key.name(), keys);
        secrets
            .namespacesByName
            .computeIfAbsent(key.name(), name -> new ArrayList<>())
            .add(key.namespace());
      } else if (MAKERS.contains(key.kind())) {
        secrets.making.add(key.namespace());
        secrets.made.add(key.namespace() + "/" + key.name());
        secrets.made.add(key.namespace() + "/" + object.get("spec", "secretName"));
        secrets.made.add(key.namespace() + "/" + object.get("spec", "target", "name"));
      }
    }
    return secrets;
  }

  private static Map<?, ?> table(@org.jspecify.annotations.Nullable Object said) {
    return said instanceof Map<?, ?> map ? map : Map.of();
  }

  /** True where it is there, or something will make it. */
  boolean has(String namespace, String name) {
    return isShown(namespace, name) || made.contains(namespace + "/" + name);
  }

  /** True where the Secret itself is among the manifests. */
  boolean isShown(String namespace, String name) {
    return keysByName.containsKey(namespace + "/" + name);
  }

  /** True where Secrets of the namespace are made by what the manifests do not show. */
  boolean areMade(String namespace) {
    return making.contains(namespace);
  }

  /** The keys of one that is shown; an empty Secret is filled by somebody else. */
  Set<String> keys(String namespace, String name) {
    return keysByName.getOrDefault(namespace + "/" + name, Set.of());
  }

  /** The namespaces that have one of this name. */
  List<String> namespaces(String name) {
    return namespacesByName.getOrDefault(name, List.of());
  }
}
