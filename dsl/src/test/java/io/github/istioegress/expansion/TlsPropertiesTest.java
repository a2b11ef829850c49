package io.github.istioegress.expansion;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.Server;
import io.fabric8.istio.api.api.networking.v1alpha3.ServerTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryResolution;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.intent.TlsOrigination;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of TLS in every plan: who begins it, who sees it, and that both ends agree. */
class TlsPropertiesTest {

  @Provide
  Arbitrary<Plans.Sentences> plans() {
    return Plans.any("shop", "bank");
  }

  /** Rules that begin TLS to a host outside, not those of a gateway's Service. */
  private static List<DestinationRule> outside(Expanded expanded) {
    return expanded.all(DestinationRule.class).stream()
        .filter(rule -> rule.getSpec().getTrafficPolicy() != null)
        .toList();
  }

  @Property(tries = 200)
  void originatedTlsSaysAllThatItNeeds(@ForAll("plans") Plans.Sentences said) {
    for (DestinationRule rule : outside(Expanded.of(said.plan()))) {
      assertThat(rule.getSpec().getSubsets()).isEmpty();
      assertThat(rule.getSpec().getTrafficPolicy().getTls()).as("never the whole host").isNull();
      rule.getSpec()
          .getTrafficPolicy()
          .getPortLevelSettings()
          .forEach(
              port -> {
                ClientTLSSettings tls = port.getTls();
                if (tls == null) {
                  assertThat(port.getOutlierDetection()).as("or there is no reason").isNotNull();
                  return;
                }
                assertThat(tls.getSni()).isEqualTo(rule.getSpec().getHost());
                assertThat(tls.getSubjectAltNames()).isNotEmpty();
                assertThat(tls.getInsecureSkipVerify()).isNull();
                boolean shows = tls.getMode() == ClientTLSSettingsTLSmode.MUTUAL;
                assertThat(tls.getMode())
                    .isIn(ClientTLSSettingsTLSmode.SIMPLE, ClientTLSSettingsTLSmode.MUTUAL);
                assertThat(tls.getCredentialName()).isEqualTo(shows ? "client" : null);
                assertThat(tls.getCaCertificates()).isEqualTo(shows ? null : "system");
                if (shows) {
                  // Without a selection Istio would send plaintext.
                  assertThat(rule.getSpec().getWorkloadSelector().getMatchLabels()).isNotEmpty();
                }
              });
    }
  }

  @Property(tries = 200)
  void everySentenceThatNeedsARuleHasItAndNoOtherHasOne(@ForAll("plans") Plans.Sentences said) {
    Set<String> wanted = new TreeSet<>();
    for (NamespaceEgress namespace : said.plan().namespaces()) {
      for (EgressIntent intent : namespace.intents()) {
        Optional<TlsOrigination> tls = intent.handling().origination();
        // Hosts that share calls have their rule beside the route.
        if (intent.hasOutsideRule() && !intent.handling().isSplit()) {
          Optional<EgressGateway> gateway = intent.path().gateway();
          String home = gateway.map(EgressGateway::namespace).orElse(namespace.namespace().name());
          Map<String, String> pods =
              gateway
                  .map(EgressGateway::labels)
                  .orElse(
                      tls.flatMap(TlsOrigination::only)
                          .map(only -> only.labels())
                          .orElse(Map.of()));
          wanted.add("%s %s %d %s".formatted(home, intent.host(), intent.port().number(), pods));
        }
      }
    }
    Set<String> there = new TreeSet<>();
    for (DestinationRule rule : outside(Expanded.of(said.plan()))) {
      assertThat(rule.getSpec().getExportTo()).as("seen by the last proxy").containsExactly(".");
      Map<String, String> pods =
          rule.getSpec().getWorkloadSelector() == null
              ? Map.of()
              : rule.getSpec().getWorkloadSelector().getMatchLabels();
      rule.getSpec()
          .getTrafficPolicy()
          .getPortLevelSettings()
          .forEach(
              port ->
                  assertThat(
                          there.add(
                              "%s %s %d %s"
                                  .formatted(
                                      rule.getMetadata().getNamespace(),
                                      rule.getSpec().getHost(),
                                      port.getPort().getNumber(),
                                      pods)))
                      .isTrue());
    }
    assertThat(there).isEqualTo(wanted);
  }

  @Property(tries = 200)
  void anOriginatedPortGoesToThePortOfTls(@ForAll("plans") Plans.Sentences said) {
    Expanded expanded = Expanded.of(said.plan());
    for (NamespaceEgress namespace : said.plan().namespaces()) {
      for (EgressIntent intent : namespace.intents()) {
        Long target = intent.handling().origination().map(tls -> (long) tls.toPort()).orElse(null);
        assertThat(
                expanded.all(ServiceEntry.class).stream()
                    .filter(
                        entry ->
                            namespace.namespace().name().equals(entry.getMetadata().getNamespace()))
                    .filter(entry -> entry.getSpec().getHosts().contains(intent.host().name()))
                    .flatMap(entry -> entry.getSpec().getPorts().stream())
                    .filter(port -> port.getNumber() == intent.port().number())
                    .map(port -> Optional.ofNullable(port.getTargetPort())))
            .containsExactly(Optional.ofNullable(target));
      }
    }
  }

