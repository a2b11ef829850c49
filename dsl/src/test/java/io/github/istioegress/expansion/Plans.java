package io.github.istioegress.expansion;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.Visibility;
import io.github.istioegress.mesh.IstioVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random plans that say something and contradict themselves nowhere. */
public final class Plans {

  private static final List<EgressGateway> GATEWAYS =
      List.of(
          gateway("istio-egressgateway", "istio-system", "egressgateway"),
          gateway("edge", "egress", "edge"),
          gateway("edge", "egress-too", "edge-too"));

  private static final List<String> HOSTS =
      List.of(
          "edition.cnn.com",
          "money.cnn.com",
          "api.example",
          "a-b.example",
          "x".repeat(60) + ".example",
          "x".repeat(60) + ".other.example");

  private Plans() {}

  /** What a sentence is made of. */
  record Said(String namespace, String host, int port, int way, boolean named) {
    String key() {
      return namespace + " " + host + " " + port;
    }

    EgressIntent sentence() {
      Egress.To to = Egress.to(host);
      Egress.Path path = port == 80 || port == 8080 ? to.http(port) : to.tls(port);
      EgressIntent said = way < 0 ? path.direct() : path.via(GATEWAYS.get(way));
      // A name is the host's, so it depends on the host alone.
      return named ? said.named("n" + HOSTS.indexOf(host)) : said;
    }
  }

  /**
   * Sentences by namespace.
   *
   * @param mesh the mesh
   * @param sentences what each namespace says
   */
  public record Sentences(Mesh mesh, Map<String, List<EgressIntent>> sentences) {

    /** The plan. */
    public EgressPlan plan() {
      EgressPlan plan = EgressPlan.on(mesh);
      for (Map.Entry<String, List<EgressIntent>> said : sentences.entrySet()) {
        plan = plan.namespace(MeshNamespace.named(said.getKey()), said.getValue());
      }
      return plan;
    }

    /** The same, each host said by the first namespace alone that says it. */
    public Sentences apart() {
      Set<String> taken = new HashSet<>();
      Map<String, List<EgressIntent>> apart = new TreeMap<>();
      sentences.forEach(
          (namespace, said) -> {
            List<EgressIntent> own =
                said.stream().filter(one -> !taken.contains(one.host().name())).toList();
            own.forEach(one -> taken.add(one.host().name()));
            apart.put(namespace, own);
          });
      return new Sentences(mesh, apart);
    }

    /** The same, said in one more namespace word by word. */
    public Sentences doubled(String namespace) {
      Map<String, List<EgressIntent>> doubled = new TreeMap<>(sentences);
      sentences.values().forEach(said -> doubled.put(namespace, said));
      return new Sentences(mesh, doubled);
    }

    /** The same with all sentences visible to the whole mesh. */
    public Sentences adopted() {
      Map<String, List<EgressIntent>> adopted = new TreeMap<>();
      sentences.forEach(
          (namespace, said) ->
              adopted.put(
                  namespace,
                  said.stream().map(one -> one.visible(Visibility.MESH_DEFAULT)).toList()));
      return new Sentences(mesh, adopted);
    }
  }

  private static EgressGateway gateway(String name, String namespace, String label) {
    return EgressGateway.named(name)
        .in(namespace)
        .labelled("istio", label)
        .port(80, 8080)
        .port(443, 8443)
        .port(8080, 8081)
        .port(8443, 8444);
  }

  /** Plans of up to two namespaces, six hosts, four ports and three gateways. */
  public static Arbitrary<Sentences> any(String... namespaces) {
    Arbitrary<List<Said>> said =
        Combinators.combine(
                Arbitraries.of(namespaces),
                Arbitraries.of(HOSTS),
                Arbitraries.of(80, 443, 8080, 8443),
                Arbitraries.integers().between(-1, GATEWAYS.size() - 1),
                Arbitraries.of(true, false))
            .as(Said::new)
            .list()
            .uniqueElements(Said::key)
            .ofMinSize(1)
            .ofMaxSize(12);
    Arbitrary<Mesh> meshes =
        Combinators.combine(Arbitraries.integers().between(7, 31), Arbitraries.of(true, false))
            .as(
                (minor, closed) -> {
                  Mesh mesh = Mesh.istio(new IstioVersion(1, minor));
                  return closed ? mesh.registryOnly() : mesh.allowAny();
                });
    return Combinators.combine(meshes, said).as(Plans::sentences).withoutEdgeCases();
  }

  private static Sentences sentences(Mesh mesh, List<Said> all) {
    Map<String, List<EgressIntent>> byNamespace = new TreeMap<>();
    for (Said said : all) {
      byNamespace.computeIfAbsent(said.namespace(), name -> new ArrayList<>()).add(said.sentence());
    }
    return new Sentences(mesh, byNamespace);
  }
}
