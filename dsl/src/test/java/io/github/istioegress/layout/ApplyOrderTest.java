package io.github.istioegress.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.istioegress.dsl.Egress;
import io.github.istioegress.expansion.Plans;
import io.github.istioegress.generator.DeclaredCall;
import io.github.istioegress.generator.EgressGenerator;
import io.github.istioegress.generator.GeneratedEgress;
import io.github.istioegress.intent.EgressGateway;
import io.github.istioegress.intent.EgressPlan;
import io.github.istioegress.intent.Mesh;
import io.github.istioegress.intent.MeshNamespace;
import io.github.istioegress.intent.NetworkReach;
import io.github.istioegress.intent.Waypoint;
import io.github.istioegress.mesh.IstioVersion;
import io.github.istioegress.resource.Resource;
import io.github.istioegress.resource.ResourceSet;
import io.github.istioegress.trace.Outcome;
import io.github.istioegress.trace.Tracer;
import io.github.istioegress.trace.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Applies plans document by document, in the order of the files, and traces their calls. */
class ApplyOrderTest {

  private static final OutputLayout LAYOUT = OutputLayouts.named("apply-order");

  @Provide
  Arbitrary<Plans.Flavors> flavors() {
    return Plans.inBothFlavors("shop", "bank");
  }

  @Property(tries = 60)
  void aCallThatComesToAGatewayGoesOnAsItIsSaidAndNoneInPlainTextToAPortOfTls(
      @ForAll("flavors") Plans.Flavors said) {
    for (EgressPlan plan :
        List.of(said.classic().apart().plan(), said.gatewayApi().apart().plan())) {
      applied(
          plan,
          (step, calls) ->
              assertThat(calls)
                  .as(step)
                  .allMatch(call -> call.trace().gateways().isEmpty() || call.isAsSaid())
                  .allMatch(
                      call ->
                          call.trace().outcome() != Outcome.EXTERNAL
                              || call.intent().path().gateway().isPresent()
                              || call.intent().handling().origination().isEmpty()
                              || call.trace().warnings().isEmpty()));
    }
  }

  @Test
  void thePageHasTheOrderWithItsReasons() throws IOException {
    assertThat(Files.readAllLines(Path.of("../docs/decisions/0014-layouts.md")))
        .filteredOn(line -> line.matches("\\| [0-9]-.*"))
        .extracting(line -> line.replaceFirst("^\\| (\\S+) \\|.*\\| (.+) \\|$", "$1: $2"))
        .containsExactlyElementsOf(
            Stream.of(ApplyStage.values())
                .map(stage -> stage.fileName() + ": " + stage.why())
                .toList());
  }

  @Test
  void whereANamespaceIsLockedDownNothingGoesAroundItsGatewayOnTheWay() {
    EgressGateway gateway = EgressGateway.istioDefault();
    EgressPlan plan =
        EgressPlan.on(Mesh.istio(IstioVersion.V1_31))
            .namespace(
                MeshNamespace.named("shop")
                    .injected()
                    .lockedDown()
                    .networkPolicy(NetworkReach.declared()),
                Egress.to("edition.cnn.com")
                    .http(80)
                    .originateTls()
                    .via(gateway.overIstioMutualTls()),
                Egress.to("api.stripe.com").port(443).via(gateway.overIstioMutualTls()));
    applied(
        plan,
        (step, calls) -> {
          if (step.compareTo("4") > 0) {
            assertThat(calls)
                .as(step)
                .extracting(DeclaredCall::trace)
                .noneMatch(trace -> trace.outcome().leaves() && trace.way() != Way.VIA_GATEWAY);
          }
        });
  }

  @Test
  void aDestinationOfAWaypointIsNotKnownBeforeItsPolicyAndItsWaypointAre() {
    EgressPlan plan = waypoints();
    applied(
        plan,
        (step, calls) ->
            assertThat(calls)
                .as(step)
                .extracting(DeclaredCall::trace)
                .noneMatch(
                    trace ->
                        trace.outcome() == Outcome.EXTERNAL && trace.way() != Way.VIA_WAYPOINT));
  }

  private static EgressPlan waypoints() {
    var mesh = Mesh.istio(IstioVersion.V1_31).registryOnly().ambient();
    Waypoint waypoint = Waypoint.in("egress").named("edge").on(mesh);
    return EgressPlan.on(mesh)
        .namespace(
            MeshNamespace.named("shop"),
            Egress.to("edition.cnn.com").http(80).originateTls().via(waypoint));
  }

  /** Traces the plan's calls after each document; the last time, they go as they say. */
  private static void applied(EgressPlan plan, BiConsumer<String, List<DeclaredCall>> judge) {
    GeneratedEgress generated = new EgressGenerator(LAYOUT, Optional.empty()).generate("x", plan);
    assertThat(generated.calls()).allMatch(DeclaredCall::isAsSaid);
    List<Resource> inOrder =
        generated.resources().all().stream().sorted(Comparator.comparing(LAYOUT::path)).toList();
    ResourceSet.Builder there = ResourceSet.builder();
    for (Resource resource : inOrder) {
      Tracer tracer =
          Tracer.of(
              there.add(resource).build(),
              Plans.gateways(plan),
              plan.mesh().config(),
              plan.mesh().version());
      List<DeclaredCall> calls =
          generated.calls().stream()
              .map(
                  call ->
                      new DeclaredCall(
                          call.namespace(), call.intent(), tracer.trace(call.trace().call())))
              .toList();
      judge.accept(LAYOUT.path(resource) + " " + resource.key(), calls);
      if (resource.equals(inOrder.get(inOrder.size() - 1))) {
        assertThat(calls).isEqualTo(generated.calls());
      }
    }
  }
}