  @Property(tries = 200)
  void bothEndsOfTheHopAgree(@ForAll("plans") Plans.Sentences said) {
    Expanded expanded = Expanded.of(said.plan());
    for (DestinationRule rule : expanded.all(DestinationRule.class)) {
      String namespace = rule.getMetadata().getNamespace();
      if (said.plan().gateways().stream()
          .noneMatch(gateway -> gateway.serviceHost().equals(rule.getSpec().getHost()))) {
        continue;
      }
      Set<String> snis = new TreeSet<>();
      rule.getSpec().getSubsets().stream()
          .map(subset -> subset.getTrafficPolicy())
          .filter(Objects::nonNull)
          .flatMap(policy -> policy.getPortLevelSettings().stream())
          .forEach(
              port -> {
                assertThat(port.getTls().getMode())
                    .isEqualTo(ClientTLSSettingsTLSmode.ISTIO_MUTUAL);
                snis.add(port.getPort().getNumber() + " " + port.getTls().getSni());
              });
      Set<String> hosts =
          expanded.all(Gateway.class).stream()
              .filter(gateway -> leadsTo(said, gateway, rule.getSpec().getHost()))
              .flatMap(gateway -> mutualHosts(gateway, namespace))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(snis).isEqualTo(hosts);
    }
  }

  /** Port and host of each server of mutual TLS to which routes of the namespace may bind. */
  private static Stream<String> mutualHosts(Gateway gateway, String namespace) {
    return gateway.getSpec().getServers().stream()
        .filter(TlsPropertiesTest::isMutual)
        .flatMap(
            server ->
                server.getHosts().stream()
                    .filter(host -> isOf(host, namespace, gateway))
                    .map(host -> host.substring(host.indexOf('/') + 1))
                    .map(host -> server.getPort().getNumber() + " " + host));
  }

  /** True where routes of the namespace may bind to a server's host. */
  private static boolean isOf(String host, String namespace, Gateway gateway) {
    String prefix = host.substring(0, host.indexOf('/'));
    return prefix.equals(".")
        ? namespace.equals(gateway.getMetadata().getNamespace())
        : prefix.equals(namespace);
  }

  private static boolean leadsTo(Plans.Sentences said, Gateway gateway, String service) {
    return said.plan().gateways().stream()
        .filter(workload -> workload.serviceHost().equals(service))
        .anyMatch(workload -> workload.labels().equals(gateway.getSpec().getSelector()));
  }

  private static boolean isMutual(Server server) {
    return server.getTls() != null
        && server.getTls().getMode() == ServerTLSSettingsTLSmode.ISTIO_MUTUAL;
  }

  @Property(tries = 200)
  void serversAreAsIstioWantsThem(@ForAll("plans") Plans.Sentences said) {
    for (Gateway gateway : Expanded.of(said.plan()).all(Gateway.class)) {
      for (Server server : gateway.getSpec().getServers()) {
        String protocol = server.getPort().getProtocol();
        assertThat(server.getTls() != null)
            .as("TLS exactly where the protocol has it: %s", protocol)
            .isEqualTo(protocol.equals("HTTPS") || protocol.equals("TLS"));
        assertThat(server.getPort().getName()).matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
        if (server.getTls() != null) {
          assertThat(server.getTls().getCredentialName()).isNull();
          assertThat(server.getTls().getMode())
              .isIn(ServerTLSSettingsTLSmode.ISTIO_MUTUAL, ServerTLSSettingsTLSmode.PASSTHROUGH);
        }
        if (protocol.equals("TCP") || (protocol.equals("TLS") && isMutual(server))) {
          assertThat(
                  server.getHosts().stream().map(host -> host.replaceFirst(".*/", "")).distinct())
              .as("one route takes all bytes")
              .hasSize(1);
        }
      }
    }
  }

  @Property(tries = 200)
  void aHostIsFoundAsItsKindAllows(@ForAll("plans") Plans.Sentences said) {
    Set<String> tunnelled = new TreeSet<>();
    said.plan()
        .namespaces()
        .forEach(
            namespace ->
                namespace.intents().stream()
                    .filter(intent -> intent.path().forwardProxy().isPresent())
                    .forEach(intent -> tunnelled.add(intent.host().name())));
    for (ServiceEntry entry : Expanded.of(said.plan()).all(ServiceEntry.class)) {
      if (tunnelled.contains(entry.getSpec().getHosts().get(0))) {
        // Where nothing else leads to it, the forward proxy alone looks it up.
        continue;
      }
      boolean wildcard = entry.getSpec().getHosts().get(0).startsWith("*.");
      ServiceEntryResolution resolution = entry.getSpec().getResolution();
      assertThat(wildcard)
          .isEqualTo(
              resolution == ServiceEntryResolution.NONE
                  || resolution == ServiceEntryResolution.DYNAMIC_DNS);
      boolean bytes =
          entry.getSpec().getPorts().stream().anyMatch(port -> port.getProtocol().equals("TCP"));
      assertThat(resolution == ServiceEntryResolution.STATIC).isEqualTo(bytes);
      assertThat(entry.getSpec().getAddresses().isEmpty()).isEqualTo(!bytes);
      if (resolution != ServiceEntryResolution.DNS) {
        assertThat(entry.getSpec().getEndpoints()).hasSameSizeAs(entry.getSpec().getAddresses());
      }
    }
  }
}
