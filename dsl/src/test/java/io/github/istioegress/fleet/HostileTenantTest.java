package io.github.istioegress.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.mesh.IstioVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** A tenant that turns hostile is refused by the build, in every fleet and wherever it stands. */
class HostileTenantTest {

  private static final EgressGateway SHARED = EgressGateway.istioDefault();

  private static final List<Topology> TOPOLOGIES =
      List.of(
          Topology.shared(SHARED),
          Topology.perTenant("egress"),
          Topology.perGroup("egress", Topology.shared(SHARED)));

  private static final String VICTIM =
      """
      name: victim
      group: prey
      values: {timeout: 5}
      destinations:
        - {host: own.victim.example, port: 443}
        - {host: rates.example.com, port: 80}
      """;

  /**
   * What it says of itself; GATEWAYS is the namespace of the gateway that its victim leaves
   * through.
   */
  private static final List<String> ATTACKS =
      List.of(
          // Another's host, in any spelling.
          evil("destinations: [{host: own.victim.example, port: 443}]"),
          evil("destinations: [{host: own.victim.example, port: 80}]"),
          evil("destinations: [{host: Own.Victim.Example, port: 443}]"),
          evil("destinations: [{host: own.victim.example., port: 443}]"),
          evil("destinations: [{host: 'own.victim.example:443', port: 443}]"),
          evil("destinations: [{host: 'https://own.victim.example/', port: 443}]"),
          evil("destinations: [{host: ' own.victim.example', port: 443}]"),
          evil("destinations: [{host: 'own.\u200bvictim.example', port: 443}]"),
          // All hosts around it.
          evil("destinations: [{host: '*.victim.example', port: 443}]"),
          evil("destinations: [{host: '*.example', port: 443}]"),
          evil("destinations: [{host: '*', port: 443}]"),
          evil("destinations: [{host: 'own.*.example', port: 443}]"),
          // A shared host, with other ports and addresses than the rest know.
          evil("destinations: [{host: rates.example.com, port: 443}]"),
          evil(
              "destinations: [{host: rates.example.com, port: 80, protocol: TCP, addresses: [198.51.100.66]}]"),
          // Its addresses, and those of the machine's own services.
          evil("destinations: [{host: 192.0.2.10, port: 443}]"),
          evil("destinations: [{host: 169.254.169.254, port: 80}]"),
          evil("destinations: [{host: '[::1]', port: 80}]"),
          // Names of the cluster.
          evil("destinations: [{host: kubernetes.default.svc, port: 443}]"),
          evil("destinations: [{host: istiod.istio-system.svc.cluster.local, port: 443}]"),
          evil("destinations: [{host: api.victim.svc.cluster.local, port: 80}]"),
          evil("destinations: [{host: localhost, port: 80}]"),
          // Names and namespaces of others.
          "name: victim",
          "name: Victim",
          evil("namespace: victim"),
          evil("namespace: istio-system"),
          evil("namespace: kube-system"),
          evil("namespace: kube-node-lease"),
          evil("namespace: GATEWAYS"),
          evil("labels: {kubernetes.io/metadata.name: victim}"),
          "name: ../victim",
          "name: 'victim/'",
          "name: \"victim\\n---\"",
          "name: " + "e".repeat(64),
          // Values that would be structure.
          evil("namespace: \"evil\\n---\\nkind: Secret\""),
          evil("destinations: [{host: \"a.evil.example\\n---\\nkind: Secret\", port: 80}]"),
          evil("destinations: [{host: 'a.evil.example, own.victim.example', port: 80}]"),
          evil("destinations: [{host: 'a.evil.example\"', port: 80}]"),
          evil("destinations: [{host: [own.victim.example], port: 80}]"),
          evil("destinations: [{host: a.evil.example, port: '80'}]"),
          evil("destinations: [{host: a.evil.example, port: 80, protocol: 'HTTP\nx: y'}]"),
          evil("labels: {team: \"web\\nkind: Secret\"}"),
          evil("labels: {'team: x': web}"),
          evil(
              "values: {timeout: \"5\\n---\\nkind: Secret\"}\ndestinations: [{host: a.evil.example, port: 80}]"),
          evil(
              "values: {timeout: {kind: Secret}}\ndestinations: [{host: a.evil.example, port: 80}]"),
          evil("exportTo: ['*']"));

