package io.github.istioegress.expansion.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Expanded;
import io.github.istioegress.expansion.Plans;
import io.github.istioegress.intent.Callers;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.Requests;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Hop;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** One plan reaches the same, by the same way and in the same form, in either flavor. */
class BothFlavorsTest {

  private static final EgressGateway CLASSIC =
      EgressGateway.named("edge")
          .in("egress")
          .labelled("istio", "edge")
          .port(80, 8080)
          .port(443, 8443)
          .port(5432, 5432)
          .port(8080, 8081);

  private static final EgressGateway GATEWAY_API = EgressGateway.gatewayApi("edge").in("egress");

  /** A call and what becomes of it, without the names of what is on the way. */
  private record End(
      String call, Outcome outcome, Way way, int hops, String leaves, String tls, String sni) {

    static End of(Trace trace) {
      List<Hop> hops = trace.branches().get(0).hops();
      boolean out = trace.outcome() == Outcome.EXTERNAL;
      Hop last = hops.get(hops.size() - 1);
      return new End(
          trace.call().from().namespace() + " " + trace.call().url(),
          trace.outcome(),
          trace.way(),
          hops.size(),
          out ? last.cluster() + " " + last.discovery() : "",
          out ? last.upstreamTls().mode().name() : "",
          out ? last.upstreamTls().sni() : "");
    }
  }

  private static List<End> ends(EgressPlan plan) {
    Tracer tracer =
        Tracer.of(
            Expanded.of(plan).resources(),
            Plans.gateways(plan),
            plan.mesh().config(),
            plan.mesh().version());
    return calls(plan).stream().map(tracer::trace).map(End::of).toList();
  }

  /**
   * Every host at every port, said or not, from every namespace and from one of which nothing is.
   */
  private static List<Call> calls(EgressPlan plan) {
    List<Call> calls = new ArrayList<>();
    Set<String> callers =
        plan.namespaces().stream()
            .map(said -> said.namespace().name())
            .collect(Collectors.toCollection(TreeSet::new));
    callers.add("elsewhere");
    Map<String, String> addresses =
        plan.namespaces().stream()
            .flatMap(said -> said.intents().stream())
            .collect(
                Collectors.toMap(
                    intent -> intent.host().name().replace("*", "any"),
                    intent -> intent.handling().addresses().stream().findFirst().orElse(""),
                    (one, other) -> one));
    for (String namespace : callers) {
      addresses.forEach(
          (host, address) -> {
            for (String url :
                List.of(
                    "http://%s/x/1",
                    "http://%s:8080/x/1", "https://%s", "tls://%s:8443", "tcp://%s:5432")) {
              for (String account : List.of("default", "till")) {
                calls.add(
                    Call.to(new Caller(namespace, Map.of(), account), url.formatted(host))
                        .with("", address, "", Map.of()));
              }
            }
          });
      calls.add(Call.to(Caller.in(namespace), "http://undeclared.example/"));
      calls.add(Call.to(Caller.in(namespace), "https://undeclared.example/"));
      calls.add(Call.to(Caller.in(namespace), "tcp://undeclared.example:5432"));
    }
    return calls;
  }

  private static void reachTheSame(EgressPlan classic, EgressPlan gatewayApi) {
    assertThat(ends(gatewayApi)).containsExactlyElementsOf(ends(classic));
  }

  private static EgressPlan plan(Mesh mesh, EgressIntent... sentences) {
    return EgressPlan.on(mesh).namespace(MeshNamespace.named("shop"), sentences);
  }

  private static EgressIntent[] sentences(EgressGateway gateway) {
    return new EgressIntent[] {
      Egress.to("edition.cnn.com").http(80).via(gateway),
      Egress.to("edition.cnn.com").tls(443).via(gateway),
      Egress.to("rates.example").http(80).originateTls().via(gateway),
      Egress.toAnyOf("*.wiki.example").servedBy("www.wiki.example").tls(443).via(gateway),
      Egress.to("db.example").tcp(5432).at("203.0.113.3").via(gateway),
      Egress.to("b2b.example")
          .http(8080)
          .originateTls()
          .clientCertificate("client")
          .via(gateway.overIstioMutualTls())
          .from(Callers.serviceAccount("shop", "till"))
          .allow(Requests.path("/x*")),
      Egress.to("api.example").http(8080).via(gateway.overIstioMutualTls()),
      Egress.to("direct.example").http(80).direct()
    };
  }

  @Test
  void everyKindOfWay() {
    for (Function<Mesh, Mesh> policy :
        List.<Function<Mesh, Mesh>>of(Mesh::registryOnly, Mesh::allowAny)) {
      Mesh mesh = policy.apply(Mesh.istio(IstioVersion.V1_31));
      EgressPlan gatewayApi = plan(mesh, sentences(GATEWAY_API));
      reachTheSame(plan(mesh, sentences(CLASSIC)), gatewayApi);
      assertThat(ends(gatewayApi))
          .extracting(End::outcome)
          .contains(Outcome.EXTERNAL, Outcome.DENIED);
    }
  }

  @Provide
  Arbitrary<Plans.Flavors> plans() {
    return Plans.inBothFlavors("shop", "bank");
  }

  @Property(tries = 150)
  void everyPlanThatBothCanSay(@ForAll("plans") Plans.Flavors said) {
    EgressPlan gatewayApi = said.gatewayApi().apart().plan();
    reachTheSame(said.classic().apart().plan(), gatewayApi);
    List<End> ends = ends(gatewayApi);
    for (NamespaceEgress namespace : gatewayApi.namespaces()) {
      assertThat(namespace.intents())
          .filteredOn(intent -> intent.path().gateway().isPresent())
          .allSatisfy(
              intent ->
                  assertThat(ends)
                      .anyMatch(
                          end ->
                              end.way() == Way.VIA_GATEWAY
                                  && end.call().startsWith(namespace.namespace().name() + " ")
                                  && end.leaves().contains("||" + intent.target() + " ")));
    }
  }
}
