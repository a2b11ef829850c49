package io.github.istioegress.intent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A plan in parts that have nothing to do with each other, so that each can be expanded and judged
 * alone, and forgotten: the memory that a plan of thousands of namespaces takes is that of its
 * largest part, and of the names of its hosts.
 */
public final class PartedPlan {

  /**
   * A namespace of a plan, said when it is asked for.
   *
   * @param name its name
   * @param egress what it says; asked twice, and has to answer the same
   */
  public record Said(String name, Supplier<NamespaceEgress> egress) {

    /**
     * What a namespace says.
     *
     * @param namespace the callers' namespace
     * @param sentences what its pods may reach
     */
    public static Said of(
        String name,
        Supplier<MeshNamespace> namespace,
        Supplier<? extends List<? extends EgressIntent>> sentences) {
      return new Said(name, () -> EgressPlan.egress(namespace.get(), sentences.get()));
    }
  }

  private final EgressPlan frame;
  private final PlanFacts facts;
  private final List<Said> namespaces;
  private final List<List<Integer>> parts;
  private final Consumer<EgressPlan> check;
  private final Map<String, GatewayDeployment> deployments = new HashMap<>();
  private final Set<String> logged = new HashSet<>();

  private PartedPlan(
      EgressPlan frame,
      PlanFacts facts,
      List<Said> namespaces,
      List<List<Integer>> parts,
      Consumer<EgressPlan> check) {
    this.frame = frame;
    this.facts = facts;
    this.namespaces = namespaces;
    this.parts = parts;
    this.check = check;
    frame.deployments().forEach(one -> deployments.put(one.gateway().toString(), one));
    frame.logged().forEach(gateway -> logged.add(gateway.toString()));
  }

  /** The parts of a plan that is there as a whole. */
  public static PartedPlan of(EgressPlan plan) {
    EgressPlan frame =
        new EgressPlan(plan.mesh(), List.of(), plan.deployments(), plan.logged(), plan.origin());
    PlanFacts facts = new PlanFacts();
    PlanParts parts = new PlanParts(plan.mesh());
    for (NamespaceEgress said : plan.namespaces()) {
      facts.add(said);
      parts.add(said);
    }
    facts.addGateways(plan);
    return new PartedPlan(
        frame,
        facts,
        plan.namespaces().stream()
            .map(said -> new Said(said.namespace().name(), () -> said))
            .toList(),
        parts.parts(),
        whole -> {});
  }

  /**
   * The parts of a plan that is said namespace by namespace.
   *
   * @param mesh the mesh
   * @param said its namespaces
   * @param deployments how a gateway is brought up, where the plan does
   * @param check what else has to hold of a part; throws where it does not
   * @param origin the Java line that began it
   * @throws IllegalArgumentException when a namespace contradicts itself, or two of them each other
   *     on a gateway
   */
  public static PartedPlan of(
      Mesh mesh,
      List<Said> said,
      Function<EgressGateway, Optional<GatewayDeployment>> deployments,
      Consumer<EgressPlan> check,
      Origin origin) {
    List<Said> sorted = said.stream().sorted(Comparator.comparing(Said::name)).toList();
    PlanFacts facts = new PlanFacts();
    PlanParts parts = new PlanParts(mesh);
    SharedGateways shared = new SharedGateways();
    for (Said one : sorted) {
      NamespaceEgress egress = one.egress().get();
      egress.intents().forEach(shared::check);
      facts.add(egress);
      parts.add(egress);
    }
    List<GatewayDeployment> deployed = new ArrayList<>();
    facts.used().forEach(gateway -> deployments.apply(gateway).ifPresent(deployed::add));
    EgressPlan frame = new EgressPlan(mesh, List.of(), deployed, List.of(), origin);
    return new PartedPlan(frame, facts, sorted, parts.parts(), check);
  }

  /** The same on another mesh, to render one intent for several targets. */
  public PartedPlan onMesh(Mesh other) {
    return new PartedPlan(frame.onMesh(other), facts, namespaces, parts, check);
  }

  /** The plan without its namespaces: the mesh, and the gateways that it brings up or logs. */
  public EgressPlan frame() {
    return frame;
  }

  /** What all namespaces say together of the gateways. */
  public PlanFacts facts() {
    return facts;
  }

  /** The names of the namespaces of each part, both ordered by name. */
  public List<List<String>> parts() {
    return parts.stream()
        .map(part -> part.stream().map(index -> namespaces.get(index).name()).toList())
        .toList();
  }

  /**
   * A part as a plan of its own: its namespaces, and the gateways they use as the whole has them.
   *
   * @param index its position in {@link #parts}
   * @throws IllegalArgumentException when its namespaces contradict each other or the mesh's
   *     release
   */
  public EgressPlan part(int index) {
    List<NamespaceEgress> said =
        parts.get(index).stream().map(i -> namespaces.get(i).egress().get()).toList();
    List<EgressGateway> used =
        said.stream().flatMap(one -> one.gateways().stream()).distinct().toList();
    EgressPlan part =
        new EgressPlan(
            frame.mesh(),
            said,
            used.stream()
                .map(EgressGateway::toString)
                .distinct()
                .flatMap(name -> Optional.ofNullable(deployments.get(name)).stream())
                .toList(),
            used.stream().filter(gateway -> logged.contains(gateway.toString())).toList(),
            frame.origin());
    check.accept(part);
    return part;
  }
}