  private static String evil(String says) {
    return "name: evil\ngroup: prey\n"
        + says
        + (says.startsWith("values") ? "" : "\nvalues: {timeout: 5}");
  }

  private static List<Tenant> read(String yaml) {
    return Tenants.read(List.of(new SourceFile("tenants/evil.yaml", yaml))).all();
  }

  private static Fleet fleet(Topology topology) {
    return Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
        .tenants("tenants")
        .each(
            tenant ->
                tenant.through(topology.of(tenant)).stream()
                    .map(
                        one ->
                            one.connectTimeout(
                                java.time.Duration.ofSeconds(tenant.number("timeout"))))
                    .toList())
        .hosts(HostRegistry.exclusive().shared("rates.example.com"));
  }

  @Provide
  Arbitrary<String> attacks() {
    return Arbitraries.of(ATTACKS);
  }

  @Provide
  Arbitrary<Topology> topologies() {
    return Arbitraries.of(TOPOLOGIES);
  }

  private static Stream<Tenant> bystanders(int count) {
    return Stream.iterate(0, i -> i + 1)
        .limit(count)
        .flatMap(
            i ->
                read(
                    "name: tenant-%d\ngroup: prey\nvalues: {timeout: 5}\ndestinations: [{host: own.tenant-%d.example, port: 443}]"
                        .formatted(i, i))
                    .stream());
  }

  /** Null where the build takes it. */
  private static Throwable refusal(String attack, Topology topology, int before, int after) {
    Tenant victim = read(VICTIM).get(0);
    String said = attack.replace("GATEWAYS", topology.of(victim).namespace());
    return catchThrowable(
        () -> {
          List<Tenant> all = new ArrayList<>(bystanders(before).toList());
          all.add(victim);
          all.addAll(Math.min(after, all.size()), read(said));
          Tenants tenants = new Tenants(all);
          fleet(topology).plan(tenants);
        });
  }

  @Property(tries = 500)
  void everyAttackIsRefused(
      @ForAll("attacks") String attack,
      @ForAll("topologies") Topology topology,
      @ForAll byte seed) {
    Throwable refused = refusal(attack, topology, Math.abs(seed) % 4, Math.abs(seed) % 3);
    assertThat(refused)
        .as(attack)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("evil");
    assertThat(refused.getMessage()).hasSizeLessThan(1000);
  }

  @Test
  void thePeacefulTenantIsNotRefused() {
    for (Topology topology : TOPOLOGIES) {
      assertThat(
              refusal(
                  evil(
                      "destinations: [{host: a.evil.example, port: 443}, {host: rates.example.com, port: 80}]"),
                  topology,
                  2,
                  1))
          .isNull();
    }
  }

  @Test
  void aWildcardThatATemplateSaysForItIsRefusedToo() {
    Tenants both =
        new Tenants(Stream.concat(read(VICTIM).stream(), read("name: evil").stream()).toList());
    Throwable refused =
        catchThrowable(
            () ->
                Fleet.on(Mesh.istio(IstioVersion.V1_31).registryOnly())
                    .tenants(both)
                    .each(
                        tenant ->
                            tenant.name().equals("evil")
                                ? List.of(
                                    Egress.toAnyOf("*.victim.example")
                                        .unresolved()
                                        .tls(443)
                                        .direct())
                                : tenant.through(SHARED))
                    .hosts(HostRegistry.exclusive())
                    .plan(both));
    assertThat(refused)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("host *.victim.example of tenant evil")
        .hasMessageContaining("a host has one owner");
  }
}
