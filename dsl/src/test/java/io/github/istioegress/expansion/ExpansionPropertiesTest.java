package io.github.istioegress.expansion;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.api.networking.v1alpha3.Destination;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.istio.api.networking.v1.Gateway;
import io.fabric8.istio.api.networking.v1.ServiceEntry;
import io.fabric8.istio.api.networking.v1.VirtualService;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressIntent;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.HostEgress;
import io.github.istioegress.intent.NamespaceEgress;
import io.github.istioegress.manifest.ManifestReader;
import io.github.istioegress.manifest.ReadManifests;
import io.github.istioegress.manifest.SourceFile;
import io.github.istioegress.resource.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of every plan. */
class ExpansionPropertiesTest {

  @Provide
  Arbitrary<Plans.Sentences> plans() {
    return Plans.any("shop", "bank");
  }

  @Property(tries = 200)
  void theSamePlanGivesTheSameResources(@ForAll("plans") Plans.Sentences said) {
    EgressPlan plan = said.plan();
    assertThat(Expanded.of(plan).yaml()).isEqualTo(Expanded.of(plan).yaml());
    assertThat(Expanded.of(said.plan()).yaml()).isEqualTo(Expanded.of(plan).yaml());
  }

  @Property(tries = 200)
  void theOrderOfSentencesDoesNotMatter(@ForAll("plans") Plans.Sentences said, @ForAll long seed) {
    Map<String, List<EgressIntent>> shuffled = new TreeMap<>(Collections.reverseOrder());
    said.sentences()
        .forEach(
            (namespace, sentences) -> {
              List<EgressIntent> other = new ArrayList<>(sentences);
              Collections.shuffle(other, new Random(seed));
              shuffled.put(namespace, other);
            });
    Plans.Sentences other = new Plans.Sentences(said.mesh(), shuffled);
    assertThat(Expanded.of(other.plan()).yaml()).isEqualTo(Expanded.of(said.plan()).yaml());
  }

  @Property(tries = 200)
  void everyReferenceResolves(@ForAll("plans") Plans.Sentences said) {
    Expanded expanded = Expanded.of(said.plan());
    Set<String> services =
        said.plan().gateways().stream().map(EgressGateway::serviceHost).collect(Collectors.toSet());
    for (VirtualService routes : expanded.all(VirtualService.class)) {
      String namespace = routes.getMetadata().getNamespace();
      Set<String> gateways =
          expanded.all(Gateway.class).stream()
              .map(gateway -> reference(gateway, namespace))
              .collect(Collectors.toCollection(TreeSet::new));
      gateways.add("mesh");
      assertThat(gateways).containsAll(routes.getSpec().getGateways());
      assertThat(routes.getSpec().getGateways()).doesNotHaveDuplicates().isNotEmpty();
      matched(routes)
          .forEach(gateway -> assertThat(routes.getSpec().getGateways()).contains(gateway));
      destinations(routes)
          .forEach(
              destination -> {
                if (services.contains(destination.getHost())) {
                  assertThat(subsets(expanded, namespace, destination.getHost()))
                      .contains(destination.getSubset());
                } else {
                  if (destination.getSubset() != null) {
                    // Hosts that share calls are subsets, and Istio's analyzers look beside the
                    // route.
                    assertThat(subsets(expanded, namespace, destination.getHost()))
                        .contains(destination.getSubset());
                  }
                  assertThat(ports(expanded, namespace, destination.getHost()))
                      .contains(destination.getPort().getNumber());
                }
              });
    }
  }

  /** How routes of a namespace refer to a Gateway. */
  private static String reference(Gateway gateway, String namespace) {
    String home = gateway.getMetadata().getNamespace();
    String name = gateway.getMetadata().getName();
    return home.equals(namespace) ? name : home + "/" + name;
  }

  @Property(tries = 200)
  void everyResourceIsReferredTo(@ForAll("plans") Plans.Sentences said) {
    Expanded expanded = Expanded.of(said.plan());
    for (Gateway gateway : expanded.all(Gateway.class)) {
      assertThat(expanded.all(VirtualService.class))
          .anyMatch(
              routes ->
                  routes
                      .getSpec()
                      .getGateways()
                      .contains(reference(gateway, routes.getMetadata().getNamespace())));
      assertThat(gateway.getSpec().getServers()).isNotEmpty();
    }
    for (DestinationRule rule : expanded.all(DestinationRule.class)) {
      List<String> used =
          of(expanded, VirtualService.class, rule.getMetadata().getNamespace())
              .flatMap(ExpansionPropertiesTest::destinations)
              .filter(destination -> destination.getHost().equals(rule.getSpec().getHost()))
              .map(Destination::getSubset)
              .toList();
      assertThat(rule.getSpec().getSubsets())
          .allSatisfy(subset -> assertThat(used).contains(subset.getName()));
    }
  }

