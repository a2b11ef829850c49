package io.github.istioegress.intent;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that one definition says: a mesh and what its namespaces may reach.
 *
 * @param mesh the mesh
 * @param namespaces its namespaces, ordered by name
 * @param deployments the gateways that it brings up, ordered by namespace and name
 * @param logged the gateways that write an access log, whatever the mesh does
 * @param origin the Java line that began the plan; takes no part in equality
 */
public record EgressPlan(
    Mesh mesh,
    List<NamespaceEgress> namespaces,
    List<GatewayDeployment> deployments,
    List<EgressGateway> logged,
    Origin origin) {

  /**
   * Orders namespaces and gateways.
   *
   * @throws IllegalArgumentException when they do not agree on a gateway they share, or one asks
   *     for what the mesh's release does not have
   */
  public EgressPlan {
    namespaces =
        namespaces.stream().sorted(Comparator.comparing(said -> said.namespace().name())).toList();
    deployments =
        deployments.stream()
            .sorted(Comparator.comparing(deployment -> deployment.gateway().toString()))
            .toList();
    logged =
        logged.stream().distinct().sorted(Comparator.comparing(EgressGateway::toString)).toList();
    SharedGateways.check(namespaces);
    ForwardProxyCheck.checkShared(namespaces);
    GatewayApiCheck.check(namespaces);
    WaypointCheck.check(mesh, namespaces);
    for (NamespaceEgress said : namespaces) {
      NetworkReachCheck.check(said);
      for (EgressIntent intent : said.intents()) {
        VersionGate.check(intent, mesh.version());
      }
    }
    GatewayDeployments.check(mesh, namespaces, deployments);
  }

  /** Begins a plan for a mesh. */
  public static EgressPlan on(Mesh mesh) {
    return new EgressPlan(mesh, List.of(), List.of(), List.of(), Origin.caller());
  }

  /**
   * The same with what one more namespace may reach.
   *
   * @param namespace the callers' namespace
   * @param sentences what its pods may reach; the sentences on one host become one set of resources
   * @throws IllegalArgumentException when two sentences contradict each other, or the namespace was
   *     said before
   */
  public EgressPlan namespace(MeshNamespace namespace, EgressIntent... sentences) {
    return namespace(namespace, List.of(sentences));
  }

  /** The same with sentences from a list. */
  public EgressPlan namespace(MeshNamespace namespace, List<? extends EgressIntent> sentences) {
    return namespaces(Map.of(namespace, sentences));
  }

  /**
   * The same with what many more namespaces may reach: checked once, however many they are.
   *
   * @throws IllegalArgumentException as for one
   */
  public EgressPlan namespaces(Map<MeshNamespace, ? extends List<? extends EgressIntent>> said) {
    Set<String> names = new HashSet<>();
    Stream.concat(
            namespaces.stream().map(NamespaceEgress::namespace),
            said.keySet().stream().sorted(Comparator.comparing(MeshNamespace::name)))
        .map(MeshNamespace::name)
        .filter(name -> !names.add(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(
                  "namespace " + name + " is said twice: give all its sentences at once");
            });
    return new EgressPlan(
        mesh,
        Stream.concat(
                namespaces.stream(),
                said.entrySet().stream().map(one -> egress(one.getKey(), one.getValue())))
            .toList(),
        deployments,
        logged,
        origin);
  }

  static NamespaceEgress egress(MeshNamespace namespace, List<? extends EgressIntent> sentences) {
    boolean ambient = sentences.stream().anyMatch(i -> i.path().waypoint().isPresent());
    return NamespaceEgress.of(ambient ? namespace.ambient() : namespace, List.copyOf(sentences));
  }

  /**
   * The same with a gateway that it brings up itself.
   *
   * @throws IllegalArgumentException when the gateway is deployed or described otherwise already,
   *     or the mesh cannot bring it up
   */
  public EgressPlan deploying(GatewayDeployment deployment) {
    return new EgressPlan(
        mesh,
        namespaces,
        Stream.concat(deployments.stream(), Stream.of(deployment)).toList(),
        logged,
        origin);
  }

  /**
   * The same with a gateway that writes every call into its pods' output, whatever the mesh's own
   * access log is ({@code Telemetry}).
   */
  public EgressPlan accessLog(EgressGateway gateway) {
    return new EgressPlan(
        mesh,
        namespaces,
        deployments,
        Stream.concat(logged.stream(), Stream.of(gateway)).toList(),
        origin);
  }

  /** The same on another mesh, to render one intent for several targets. */
  public EgressPlan onMesh(Mesh other) {
    return new EgressPlan(other, namespaces, deployments, logged, origin);
  }

  /** Every gateway that some call goes through, in the order of the namespaces; then the rest. */
  public List<EgressGateway> gateways() {
    return Stream.concat(
            namespaces.stream().flatMap(said -> said.gateways().stream()),
            Stream.concat(deployments.stream().map(GatewayDeployment::gateway), logged.stream()))
        .distinct()
        .toList();
  }

  /** How the plan brings a gateway up; empty where somebody else does. */
  public Optional<GatewayDeployment> deployment(EgressGateway gateway) {
    return deployments.stream()
        .filter(deployment -> deployment.gateway().equals(gateway))
        .findFirst();
  }

  /** True where there is nothing to generate: no sentence, no gateway, no installation. */
  public boolean isEmpty() {
    return mesh.install().isEmpty()
        && deployments.isEmpty()
        && logged.isEmpty()
        && namespaces.stream().allMatch(said -> said.hosts().isEmpty());
  }
}
