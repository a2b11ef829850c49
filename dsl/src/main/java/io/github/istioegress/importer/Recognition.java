package io.github.istioegress.importer;

import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.IstioInstall;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Proposes sentences and believes those alone that expand to what was read. A proposal that does
 * not is taken back whole, with the first difference as the reason.
 */
final class Recognition {

  private final InputSet input;
  private final FoundGateways gateways;
  private final NamespaceReader namespaces;
  private final Map<ResourceKey, String> reasons = new TreeMap<>();
  private Draft draft;

  private Recognition(InputSet input, Optional<IstioVersion> version) {
    this.input = input;
    this.gateways = new FoundGateways(input);
    this.namespaces = new NamespaceReader(input);
    Mesh mesh = MeshReader.mesh(input, MeshReader.version(input, version));
    this.draft = new Draft(mesh, new TreeMap<>(), List.of(), List.of(), List.of());
  }

  /** What can be proved of a set. */
  static Recognition of(InputSet input, Optional<IstioVersion> version) {
    Recognition recognition = new Recognition(input, version);
    recognition.sentences();
    recognition.deployments();
    recognition.settings();
    recognition.logs();
    recognition.installation();
    return recognition;
  }

  /** What is believed in the end. */
  Draft believed() {
    return draft;
  }

  /** Why a resource is of no sentence, where a proposal came near it. */
  Map<ResourceKey, String> reasons() {
    return reasons;
  }

  private void sentences() {
    HostReader reader = new HostReader(input, gateways);
    List<Proposal> proposals = new ArrayList<>();
    for (Resource entry : input.resources().of(ResourceKind.SERVICE_ENTRY)) {
      if (input.isBroken(entry.key())) {
        continue;
      }
      try {
        proposals.add(reader.read(entry));
      } catch (IllegalArgumentException e) {
        reasons.put(entry.key(), String.valueOf(e.getMessage()));
      }
    }
    proposals = withoutThoseOfOthers(proposals);
    TreeSet<String> names = new TreeSet<>(namespaces.said());
    proposals.forEach(proposal -> names.addAll(proposal.said().keySet()));
    for (String name : names) {
      try {
        draft = draft.with(namespaces.plain(name));
      } catch (IllegalArgumentException e) {
        reasons.put(ResourceKind.NAMESPACE.key("", name), String.valueOf(e.getMessage()));
      }
    }
    believe(agreeing(proposals));
  }

  /** Some entries are a sentence's second one, such as the host that serves a wildcard. */
  private List<Proposal> withoutThoseOfOthers(List<Proposal> proposals) {
    Set<ResourceKey> second = new HashSet<>();
    for (Proposal proposal : proposals) {
      try {
        for (Resource made : Expansion.expand(draft.only(proposal).plan()).resources().all()) {
          boolean other = !made.key().equals(proposal.entry().key());
          if (made.kind() == ResourceKind.SERVICE_ENTRY && other && input.has(made)) {
            second.add(made.key());
          }
        }
      } catch (IllegalArgumentException e) {
        // It makes none; the reason is told when the proposal is judged.
        second.remove(proposal.entry().key());
      }
    }
    return proposals.stream().filter(proposal -> !second.contains(proposal.entry().key())).toList();
  }

  /** The proposals that can be said in one plan. */
  private List<Proposal> agreeing(List<Proposal> proposals) {
    try {
      draft.saying(proposals).problems(input);
      return proposals;
    } catch (IllegalArgumentException all) {
      List<Proposal> agreeing = new ArrayList<>();
      for (Proposal proposal : proposals) {
        agreeing.add(proposal);
        try {
          draft.saying(agreeing).problems(input);
        } catch (IllegalArgumentException e) {
          agreeing.remove(agreeing.size() - 1);
          takeBack(proposal, String.valueOf(e.getMessage()));
        }
      }
      return agreeing;
    }
  }