  @Property(tries = 200)
  void nothingIsSeenByMoreThanAsked(@ForAll("plans") Plans.Sentences said) {
    Expanded expanded = Expanded.of(said.plan());
    for (NamespaceEgress namespace : said.plan().namespaces()) {
      String name = namespace.namespace().name();
      for (HostEgress host : namespace.hosts()) {
        Set<String> asked = new TreeSet<>(Set.of("."));
        host.gateways().forEach(gateway -> asked.add(gateway.namespace()));
        assertThat(entry(expanded, name, host.host().name()).getSpec().getExportTo())
            .containsExactlyInAnyOrderElementsOf(asked);
      }
      of(expanded, VirtualService.class, name)
          .forEach(
              routes ->
                  assertThat(routes.getSpec().getExportTo())
                      .isNotEmpty()
                      .isSubsetOf(
                          entry(expanded, name, routes.getSpec().getHosts().get(0))
                              .getSpec()
                              .getExportTo()));
      of(expanded, VirtualService.class, name)
          .filter(routes -> routes.getSpec().getGateways().contains("mesh"))
          .forEach(
              routes ->
                  assertThat(routes.getSpec().getExportTo())
                      .as("sidecars of no other namespace obey it")
                      .containsExactly("."));
      of(expanded, DestinationRule.class, name)
          .forEach(
              rule ->
                  assertThat(rule.getSpec().getExportTo())
                      .as("the gateway sees hosts that share calls, nobody any other rule")
                      .isNotEmpty()
                      .isSubsetOf(
                          isShared(namespace, rule)
                              ? entry(expanded, name, rule.getSpec().getHost())
                                  .getSpec()
                                  .getExportTo()
                              : List.of(".")));
      of(expanded, Gateway.class, name)
          .flatMap(gateway -> gateway.getSpec().getServers().stream())
          .forEach(
              server ->
                  assertThat(server.getHosts())
                      .doesNotHaveDuplicates()
                      .allSatisfy(host -> assertThat(host).startsWith("./")));
    }
    assertThat(expanded.yaml()).doesNotContain("\"*\"", "./*\"", "/*\n");
  }

  private static boolean isShared(NamespaceEgress said, DestinationRule rule) {
    return said.intents().stream()
        .anyMatch(
            intent ->
                intent.handling().isSplit()
                    && intent.host().name().equals(rule.getSpec().getHost()));
  }

  @Property(tries = 100)
  void anAdoptedPlanSaysNothingOfVisibility(@ForAll("plans") Plans.Sentences said) {
    Expanded expanded = Expanded.of(said.adopted().plan());
    assertThat(expanded.all(VirtualService.class))
        .allSatisfy(routes -> assertThat(routes.getSpec().getExportTo()).isEmpty());
    assertThat(expanded.all(ServiceEntry.class))
        // The host that serves a wildcard is the gateways' alone.
        .filteredOn(entry -> !entry.getMetadata().getName().endsWith("-served-by"))
        .allSatisfy(entry -> assertThat(entry.getSpec().getExportTo()).isEmpty());
    assertThat(expanded.all(DestinationRule.class))
        // A rule that begins TLS is one proxy's alone.
        .filteredOn(rule -> rule.getSpec().getTrafficPolicy() == null)
        .allSatisfy(rule -> assertThat(rule.getSpec().getExportTo()).isEmpty());
    assertThat(expanded.all(Gateway.class))
        .flatMap(gateway -> gateway.getSpec().getServers())
        .allSatisfy(server -> assertThat(server.getHosts()).noneMatch(h -> h.contains("/")));
  }

  @Property(tries = 200)
  void everySentenceIsAPortAndNothingElseIs(@ForAll("plans") Plans.Sentences said) {
    Expanded expanded = Expanded.of(said.plan());
    for (NamespaceEgress namespace : said.plan().namespaces()) {
      List<String> ports =
          of(expanded, ServiceEntry.class, namespace.namespace().name())
              .filter(entry -> !entry.getMetadata().getName().endsWith("-served-by"))
              .filter(entry -> !entry.getSpec().getHosts().contains(Plans.PROXY.host().name()))
              .flatMap(
                  entry ->
                      entry.getSpec().getPorts().stream()
                          .map(port -> entry.getSpec().getHosts().get(0) + ":" + port.getNumber()))
              .toList();
      assertThat(ports)
          .containsExactlyInAnyOrderElementsOf(
              namespace.intents().stream()
                  .map(intent -> intent.host() + ":" + intent.port().number())
                  .toList());
    }
  }

