package io.github.istioegress.importer;

import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes a plan apart into one definition for each namespace. Namespaces whose definitions would
 * make one resource, such as a policy of a gateway they share, stay together.
 */
final class Apart {

  private final Draft whole;
  private final Map<String, TreeSet<String>> groups = new TreeMap<>();

  private Apart(Draft whole) {
    this.whole = whole;
  }

  static List<ImportedDefinition> definitions(Draft whole) {
    EgressPlan plan = whole.plan();
    if (plan.isEmpty() && whole.namespaces().isEmpty()) {
      return List.of();
    }
    return new Apart(whole).parts();
  }

  private List<ImportedDefinition> parts() {
    Map<ResourceKey, String> makers = new HashMap<>();
    TreeSet<String> names = new TreeSet<>(whole.namespaces().keySet());
    whole.said().forEach(proposal -> names.addAll(proposal.said().keySet()));
    names.forEach(name -> groups.put(name, new TreeSet<>(List.of(name))));
    // A proposal of several namespaces is one host of theirs.
    whole
        .said()
        .forEach(
            proposal ->
                proposal.said().keySet().forEach(name -> join(proposal.said().firstKey(), name)));
    for (String name : names) {
      for (Resource made : resources(new TreeSet<>(List.of(name)))) {
        String other = makers.putIfAbsent(made.key(), name);
        if (other != null) {
          join(other, name);
        }
      }
    }
    List<ImportedDefinition> parts = new ArrayList<>();
    for (TreeSet<String> group : new java.util.LinkedHashSet<>(groups.values())) {
      parts.add(new ImportedDefinition(List.copyOf(group), part(group), List.of()));
    }
    return isWhole(parts)
        ? parts
        : List.of(new ImportedDefinition(List.copyOf(names), whole.plan(), List.of()));
  }

  private void join(String one, String other) {
    TreeSet<String> all = new TreeSet<>(groups.getOrDefault(one, new TreeSet<>()));
    all.addAll(groups.getOrDefault(other, new TreeSet<>()));
    all.forEach(name -> groups.put(name, all));
  }

  /** True where the parts yield together exactly what the whole yields. */
  private boolean isWhole(List<ImportedDefinition> parts) {
    Map<ResourceKey, Resource> together = new HashMap<>();
    for (ImportedDefinition part : parts) {
      Expansion.expand(part.plan()).resources().all().forEach(one -> together.put(one.key(), one));
    }
    Map<ResourceKey, Resource> wanted = new HashMap<>();
    Expansion.expand(whole.plan()).resources().all().forEach(one -> wanted.put(one.key(), one));
    return together.equals(wanted);
  }

  private List<Resource> resources(Set<String> group) {
    return Expansion.expand(part(group)).resources().all();
  }

  private EgressPlan part(Set<String> group) {
    TreeMap<String, io.github.istioegress.intent.MeshNamespace> namespaces =
        new TreeMap<>(whole.namespaces());
    namespaces.keySet().retainAll(group);
    List<Proposal> said = new ArrayList<>();
    for (Proposal proposal : whole.said()) {
      TreeMap<String, List<io.github.istioegress.intent.EgressIntent>> own =
          new TreeMap<>(proposal.said());
      own.keySet().retainAll(group);
      if (!own.isEmpty()) {
        said.add(new Proposal(proposal.entry(), own));
      }
    }
    List<EgressGateway> used =
        said.stream()
            .flatMap(proposal -> proposal.said().values().stream())
            .flatMap(List::stream)
            .flatMap(intent -> intent.path().gateway().stream())
            .distinct()
            .toList();
    List<EgressGateway> logged = whole.logged().stream().filter(used::contains).toList();
    List<GatewayDeployment> deployments =
        whole.deployments().stream().filter(one -> used.contains(one.gateway())).toList();
    return new Draft(whole.mesh(), namespaces, said, deployments, logged).plan();
  }
}
