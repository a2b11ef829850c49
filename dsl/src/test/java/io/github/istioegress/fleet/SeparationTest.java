package io.github.istioegress.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.expansion.Expansion;
import io.github.istioegress.expansion.Plans;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.EgressPort;
import io.github.istioegress.intent.ExternalHost;
import io.github.istioegress.intent.Handling;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.Origin;
import io.github.istioegress.intent.PortProtocol;
import io.github.istioegress.intent.TlsOrigination;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.trace.Call;
import io.github.istioegress.trace.Caller;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Trace;
import io.github.istioegress.trace.TraceText;
import io.github.istioegress.trace.Tracer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** No tenant of a fleet changes what happens to the calls of another, whatever it asks for. */
class SeparationTest {

  private static final Mesh MESH = Mesh.istio(IstioVersion.V1_31).registryOnly();
  private static final EgressGateway SHARED = EgressGateway.istioDefault();
  private static final List<Topology> TOPOLOGIES =
      List.of(
          Topology.shared(SHARED),
          Topology.perTenant("egress"),
          Topology.perGroup("egress", Topology.shared(SHARED)));

  /** What any tenant may ask for: hosts of its own, and hosts that others have, too. */
  private enum Wish {
    OWN_HTTP("own.TENANT.example", 80, PortProtocol.HTTP),
    OWN_TLS("own.TENANT.example", 443, PortProtocol.TLS),
    OWN_GRPC("grpc.TENANT.example", 80, PortProtocol.GRPC),
    SHARED_HTTP("rates.example.com", 80, PortProtocol.HTTP),
    SHARED_TLS("api.example.com", 443, PortProtocol.TLS),
    SHARED_BOTH("rates.example.com", 443, PortProtocol.TLS),
    ORIGINATED("begun.TENANT.example", 80, PortProtocol.HTTP),
    HOST_OF_THE_FIRST("own.tenant-0.example", 80, PortProtocol.HTTP),
    HOST_OF_THE_SECOND("own.tenant-1.example", 443, PortProtocol.TLS);

    private final String host;
    private final int port;
    private final PortProtocol protocol;

    Wish(String host, int port, PortProtocol protocol) {
      this.host = host;
      this.port = port;
      this.protocol = protocol;
    }

    TenantDestination of(String tenant) {
      Handling handling =
          this == ORIGINATED
              ? Handling.none().originating(TlsOrigination.standard().toPort(443))
              : Handling.none();
      return new TenantDestination(
          "",
          new ExternalHost(host.replace("TENANT", tenant)),
          new EgressPort(port, protocol),
          handling,
          Origin.unknown());
    }
  }

  /** A tenant's wishes and its group. */
  private record Asked(Set<Wish> wishes, String group) {
    Tenant tenant(int number) {
      String name = "tenant-" + number;
      Map<String, TenantDestination> byKey = new TreeMap<>();
      wishes.stream()
          .sorted()
          .map(wish -> wish.of(name))
          .forEach(d -> byKey.putIfAbsent(d.key(), d));
      return new Tenant(
          name,
          name,
          group,
          "",
          Map.of(),
          Map.of(),
          new ArrayList<>(byKey.values()),
          Origin.unknown());
    }
  }

  @Provide
  Arbitrary<List<Asked>> fleets() {
    return Combinators.combine(
            Arbitraries.of(Wish.class).set().ofMinSize(1).ofMaxSize(3),
            Arbitraries.of("", "a", "b"))
        .as(Asked::new)
        .list()
        .ofMinSize(2)
        .ofMaxSize(4);
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void withoutAnyOtherTenantTheCallsOfATenantEndAsBefore(
      @ForAll("fleets") List<Asked> asked, @ForAll("topologies") Topology topology) {
    List<Tenant> all = accepted(asked, topology);
    Map<String, String> whole = fates(all, topology);
    assertThat(whole.values())
        .as("every declared call leaves")
        .allMatch(f -> f.startsWith("EXTERNAL"));
    for (Tenant removed : all) {
      List<Tenant> rest = all.stream().filter(one -> !one.equals(removed)).toList();
      Map<String, String> expected = new LinkedHashMap<>(whole);
      expected.keySet().removeIf(call -> call.startsWith(removed.name() + " "));
      assertThat(fates(rest, topology)).as("without %s", removed.name()).isEqualTo(expected);
    }
  }

  @Property(tries = 500, shrinking = ShrinkingMode.BOUNDED)
  void noTenantReachesWhatItDidNotAskFor(
      @ForAll("fleets") List<Asked> asked, @ForAll("topologies") Topology topology) {
    List<Tenant> all = accepted(asked, topology);
    Tracer tracer = tracer(all, topology);
    for (Tenant caller : all) {
      for (Tenant other : all) {
        for (TenantDestination to : other.destinations()) {
          if (caller.destinations().stream().noneMatch(own -> own.key().equals(to.key()))) {
            Trace trace = tracer.trace(call(caller, to));
            assertThat(trace.outcome())
                .as(() -> caller.name() + "\n" + TraceText.of(List.of(trace)))
                .isNotIn(Outcome.EXTERNAL, Outcome.PASSTHROUGH, Outcome.MIXED);
          }
        }
      }
    }
  }

  @Provide
  Arbitrary<Topology> topologies() {
    return Arbitraries.of(TOPOLOGIES);
  }

  /** The tenants that a build takes; one that does not agree with those before it is refused. */
  private static List<Tenant> accepted(List<Asked> asked, Topology topology) {
    List<Tenant> accepted = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      accepted.add(asked.get(i).tenant(i));
      try {
        plan(accepted, topology);
      } catch (IllegalArgumentException refused) {
        accepted.remove(accepted.size() - 1);
      }
    }
    return accepted;
  }

  private static EgressPlan plan(List<Tenant> tenants, Topology topology) {
    Tenants all = new Tenants(tenants);
    return Fleet.on(MESH)
        .tenants(all)
        .each(tenant -> tenant.through(topology.of(tenant)))
        .plan(all);
  }

  /** What becomes of every declared call, with the way and the names that are asked for. */
  private static Map<String, String> fates(List<Tenant> tenants, Topology topology) {
    Tracer tracer = tracer(tenants, topology);
    Map<String, String> fates = new LinkedHashMap<>();
    for (Tenant tenant : tenants) {
      for (TenantDestination to : tenant.destinations()) {
        Trace trace = tracer.trace(call(tenant, to));
        fates.put(
            tenant.name() + " " + to.key(),
            trace.outcome()
                + " "
                + trace.way()
                + " "
                + trace.gateways()
                + " "
                + trace.detail()
                + " "
                + trace.branches().stream()
                    .flatMap(b -> b.hops().stream())
                    .map(h -> h.cluster() + h.upstreamTls())
                    .toList());
      }
    }
    return fates;
  }

  private static Tracer tracer(List<Tenant> tenants, Topology topology) {
    EgressPlan plan = plan(tenants, topology);
    return Tracer.of(
        Expansion.expand(plan).resources(),
        Plans.gateways(plan),
        plan.mesh().config(),
        plan.mesh().version());
  }

  private static Call call(Tenant tenant, TenantDestination to) {
    String scheme = to.port().protocol() == PortProtocol.TLS ? "https" : "http";
    return Call.to(
        Caller.in(tenant.namespace()),
        "%s://%s:%d".formatted(scheme, to.host(), to.port().number()));
  }
}
