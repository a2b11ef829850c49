package io.github.istioegress.intent;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that one definition says: a mesh and what its namespaces may reach.
 *
 * @param mesh the mesh
 * @param namespaces its namespaces, ordered by name
 * @param origin the Java line that began the plan; takes no part in equality
 */
public record EgressPlan(Mesh mesh, List<NamespaceEgress> namespaces, Origin origin) {

  /**
   * Orders the namespaces.
   *
   * @throws IllegalArgumentException when they do not agree on a gateway they share, or one asks
   *     for what the mesh's release does not have
   */
  public EgressPlan {
    namespaces =
        namespaces.stream()
            .sorted(java.util.Comparator.comparing(said -> said.namespace().name()))
            .toList();
    SharedGateways.check(namespaces);
    for (NamespaceEgress said : namespaces) {
      for (EgressIntent intent : said.intents()) {
        VersionGate.check(intent, mesh.version());
      }
    }
  }

  /** Begins a plan for a mesh. */
  public static EgressPlan on(Mesh mesh) {
    return new EgressPlan(mesh, List.of(), Origin.caller());
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
    if (namespaces.stream().anyMatch(said -> said.namespace().name().equals(namespace.name()))) {
      throw new IllegalArgumentException(
          "namespace " + namespace.name() + " is said twice: give all its sentences at once");
    }
    return new EgressPlan(
        mesh,
        Stream.concat(
                namespaces.stream(),
                Stream.of(NamespaceEgress.of(namespace, List.copyOf(sentences))))
            .toList(),
        origin);
  }

  /** The same on another mesh, to render one intent for several targets. */
  public EgressPlan onMesh(Mesh other) {
    return new EgressPlan(other, namespaces, origin);
  }

  /** Every gateway that some call goes through, in the order of the namespaces. */
  public List<EgressGateway> gateways() {
    return namespaces.stream().flatMap(said -> said.gateways().stream()).distinct().toList();
  }

  /** True where there is nothing to generate: no namespace with a sentence, no installation. */
  public boolean isEmpty() {
    return mesh.install().isEmpty() && namespaces.stream().allMatch(said -> said.hosts().isEmpty());
  }
}