  /**
   * Takes proposals back until all that is left is proved: first those with a fault of their own.
   */
  private void believe(List<Proposal> proposals) {
    List<Proposal> left = new ArrayList<>(proposals);
    while (true) {
      Map<ResourceKey, String> problems = draft.saying(left).problems(input);
      if (problems.isEmpty() || left.isEmpty()) {
        break;
      }
      Map<Proposal, Set<ResourceKey>> made = new HashMap<>();
      Map<ResourceKey, Integer> makers = new HashMap<>();
      for (Proposal proposal : left) {
        Set<ResourceKey> keys = keys(proposal);
        made.put(proposal, keys);
        keys.forEach(key -> makers.merge(key, 1, Integer::sum));
      }
      List<Proposal> faulty = faulty(left, made, problems, makers, true);
      if (faulty.isEmpty()) {
        faulty = faulty(left, made, problems, makers, false);
      }
      if (faulty.isEmpty()) {
        // What several make together belongs to none of them alone.
        String why = problems.values().iterator().next();
        left.forEach(proposal -> takeBack(proposal, why));
        left.clear();
        break;
      }
      left.removeAll(faulty);
    }
    draft = draft.saying(left);
  }

  private List<Proposal> faulty(
      List<Proposal> left,
      Map<Proposal, Set<ResourceKey>> made,
      Map<ResourceKey, String> problems,
      Map<ResourceKey, Integer> makers,
      boolean ofTheirOwn) {
    List<Proposal> faulty = new ArrayList<>();
    for (Proposal proposal : left) {
      Optional<ResourceKey> fault =
          problems.keySet().stream()
              .filter(key -> made.getOrDefault(proposal, Set.of()).contains(key))
              .filter(key -> !ofTheirOwn || makers.getOrDefault(key, 0) == 1)
              .findFirst();
      if (fault.isPresent()) {
        faulty.add(proposal);
        takeBack(proposal, String.valueOf(problems.get(fault.get())));
        reasons.putIfAbsent(fault.get(), String.valueOf(problems.get(fault.get())));
      }
    }
    return faulty;
  }

  private Set<ResourceKey> keys(Proposal proposal) {
    Set<ResourceKey> keys = new HashSet<>();
    Expansion.expand(draft.only(proposal).plan())
        .resources()
        .all()
        .forEach(made -> keys.add(made.key()));
    return keys;
  }

  private void takeBack(Proposal proposal, String why) {
    reasons.put(
        proposal.entry().key(),
        "nearest is %s, which it is not: %s".formatted(proposal.text(), why));
  }

  /** What is said of namespaces, each word by itself. */
  private void settings() {
    for (MeshNamespace plain : List.copyOf(draft.namespaces().values())) {
      MeshNamespace best = firstProved(namespaces.withSidecar(plain, gateways.all()), plain);
      firstProved(namespaces.withNetwork(best), best);
    }
  }

  private MeshNamespace firstProved(List<MeshNamespace> candidates, MeshNamespace otherwise) {
    String why = "";
    for (MeshNamespace candidate : candidates) {
      try {
        Map<ResourceKey, String> problems = draft.with(candidate).problems(input);
        if (problems.isEmpty()) {
          draft = draft.with(candidate);
          return candidate;
        }
        if (why.isEmpty()) {
          reasons.putAll(problems);
          why = problems.values().iterator().next();
        }
      } catch (IllegalArgumentException e) {
        why = String.valueOf(e.getMessage());
      }
    }
    return otherwise;
  }

  private void deployments() {
    DeploymentReader reader = new DeploymentReader(input);
    for (EgressGateway gateway : gateways.all()) {
      try {
        reader.of(gateway).stream()
            .map(draft::deploying)
            .filter(this::isProved)
            .findFirst()
            .ifPresent(proved -> draft = proved);
      } catch (IllegalArgumentException e) {
        reasons.put(
            ResourceKind.DEPLOYMENT.key(gateway.namespace(), gateway.name()),
            String.valueOf(e.getMessage()));
      }
    }
  }

  private void logs() {
    for (EgressGateway gateway : gateways.all()) {
      List<EgressGateway> more = new ArrayList<>(draft.logged());
      more.add(gateway);
      Draft logging = draft.logging(more);
      if (isProved(logging)) {
        draft = logging;
      }
    }
  }

  private void installation() {
    try {
      Optional<IstioInstall> install = MeshReader.install(input);
      if (install.isPresent()) {
        Draft installing = draft.with(draft.mesh().installed(install.get()));
        reasons.putAll(installing.problems(input));
        draft = isProved(installing) ? installing : draft;
      }
    } catch (IllegalArgumentException e) {
      input
          .resources()
          .of(ResourceKind.ISTIO_OPERATOR)
          .forEach(found -> reasons.put(found.key(), String.valueOf(e.getMessage())));
    }
  }

  private boolean isProved(Draft candidate) {
    try {
      return candidate.problems(input).isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