  @Property(tries = 200)
  void directCallsHaveARouteWhereTheyNeedOneAndOthersHaveTwo(
      @ForAll("plans") Plans.Sentences said) {
    Expanded expanded = Expanded.of(said.plan());
    for (NamespaceEgress namespace : said.plan().namespaces()) {
      Set<String> routed =
          namespace.intents().stream()
              .filter(intent -> intent.path().gateway().isEmpty())
              .filter(intent -> intent.policy().isOfRoutes())
              .map(intent -> intent.host().name())
              .collect(Collectors.toSet());
      for (EgressIntent intent : namespace.intents()) {
        long port = intent.port().number();
        boolean direct =
            routed.contains(intent.host().name()) && intent.port().protocol().isReadable();
        long legs =
            of(expanded, VirtualService.class, namespace.namespace().name())
                .filter(routes -> routes.getSpec().getHosts().contains(intent.host().name()))
                .flatMap(ExpansionPropertiesTest::destinations)
                .filter(destination -> destination.getPort().getNumber() == port)
                .count();
        boolean shared = intent.handling().isSplit();
        boolean renamed = !intent.calledByName().equals(intent.host());
        if (shared || renamed) {
          int ends = shared ? 2 : 1;
          assertThat(legs).isEqualTo(intent.path().gateway().isPresent() ? 1 + ends : ends);
          continue;
        }
        assertThat(legs).isEqualTo(intent.path().gateway().isPresent() ? 2 : direct ? 1 : 0);
      }
    }
  }

  @Property(tries = 200)
  void portNamesAreUniqueWhereIstioWantsThem(@ForAll("plans") Plans.Sentences said) {
    Expanded expanded = Expanded.of(said.plan());
    expanded
        .all(ServiceEntry.class)
        .forEach(
            entry ->
                assertThat(entry.getSpec().getPorts())
                    .extracting(port -> port.getName())
                    .doesNotHaveDuplicates());
    expanded
        .all(Gateway.class)
        .forEach(
            gateway ->
                assertThat(gateway.getSpec().getServers())
                    .extracting(server -> server.getPort().getName())
                    .doesNotHaveDuplicates());
  }

  @Property(tries = 100)
  void whatIsWrittenReadsBack(@ForAll("plans") Plans.Sentences said) {
    Expanded expanded = Expanded.of(said.plan());
    ReadManifests read =
        new ManifestReader().read(List.of(new SourceFile("plan.yaml", expanded.yaml())));
    assertThat(read.findings()).isEmpty();
    assertThat(read.resources().all())
        .extracting(Resource::object)
        .isEqualTo(expanded.resources().all().stream().map(Resource::object).toList());
  }

  private static <T extends HasMetadata> Stream<T> of(
      Expanded expanded, Class<T> type, String namespace) {
    return expanded.all(type).stream()
        .filter(object -> namespace.equals(object.getMetadata().getNamespace()));
  }

  private static ServiceEntry entry(Expanded expanded, String namespace, String host) {
    List<ServiceEntry> entries =
        of(expanded, ServiceEntry.class, namespace)
            .filter(entry -> entry.getSpec().getHosts().contains(host))
            .toList();
    assertThat(entries).as("ServiceEntries for %s in %s", host, namespace).hasSize(1);
    return entries.get(0);
  }

  private static List<Long> ports(Expanded expanded, String namespace, String host) {
    return entry(expanded, namespace, host).getSpec().getPorts().stream()
        .map(port -> port.getNumber())
        .toList();
  }

  private static List<String> subsets(Expanded expanded, String namespace, String service) {
    List<DestinationRule> rules =
        of(expanded, DestinationRule.class, namespace)
            .filter(rule -> rule.getSpec().getHost().equals(service))
            .toList();
    assertThat(rules).as("rules for %s in %s", service, namespace).hasSize(1);
    return rules.get(0).getSpec().getSubsets().stream().map(subset -> subset.getName()).toList();
  }

  private static Stream<Destination> destinations(VirtualService routes) {
    return Stream.of(
            routes.getSpec().getHttp().stream()
                .flatMap(route -> route.getRoute().stream())
                .map(to -> to.getDestination()),
            routes.getSpec().getTls().stream()
                .flatMap(route -> route.getRoute().stream())
                .map(to -> to.getDestination()),
            routes.getSpec().getTcp().stream()
                .flatMap(route -> route.getRoute().stream())
                .map(to -> to.getDestination()))
        .flatMap(legs -> legs);
  }

  private static Stream<String> matched(VirtualService routes) {
    return Stream.of(
            routes.getSpec().getHttp().stream()
                .flatMap(route -> route.getMatch().stream())
                .flatMap(match -> match.getGateways().stream()),
            routes.getSpec().getTls().stream()
                .flatMap(route -> route.getMatch().stream())
                .flatMap(match -> match.getGateways().stream()),
            routes.getSpec().getTcp().stream()
                .flatMap(route -> route.getMatch().stream())
                .flatMap(match -> match.getGateways().stream()))
        .flatMap(names -> names);
  }
}
