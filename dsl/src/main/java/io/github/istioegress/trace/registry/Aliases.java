package io.github.istioegress.trace.registry;

import io.fabric8.kubernetes.api.model.Service;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKind;
import io.github.istioegress.resource.ResourceSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Services of type ExternalName, which are other names of a service since 1.21, and nothing by
 * themselves: where no service has the name they lead to, nobody knows them.
 */
final class Aliases {

  private Aliases() {}

  /** True for a Service that is another name. */
  static boolean is(Resource resource) {
    Service service = (Service) resource.object();
    return service.getSpec() != null && "ExternalName".equals(service.getSpec().getType());
  }

  /** The other names of each host, in order. */
  static Map<String, List<String>> of(ResourceSet resources) {
    Map<String, String> said = new TreeMap<>();
    for (Resource resource : resources.of(ResourceKind.SERVICE)) {
      Service service = (Service) resource.object();
      if (is(resource) && service.getSpec().getExternalName() != null) {
        said.put(KubernetesServices.hostname(service), service.getSpec().getExternalName());
      }
    }
    Map<String, List<String>> aliases = new TreeMap<>();
    for (String alias : said.keySet()) {
      String host = said.get(alias);
      Set<String> seen = new HashSet<>(Set.of(alias));
      while (said.containsKey(host) && seen.add(host)) {
        host = said.get(host);
      }
      if (!said.containsKey(host)) {
        aliases.computeIfAbsent(host, concrete -> new ArrayList<>()).add(alias);
      }
    }
    return aliases;
  }
}
