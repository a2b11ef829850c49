package io.github.istioegress.importer;

import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.GatewayDeployment;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceKey;
import io.github.istioegress.resource.ResourceKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plan that is being recognized.
 *
 * @param mesh the mesh
 * @param namespaces the namespaces by name
 * @param said the proposals that are still believed
 * @param deployments how gateways are brought up
 * @param logged the gateways whose calls are logged
 */
record Draft(
    Mesh mesh,
    SortedMap<String, MeshNamespace> namespaces,
    List<Proposal> said,
    List<GatewayDeployment> deployments,
    List<EgressGateway> logged) {

  Draft {
    namespaces = Collections.unmodifiableSortedMap(new TreeMap<>(namespaces));
    said = List.copyOf(said);
    deployments = List.copyOf(deployments);
    logged = List.copyOf(logged);
  }

  Draft with(Mesh other) {
    return new Draft(other, namespaces, said, deployments, logged);
  }

  Draft with(MeshNamespace namespace) {
    TreeMap<String, MeshNamespace> more = new TreeMap<>(namespaces);
    more.put(namespace.name(), namespace);
    return new Draft(mesh, more, said, deployments, logged);
  }

  Draft saying(List<Proposal> other) {
    return new Draft(mesh, namespaces, other, deployments, logged);
  }

  Draft logging(List<EgressGateway> gateways) {
    return new Draft(mesh, namespaces, said, deployments, gateways);
  }

  Draft deploying(GatewayDeployment deployment) {
    List<GatewayDeployment> more = new ArrayList<>(deployments);
    more.add(deployment);
    return new Draft(mesh, namespaces, said, more, logged);
  }

  /** The same with the namespaces that only these proposals need. */
  Draft only(Proposal proposal) {
    return new Draft(mesh, new TreeMap<>(), List.of(proposal), List.of(), List.of());
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException when its sentences contradict each other
   */
  EgressPlan plan() {
    TreeMap<String, List<EgressIntent>> sentences = new TreeMap<>();
    namespaces.keySet().forEach(name -> sentences.put(name, new ArrayList<>()));
    for (Proposal proposal : said) {
      proposal
          .said()
          .forEach(
              (name, intents) ->
                  sentences.computeIfAbsent(name, n -> new ArrayList<>()).addAll(intents));
    }
    EgressPlan plan = EgressPlan.on(mesh);
    for (Map.Entry<String, List<EgressIntent>> one : sentences.entrySet()) {
      MeshNamespace namespace =
          namespaces.getOrDefault(one.getKey(), MeshNamespace.named(one.getKey()));
      plan = plan.namespace(namespace, one.getValue());
    }
    for (GatewayDeployment deployment : deployments) {
      plan = plan.deploying(deployment);
    }
    for (EgressGateway gateway : logged) {
      plan = plan.accessLog(gateway);
    }
    return plan;
  }

  /**
   * What the plan's resources are that the input does not have so, with the reason; Namespaces are
   * not among them, for they hold no sentence.
   *
   * @throws IllegalArgumentException as for the plan
   */
  Map<ResourceKey, String> problems(InputSet input) {
    TreeMap<ResourceKey, String> problems = new TreeMap<>();
    for (Resource made : Expansion.expand(plan()).resources().all()) {
      if (made.kind() != ResourceKind.NAMESPACE) {
        input.problem(made).ifPresent(why -> problems.put(made.key(), why));
      }
    }
    return problems;
  }
}
